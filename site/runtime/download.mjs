/** Fetches the files that Python is made of, once a visit: counts the bytes, checks every file, names the one that fails. */

import { urls } from "./config.mjs";

/**
 * @typedef {object} Facts  about the files of a fast start
 * @property {Record<string, string>} info  of Pyodide's lock
 * @property {number} cut  where the standard library's first part ends
 * @property {string} image  hash of the static data that the snapshot was made for
 * @property {Record<string, string>} sideModules  NumPy's compiled parts: file to path
 *
 * @typedef {{pyodide: string, numpy: string, start: Facts, files: Record<string, {bytes: number, sha256: string}>}} Manifest
 */

/** Milliseconds before a file is asked for again. */
const PAUSES = [300, 1200];

/** A file that could not be had. */
export class FileError extends Error {
  /** @param {string} file @param {string} problem @param {boolean} [passing]  it may be gone when the file is asked for again */
  constructor(file, problem, passing = false) {
    super(`${file}: ${problem}`);
    this.file = file;
    this.passing = passing;
  }
}

/** @type {Promise<Manifest> | undefined} */
let manifest;
/** Files that are here or on their way. @type {Map<string, {count: {bytes: number}, content: Promise<ArrayBuffer>}>} */
const files = new Map();

/** @returns {Promise<Manifest>} */
export function readManifest() {
  manifest ??= patiently(readManifestOnce).catch((error) => {
    manifest = undefined;
    throw error;
  });
  return manifest;
}

/** A file of site/vendor, verified. @param {string} name @returns {Promise<ArrayBuffer>} */
export function fetchFile(name) {
  let file = files.get(name);
  if (file === undefined) {
    const count = { bytes: 0 };
    const content = patiently((again) => fetchOnce(name, count, again));
    content.catch(() => files.delete(name));
    files.set(name, (file = { count, content }));
  }
  return file.content;
}

/** How much of some files is here. @param {string[]} names */
export const loaded = (names) => names.reduce((sum, name) => sum + (files.get(name)?.count.bytes ?? 0), 0);

/** @template T @param {(again: boolean) => Promise<T>} attempt @returns {Promise<T>} */
async function patiently(attempt) {
  for (let number = 0; ; number++) {
    try {
      return await attempt(number > 0);
    } catch (error) {
      if (!(error instanceof FileError && error.passing) || number === PAUSES.length) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSES[number]));
    }
  }
}

/** @returns {Promise<Manifest>} */
async function readManifestOnce() {
  const response = await ask("manifest.json", { cache: "no-cache" });
  return response.json().catch(() => {
    throw new FileError("manifest.json", "what came is not JSON");
  });
}

/** @param {string} file @param {RequestInit} options */
async function ask(file, options) {
  const response = await fetch(urls.vendor + file, options).catch(() => {
    throw new FileError(file, "no answer from the server. Is the network there?", true);
  });
  if (!response.ok) {
    throw new FileError(file, `the server answered ${response.status} ${response.statusText}`.trim(), response.status >= 500);
  }
  if (response.headers.get("content-type")?.startsWith("text/html")) {
    throw new FileError(file, "a web page came in its place (from a proxy or a sign-in page?)");
  }
  return response;
}

/** @param {string} file @param {{bytes: number}} count @param {boolean} again */
async function fetchOnce(file, count, again) {
  const expected = (await readManifest()).files[file];
  if (expected === undefined) throw new FileError(file, "not in manifest.json");
  count.bytes = 0;
  // What the browser kept may be of an older site: the second time it is not asked.
  const response = await ask(file, { cache: again ? "reload" : "default" });
  const content = new Uint8Array(expected.bytes);
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new FileError(file, `the connection broke after ${count.bytes} bytes`, true);
    });
    if (done) break;
    if (count.bytes + value.length > expected.bytes) {
      reader.cancel();
      throw new FileError(file, `more than ${expected.bytes} bytes came`, !again);
    }
    content.set(value, count.bytes);
    count.bytes += value.length;
  }
  if (count.bytes !== expected.bytes) throw new FileError(file, `${count.bytes} bytes came, expected ${expected.bytes}`, !again);
  if (!self.crypto.subtle) return content.buffer; // plain http from another machine: the size must do
  const sha256 = await self.crypto.subtle.digest("SHA-256", content);
  const found = Array.from(new Uint8Array(sha256), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== expected.sha256) {
    const problem = `sha256 is ${found.slice(0, 8)}…, expected ${expected.sha256.slice(0, 8)}…; the file was not used`;
    throw new FileError(file, problem, !again);
  }
  return content.buffer;
}
