/**
 * The lab “The stream of dogs”, its album, and the libraries of both: one file, which the page of the stream alone
 * fetches. What it needs of the rest of the runtime comes with the host; it must not import it, for it would get a
 * second one.
 */

export { Album } from "./album.mjs";
export { ArchiveError, pack, unpack } from "./archive.mjs";
export { begin } from "./lab.mjs";
