/**
 * Zip files that may be damaged or mean harm. The list of what is in one comes from its directory (APPNOTE 6.3.10,
 * 4.3.12 and 4.3.16), and no file ever becomes larger than that list says, whatever is packed in it.
 */

import { Inflate, strFromU8 } from "fflate";

/** @typedef {{packed: number, bytes: number, method: number, at: number}} Entry */

export class ZipError extends Error {}

const DIRECTORY_END = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEAD = 0x04034b50;
/** Bytes that are unpacked at a time. */
const PIECE = 1024;

const damaged = () => new ZipError("This file is not a zip, or it is damaged. Was it downloaded to its end?");

/** @param {Uint8Array} zip */
const viewOf = (zip) => new DataView(zip.buffer, zip.byteOffset, zip.length);

/**
 * What a zip says is in it, by name.
 *
 * @param {Uint8Array} zip
 * @param {number} most  files
 */
export function list(zip, most) {
  const view = viewOf(zip);
  let end = zip.length - 22;
  while (end >= 0 && zip.length - end < 65_558 && view.getUint32(end, true) !== DIRECTORY_END) end--;
  if (end < 0 || view.getUint32(end, true) !== DIRECTORY_END) throw damaged();
  const count = view.getUint16(end + 10, true);
  if (count > most) throw new ZipError(`This zip has ${count} files; ${most} are the most that are looked at.`);
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  for (let i = 0, at = view.getUint32(end + 16, true); i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== DIRECTORY_ENTRY) throw damaged();
    const long = view.getUint16(at + 28, true);
    if (at + 46 + long > end) throw damaged();
    const name = strFromU8(zip.subarray(at + 46, at + 46 + long));
    if (entries.has(name)) throw new ZipError(`This zip is damaged: two files in it are called ${name.slice(0, 40)}.`);
    entries.set(name, {
      packed: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      method: view.getUint16(at + 10, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + long + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/**
 * One file of a zip.
 *
 * @param {Uint8Array} zip
 * @param {Map<string, Entry>} entries
 * @param {string} name
 * @param {number} most  bytes
 */
export function extract(zip, entries, name, most) {
  const entry = entries.get(name);
  if (entry === undefined) throw new ZipError(`The album is not whole: ${name} is missing.`);
  if (entry.bytes > most)
    throw new ZipError(`${name} would unpack to ${(entry.bytes / 1e6).toFixed(1)} MB; ${most / 1e6} MB are allowed.`);
  const content = unpacked(dataOf(zip, entry), entry);
  if (content === undefined) throw new ZipError(`The album is damaged: ${name} cannot be unpacked.`);
  return content;
}

/** @param {Uint8Array} zip @param {Entry} entry */
function dataOf(zip, { at, packed }) {
  const view = viewOf(zip);
  if (at + 30 > zip.length || view.getUint32(at, true) !== LOCAL_HEAD) return undefined;
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  return start + packed <= zip.length ? zip.subarray(start, start + packed) : undefined;
}

/**
 * @param {Uint8Array | undefined} data @param {Entry} entry
 * @returns {Uint8Array | undefined} undefined if it is not what it says
 */
function unpacked(data, { bytes, method }) {
  if (data === undefined) return undefined;
  if (method === 0) return data.length === bytes ? data.slice() : undefined;
  if (method !== 8) return undefined;
  const content = new Uint8Array(bytes);
  let here = 0;
  try {
    const inflate = new Inflate((part) => {
      if (here + part.length > bytes) throw damaged();
      content.set(part, here);
      here += part.length;
    });
    // In small pieces: the first that makes too much is the last.
    for (let from = 0; from < data.length; from += PIECE)
      inflate.push(data.subarray(from, from + PIECE), from + PIECE >= data.length);
  } catch {
    return undefined;
  }
  return here === bytes ? content : undefined;
}
