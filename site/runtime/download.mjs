/** The files that Python is made of: each is fetched once a visit, counted as it comes, and verified. */

import { urls } from "./config.mjs";
import { FileError, fetchVerified } from "./fetching.mjs";

/**
 * @typedef {object} Facts  about the files of a fast start
 * @property {Record<string, string>} info  of Pyodide's lock
 * @property {number} cut  where the standard library's first part ends
 * @property {string} image  hash of the static data that the snapshot was made for
 * @property {Record<string, string>} sideModules  NumPy's compiled parts: file to path
 *
 * @typedef {{pyodide: string, numpy: string, start: Facts, files: Record<string, {bytes: number, sha256: string}>}} Manifest
 */

/** A file could not be had, and which. */
export class MissingFile extends Error {
  /** @param {string} file @param {string} message */
  constructor(file, message) {
    super(message);
    this.file = file;
  }
}

const MANIFEST = "manifest.json";

/** @type {Promise<Manifest> | undefined} */
let manifest;
/** Files that are here or on their way. @type {Map<string, {count: {bytes: number}, content: Promise<ArrayBuffer>}>} */
const files = new Map();

/** @returns {Promise<Manifest>} */
export function readManifest() {
  manifest ??= fetchManifest()
    .catch(() => fetchManifest()) // a network that stumbles once
    .catch((error) => {
      manifest = undefined;
      throw error;
    });
  return manifest;
}

/** A file of site/vendor. @param {string} name @returns {Promise<ArrayBuffer>} */
export function fetchFile(name) {
  let file = files.get(name);
  if (file === undefined) {
    const count = { bytes: 0 };
    const content = fetchListed(name, count);
    content.catch(() => files.delete(name));
    files.set(name, (file = { count, content }));
  }
  return file.content;
}

/** How much of some files is here. @param {string[]} names */
export const loaded = (names) => names.reduce((sum, name) => sum + (files.get(name)?.count.bytes ?? 0), 0);

/** @param {string} name @param {{bytes: number}} count */
async function fetchListed(name, count) {
  const expected = (await readManifest()).files[name];
  if (expected === undefined) throw new MissingFile(name, `${name}: not in ${MANIFEST}`);
  return fetchVerified(name, urls.vendor + name, expected, (bytes) => (count.bytes = bytes)).catch((error) => {
    throw error instanceof FileError ? new MissingFile(name, error.message) : error;
  });
}

/** @returns {Promise<Manifest>} */
async function fetchManifest() {
  const refused = (/** @type {string} */ problem) => new MissingFile(MANIFEST, `${MANIFEST}: ${problem}`);
  const response = await fetch(urls.vendor + MANIFEST, { cache: "no-cache" }).catch(() => {
    throw refused("no answer from the server. Is the network there?");
  });
  if (!response.ok) throw refused(`the server answered ${response.status} ${response.statusText}`.trim());
  return response.json().catch(() => {
    throw refused("what came is not JSON (a web page from a proxy or a sign-in page?)");
  });
}
