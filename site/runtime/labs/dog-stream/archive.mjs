/**
 * The album as a file: a zip with one PNG a dog and an index, `album.json`. What comes back is believed in nothing:
 * every name, size, hash and number is checked before anything is taken.
 */

import { strToU8, zip } from "fflate";
import { sha256 } from "../../python/hash.mjs";
import { KINDS } from "./kinds.mjs";
import { readPng, writePng } from "./png.mjs";
import { extract, list, ZipError } from "./unzip.mjs";
import { decimal, say } from "../../words/say.mjs";

/**
 * @typedef {object} Dog  a picture that the stream has saved
 * @property {number} added  when, as Date.now() tells it
 * @property {string} kind  what it truly shows; "" where nobody knows
 * @property {string} breed
 * @property {boolean} isNew  of a breed that was kept from the network
 * @property {number} size  pixels across
 * @property {Uint8Array} pixels  row by row, 0 black to 255 white
 * @property {number[]} probabilities  of toaster, bird, cat and dog
 * @property {number} threshold  that was set when it was saved
 */

/**
 * @typedef {object} Listed  a picture as the index has it
 * @property {string} file
 * @property {number} bytes
 * @property {string | null} sha256
 * @property {number} size
 * @property {string} kind
 * @property {string} breed
 * @property {boolean} new_breed
 * @property {number[]} probabilities
 * @property {number} threshold
 * @property {string} added
 */

/** A file that is no album, or a damaged one; the message says what is wrong with it. */
export class ArchiveError extends Error {}

const FORMAT = "dog-primer album";
export const VERSION = 1;
const INDEX = "album.json";

export const limits = Object.freeze({
  /** Bytes of the zip, of its index and of one picture, unpacked. */
  file: 32e6,
  index: 8e6,
  picture: 16e3,
  pictures: 10_000,
});

/** Pictures between two of those: what a zip says of itself is read anew for each such lot. */
const SOME = 64;
/** Lets the page live while thousands are packed. */
const breathe = () => new Promise((resolve) => setTimeout(resolve));

/** @param {Dog[]} dogs  the first in the file first @returns {Promise<Uint8Array<ArrayBuffer>>} a zip */
export async function pack(dogs) {
  /** @type {Record<string, Uint8Array>} */
  const files = {};
  const pictures = [];
  for (const [i, dog] of dogs.entries()) {
    const png = writePng(dog.pixels, dog.size);
    const file = `dogs/${String(i + 1).padStart(5, "0")}.png`;
    files[file] = png;
    pictures.push({
      file,
      bytes: png.length,
      sha256: (await sha256(png)) ?? null,
      size: dog.size,
      kind: dog.kind,
      breed: dog.breed,
      new_breed: dog.isNew,
      probabilities: dog.probabilities,
      threshold: dog.threshold,
      added: new Date(dog.added).toISOString(),
    });
    if (i % 200 === 199) await breathe();
  }
  const index = { format: FORMAT, version: VERSION, exported: new Date().toISOString(), kinds: KINDS, pictures };
  const all = { [INDEX]: strToU8(JSON.stringify(index, null, 1)), ...files };
  // Pictures are packed already; storing them as they are keeps the file easy to look into.
  return new Promise((resolve, reject) => {
    zip(all, { level: 0 }, (error, bytes) =>
      error ? reject(error) : resolve(/** @type {Uint8Array<ArrayBuffer>} */ (bytes)),
    );
  });
}

/**
 * @param {Uint8Array} bytes  a file that says it is an album
 * @returns {Promise<Dog[]>} all of it, or nothing
 * @throws {ArchiveError}
 */
export async function unpack(bytes) {
  const sizes = { name: say("This file"), size: megabytes(bytes.length), most: megabytes(limits.file) };
  if (bytes.length > limits.file) throw new ArchiveError(say("{name} has {size}; an album has {most} at most.", sizes));
  try {
    const entries = list(bytes, limits.pictures * 2 + 10);
    const name = [...entries.keys()].find(
      (name) => (name === INDEX || name.endsWith(`/${INDEX}`)) && !name.startsWith("__MACOSX/"),
    );
    if (name === undefined)
      throw new ArchiveError(say("This zip is not an album: there is no {index} in it.", { index: INDEX }));
    const folder = name.slice(0, -INDEX.length); // some programs pack the folder around it, too
    const pictures = readIndex(extract(bytes, entries, [name], limits.index)[name]);
    const dogs = [];
    for (let from = 0; from < pictures.length; from += SOME) {
      const some = pictures.slice(from, from + SOME);
      const files = extract(
        bytes,
        entries,
        some.map(({ file }) => folder + file),
        limits.picture,
      );
      for (const picture of some) dogs.push(await readDog(picture, files[folder + picture.file]));
      await breathe();
    }
    return dogs;
  } catch (error) {
    throw error instanceof ZipError ? new ArchiveError(error.message) : error;
  }
}

