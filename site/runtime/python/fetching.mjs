/**
 * Fetches one file over whatever network there is: goes on where a connection broke, tries again when the host has
 * trouble, asks anew for what was damaged on its way, and refuses in words what it cannot have as it should be.
 */

import { sha256 } from "./hash.mjs";
import { say } from "../words/say.mjs";

/**
 * @typedef {{bytes: number, sha256: string}} Expected  as site/vendor/manifest.json lists it
 * @typedef {{response: Promise<Response>, cut: () => void}} Request  one that is on its way
 */

/** Milliseconds before each further attempt. One more is made for each that brought something. */
const PAUSES = [300, 1000, 3000];
/** Milliseconds without a byte after which a connection counts as broken. */
const SILENCE = 20_000;

export class FileError extends Error {
  /** @param {string} file @param {string} problem @param {boolean} [isPassing]  another attempt may go well */
  constructor(file, problem, isPassing = false) {
    super(`${file}: ${problem}`);
    this.isPassing = isPassing;
  }
}

/** @param {string} url @param {RequestInit} [options] @returns {Request} */
export function ask(url, options = {}) {
  const control = new AbortController();
  const response = fetch(url, { ...options, signal: control.signal });
  response.catch(() => {}); // told when it is waited for
  return { response, cut: () => control.abort() };
}

/**
 * @param {string} file  what to call it
 * @param {string} url @param {Expected} expected
 * @param {Request} request  the first, which need not wait until it is known what to expect
 * @param {(here: Uint8Array) => void} [progress]  told what is here, which is less again when it was damaged
 * @returns {Promise<ArrayBuffer>} the whole file, verified
 * @throws {FileError}
 */
export async function fetchVerified(file, url, expected, request, progress = () => {}) {
  const content = new Uint8Array(expected.bytes);
  let here = 0; // bytes
  let isFresh = false; // what the browser has kept was damaged: ask the host
  const again = () => {
    const headers = here > 0 ? { headers: { range: `bytes=${here}-` } } : {};
    return ask(url, { cache: isFresh ? "reload" : "default", ...headers });
  };
  for (let failures = 0; ; request = again()) {
    const before = here;
    try {
      here = await receive(file, request, content, here, (bytes) => progress(content.subarray(0, (here = bytes))));
      await verify(file, content, here, expected);
      return content.buffer;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (error instanceof Damaged) {
        if (isFresh) throw error;
        isFresh = true;
        progress(content.subarray(0, (here = 0)));
      } else if (!error.isPassing || failures === PAUSES.length) {
        throw error;
      } else {
        failures = here > before ? 0 : failures;
        await new Promise((resolve) => setTimeout(resolve, PAUSES[failures]));
        failures += 1;
      }
    }
  }
}

class Damaged extends FileError {}

/**
 * Reads on from `start`, if the host can do that, else from the beginning.
 * @param {string} file @param {Request} request @param {Uint8Array} content @param {number} start
 * @param {(bytes: number) => void} progress
 * @returns {Promise<number>} bytes that are here in the end
 */
async function receive(file, { response: coming, cut }, content, start, progress) {
  let timer = setTimeout(cut, SILENCE);
  try {
    const response = await coming.catch(() => {
      throw new FileError(file, say("no answer from the server. Is the network there?"), true);
    });
    let here = refuse(file, response, start);
    const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new FileError(file, say("the connection broke after {bytes} bytes", { bytes: here }), true);
      });
      if (done) return here;
      clearTimeout(timer);
      timer = setTimeout(cut, SILENCE);
      if (here + value.length > content.length) {
        cut();
        throw new Damaged(file, say("more than {bytes} bytes came", { bytes: content.length }));
      }
      content.set(value, here);
      progress((here += value.length));
    }
  } finally {
    clearTimeout(timer);
  }
}

/** @param {string} file @param {Response} response @param {number} start @returns {number} where what comes begins */
function refuse(file, response, start) {
  const { status, statusText, headers } = response;
  if (status === 416) throw new Damaged(file, say("the server has fewer than {bytes} bytes of it", { bytes: start }));
  if (!response.ok) {
    const told = `${say("the server answered {status}", { status: `${status}` })} ${statusText}`.trim();
    throw new FileError(file, told, status >= 500 || status === 429);
  }
  if (headers.get("content-type")?.startsWith("text/html")) {
    throw new FileError(file, say("a web page came in its place (from a proxy or a sign-in page?)"));
  }
  if (status !== 206) return 0;
  if (!headers.get("content-range")?.startsWith(`bytes ${start}-`))
    throw new Damaged(file, say("another part came than was asked for"));
  return start;
}

/** @param {string} file @param {Uint8Array<ArrayBuffer>} content @param {number} here @param {Expected} expected */
async function verify(file, content, here, expected) {
  // A connection that is closed early without a word looks like an end.
  if (here < expected.bytes)
    throw new FileError(file, say("{bytes} bytes came, expected {all}", { bytes: here, all: expected.bytes }), true);
  const found = await sha256(content);
  if (found === undefined || found === expected.sha256) return; // where none is computed the size must do
  const [is, should] = [found, expected.sha256].map((hash) => `${hash.slice(0, 8)}…`);
  throw new Damaged(file, say("sha256 is {is}, expected {should}; the file was not used", { is, should }));
}
