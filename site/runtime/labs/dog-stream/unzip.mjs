/**
 * Zip files that may be damaged or mean harm. fflate reads them; its filter lets through what keeps to our limits, and
 * no file becomes larger than the zip's list says, whatever is packed in it.
 */

import { unzipSync } from "fflate";
import { decimal, say } from "../../words/say.mjs";

/** @import { UnzipFileInfo } from "fflate" */

export class ZipError extends Error {}

/** Bytes that packing may add to what cannot be made smaller: more would be unpacked for nothing. */
const OVERHEAD = 1000;

const damaged = () => new ZipError(say("This file is not a zip, or it is damaged. Was it downloaded to its end?"));

/** What a zip says is in it, by name. @param {Uint8Array} zip @param {number} most  files */
export function list(zip, most) {
  /** @type {Map<string, UnzipFileInfo>} */
  const entries = new Map();
  let packed = 0;
  const see = (/** @type {UnzipFileInfo} */ entry) => {
    const { name, size } = entry;
    if (entries.size === most)
      throw new ZipError(say("This zip has more than {most} files: so many are not looked at.", { most }));
    if (entries.has(name))
      throw new ZipError(say("This zip is damaged: two files in it are called {name}.", { name: name.slice(0, 40) }));
    entries.set(name, entry);
    packed += size;
    return false;
  };
  try {
    unzipSync(zip, { filter: see });
  } catch (error) {
    throw error instanceof ZipError ? error : damaged();
  }
  if (packed > zip.length) throw damaged(); // files that lie over each other would be unpacked again and again
  return entries;
}

/**
 * Some files of a zip.
 * @param {Uint8Array} zip @param {Map<string, UnzipFileInfo>} entries @param {string[]} names
 * @param {number} most  bytes of each
 * @returns {Record<string, Uint8Array>}
 */
export function extract(zip, entries, names, most) {
  const broken = (/** @type {string} */ name) =>
    new ZipError(say("The album is damaged: {name} cannot be unpacked.", { name }));
  for (const name of names) {
    const entry = entries.get(name);
    if (entry === undefined) throw new ZipError(say("The album is not whole: {name} is missing.", { name }));
    const { size, originalSize: bytes } = entry;
    const sizes = { name, size: decimal((bytes / 1e6).toFixed(1)), most: most / 1e6 };
    if (bytes > most) throw new ZipError(say("{name} would unpack to {size} MB; {most} MB are allowed.", sizes));
    if (size > bytes + OVERHEAD) throw broken(name);
  }
  const wanted = new Set(names);
  let at = "";
  const take = (/** @type {UnzipFileInfo} */ { name }) => {
    if (wanted.has(name)) at = name;
    return wanted.has(name);
  };
  try {
    const files = unzipSync(zip, { filter: take });
    for (at of names) if (files[at].length !== entries.get(at)?.originalSize) throw broken(at);
    return files;
  } catch {
    throw broken(at);
  }
}
