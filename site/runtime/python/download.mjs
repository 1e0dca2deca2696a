/** The files that Python is made of: each is fetched once a visit, counted as it comes, and verified. */

import { urls } from "../config.mjs";
import { takeRequest } from "./ahead.mjs";
import { FileError, ask, fetchVerified } from "./fetching.mjs";
import { say } from "../words/say.mjs";

/**
 * @typedef {object} Facts  about the files of a fast start
 * @property {Record<string, string>} info  of Pyodide's lock
 * @property {number} cut  where the standard library's first part ends
 * @property {string} image  hash of the static data that the snapshot was made for
 * @property {string} header  what Pyodide wants to know of the snapshot, in base64
 * @property {number} memory  bytes of the snapshot when it is inflated
 * @property {string[]} packages  their names
 * @property {string[]} sideModules  the packages' compiled parts: their paths
 *
 * @typedef {{pyodide: string, start: Facts, files: Record<string, {bytes: number, sha256: string}>}} Manifest
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
/**
 * @typedef {object} Arrival
 * @property {number} bytes  that are here
 * @property {Set<(here: Uint8Array) => void>} followers
 * @property {Promise<ArrayBuffer>} content  all of it, verified
 */
/** Files that are here or on their way. @type {Map<string, Arrival>} */
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
  return arrival(name).content;
}

/**
 * What is here of a file, each time that more of it comes, and less of it if it came damaged.
 * @param {string} name @param {(here: Uint8Array) => void} follower  @returns {() => void} to be called in the end
 */
export function followFile(name, follower) {
  const { followers } = arrival(name);
  followers.add(follower);
  return () => void followers.delete(follower);
}

/** @param {string} name */
function arrival(name) {
  let file = files.get(name);
  if (file === undefined) {
    /** @type {Arrival} */
    const made = {
      bytes: 0,
      followers: new Set(),
      content: fetchListed(name, (here) => {
        made.bytes = here.length;
        for (const follower of made.followers) follower(here);
      }),
    };
    made.content.catch(() => files.delete(name));
    files.set(name, (file = made));
  }
  return file;
}

/** How much of some files is here. @param {string[]} names */
export const loaded = (names) => names.reduce((sum, name) => sum + (files.get(name)?.bytes ?? 0), 0);

/** @param {string} name @param {(here: Uint8Array) => void} progress */
async function fetchListed(name, progress) {
  const url = urls.vendor + name;
  const request = takeRequest(name) ?? ask(url);
  const expected = await readManifest()
    .then(({ files }) => files[name])
    .catch((error) => {
      request.cut();
      throw error;
    });
  if (expected === undefined) {
    request.cut();
    throw new MissingFile(name, say("{name}: not in {list}", { name, list: MANIFEST }));
  }
  return fetchVerified(name, url, expected, request, progress).catch((error) => {
    throw error instanceof FileError ? new MissingFile(name, error.message) : error;
  });
}

/** @returns {Promise<Manifest>} */
async function fetchManifest() {
  const refused = (/** @type {string} */ problem) => new MissingFile(MANIFEST, `${MANIFEST}: ${problem}`);
  const { response: coming } = takeRequest(MANIFEST) ?? ask(urls.vendor + MANIFEST, { cache: "no-cache" });
  const response = await coming.catch(() => {
    throw refused(say("no answer from the server. Is the network there?"));
  });
  if (!response.ok)
    throw refused(
      `${say("the server answered {status}", { status: `${response.status}` })} ${response.statusText}`.trim(),
    );
  return response.json().catch(() => {
    throw refused(say("what came is not JSON (a web page from a proxy or a sign-in page?)"));
  });
}