/** The pictures that the index lists, each as it must be. @param {Uint8Array} bytes @returns {Listed[]} */
function readIndex(bytes) {
  /** @type {any} */
  let index;
  try {
    index = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new ArchiveError(say("The album is damaged: {index} is not JSON.", { index: INDEX }));
  }
  if (index?.format !== FORMAT)
    throw new ArchiveError(
      say("{index} is of another program: its format is not “{format}”.", { index: INDEX, format: FORMAT }),
    );
  if (index.version !== VERSION) {
    const version = JSON.stringify(index.version)?.slice(0, 20);
    throw new ArchiveError(
      say(
        "This album has version {version}; this page reads version {reads}. " +
          "Load the page anew: there may be a newer one.",
        { version, reads: VERSION },
      ),
    );
  }
  if (!Array.isArray(index.pictures))
    throw new ArchiveError(say("The album is damaged: {index} lists no pictures.", { index: INDEX }));
  const counts = { count: index.pictures.length, most: limits.pictures };
  if (counts.count > counts.most)
    throw new ArchiveError(
      say("This album lists {count} pictures; {most} are the most that are taken at once.", counts),
    );
  const files = new Set(index.pictures.map((/** @type {any} */ picture) => picture?.file));
  if (files.size < index.pictures.length)
    throw new ArchiveError(say("The album is damaged: {index} lists the same file twice.", { index: INDEX }));
  index.pictures.forEach(checkListed);
  return index.pictures;
}

/** What each entry of a picture must be. @type {Record<string, [(value: any) => boolean, string]>} */
const FIELDS = {
  file: [
    (value) => typeof value === "string" && /^dogs\/[0-9]{1,6}\.png$/.test(value),
    say("a name like dogs/00001.png"),
  ],
  bytes: [(value) => Number.isInteger(value) && value > 0, say("a number of bytes")],
  sha256: [
    (value) => value === null || (typeof value === "string" && /^[0-9a-f]{64}$/.test(value)),
    say("64 digits of a SHA-256"),
  ],
  size: [(value) => Number.isInteger(value) && value > 0, say("pixels across")],
  kind: [(value) => value === "" || KINDS.includes(value), say("one of {kinds}", { kinds: KINDS.join(", ") })],
  breed: [(value) => typeof value === "string" && value.length <= 60, say("a short text")],
  new_breed: [(value) => typeof value === "boolean", say("true or false")],
  probabilities: [isDistribution, say("four probabilities that sum to 1")],
  threshold: [isShare, say("a number from 0 to 1")],
  added: [(value) => typeof value === "string" && !Number.isNaN(Date.parse(value)), say("a date")],
};

/** @param {unknown} value */
function isShare(value) {
  return typeof value === "number" && value >= 0 && value <= 1;
}

/** @param {unknown} value */
function isDistribution(value) {
  return (
    Array.isArray(value) &&
    value.length === KINDS.length &&
    value.every(isShare) &&
    Math.abs(value.reduce((sum, one) => sum + one, 0) - 1) < 1e-3
  );
}

/** @param {any} picture @param {number} i */
function checkListed(picture, i) {
  for (const [field, [isGood, what]] of Object.entries(FIELDS)) {
    if (isGood(picture?.[field])) continue;
    const has = JSON.stringify(picture?.[field])?.slice(0, 40);
    throw new ArchiveError(
      say("The album is damaged: picture {number} of {index} should have {what} as “{field}”, and has {has}.", {
        ...{ number: i + 1, index: INDEX, what, field, has },
      }),
    );
  }
}

/** @param {Listed} picture @param {Uint8Array} png @returns {Promise<Dog>} */
async function readDog(picture, png) {
  const hash = await sha256(png);
  if (png.length !== picture.bytes || (hash && picture.sha256 && hash !== picture.sha256)) {
    throw new ArchiveError(
      say("The album is damaged: {file} is not the picture that {index} lists.", { file: picture.file, index: INDEX }),
    );
  }
  const { pixels, size } = readPicture(png, picture.file);
  if (size !== picture.size)
    throw new ArchiveError(
      say("The album is damaged: {file} is {size} pixels across; {index} says {said}.", {
        ...{ file: picture.file, size, index: INDEX, said: picture.size },
      }),
    );
  return {
    ...{ added: Date.parse(picture.added), kind: picture.kind, breed: picture.breed, isNew: picture.new_breed },
    ...{ size, pixels, probabilities: picture.probabilities, threshold: picture.threshold },
  };
}

/** @param {Uint8Array} png @param {string} file */
function readPicture(png, file) {
  try {
    return readPng(png);
  } catch (error) {
    const why = /** @type {Error} */ (error).message;
    throw new ArchiveError(say("The album is damaged: {file} cannot be used, because {why}.", { file, why }));
  }
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${decimal((bytes / 1e6).toFixed(1))} MB`;
}
