/**
 * Small grey pictures as PNG files, so that any program shows what an album holds. Writes and reads one kind: 8 bits of
 * grey, no interlace (PNG, third edition, W3C 2025, sections 5, 7 and 9).
 */

import { unzlibSync, zlibSync } from "fflate";
import { say } from "../../words/say.mjs";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Pixels across, at most. */
const LARGEST = 64;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, i) => {
  let crc = i;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ byte) & 255];
  return (crc ^ 0xffffffff) >>> 0;
}

/** @param {string} type @param {Uint8Array} data */
function chunk(type, data) {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

/**
 * @param {Uint8Array} pixels  row by row, 0 black to 255 white
 * @param {number} size  pixels across
 * @returns {Uint8Array} the file
 */
export function writePng(pixels, size) {
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, size);
  view.setUint32(4, size);
  head[8] = 8;
  const rows = new Uint8Array(size * (size + 1)); // each row begins with its filter: none
  for (let y = 0; y < size; y++) rows.set(pixels.subarray(y * size, (y + 1) * size), y * (size + 1) + 1);
  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk("IHDR", head),
    chunk("IDAT", zlibSync(rows)),
    chunk("IEND", new Uint8Array()),
  ];
  const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** @param {Uint8Array} file @returns {{pixels: Uint8Array, size: number}} @throws {Error} why it is none of ours */
export function readPng(file) {
  if (file.length < 8 || SIGNATURE.some((byte, i) => file[i] !== byte)) throw new Error(say("it is not a PNG picture"));
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  let size = 0;
  /** @type {Uint8Array} */
  let data = new Uint8Array();
  for (let at = 8; at + 12 <= file.length; ) {
    const length = view.getUint32(at);
    if (at + 12 + length > file.length) break;
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (view.getUint32(at + 8 + length) !== crc32(file.subarray(at + 4, at + 8 + length)))
      throw new Error(say("its part {type} is damaged", { type }));
    const content = file.subarray(at + 8, at + 8 + length);
    if (type === "IHDR") {
      size = length === 13 ? view.getUint32(at + 8) : 0;
      const isSquare = size > 0 && size <= LARGEST && view.getUint32(at + 12) === size;
      const isGrey = content[8] === 8 && !content[9] && !content[12];
      if (!isSquare || !isGrey)
        throw new Error(say("it is not a square grey picture of at most {most} pixels", { most: LARGEST }));
    } else if (type === "IDAT") {
      data = content;
    } else if (type === "IEND") {
      return { pixels: unpackRows(data, size), size };
    }
    at += 12 + length;
  }
  throw new Error(say("it ends too early"));
}

/** @param {Uint8Array} data @param {number} size */
function unpackRows(data, size) {
  const expected = size * (size + 1);
  // What was packed can hardly be longer than what comes of it: so nothing small can swell without end.
  if (size === 0 || data.length > expected + 128) throw new Error(say("its pixels are packed in no way that we know"));
  const rows = unzlibSync(data, { out: new Uint8Array(expected) });
  const pixels = new Uint8Array(size * size);
  for (let y = 0; y < size; y++) {
    if (rows[y * (size + 1)] !== 0) throw new Error(say("another program has saved it anew"));
    pixels.set(rows.subarray(y * (size + 1) + 1, (y + 1) * (size + 1)), y * size);
  }
  return pixels;
}
