/** What the page of the stream needs and no other page does: the lab, its album, and the libraries of both. */

export { Album } from "../album.mjs";
export { ArchiveError, pack, unpack } from "../archive.mjs";
