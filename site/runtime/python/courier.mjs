/** Hands the files of one way of starting Python to a worker in a frame of its own, each while it comes. */

import { limits } from "../config.mjs";
import { fetchFile, followFile, readManifest } from "./download.mjs";
import { openSandbox } from "./frame.mjs";
import { SHARED, named, neededFirst } from "./ways.mjs";

/** @import { Sandbox } from "./frame.mjs" */
/** @import { Way } from "./ways.mjs" */

/** What is large, and inflated while it comes. */
const STREAMED = ["start/pyodide.zst", "start/shared.zst", "start/snapshot.zst"];

/**
 * A worker that is given the files of one way, and begins when it is told.
 *
 * @typedef {object} Launch
 * @property {Way} way
 * @property {Sandbox} sandbox
 * @property {string[]} names  of its files
 * @property {Promise<unknown>} complete  kept when it is there and has all files, broken when something cannot be had
 */

/**
 * A worker that knows nothing yet, in a frame of its own: opening one takes as long as fetching.
 *
 * @typedef {{sandbox: Sandbox, begun: Promise<void>}} Blank
 */
/** @type {Blank | undefined} */
let blank;

/** @returns {Blank} */
function openBlank() {
  const sandbox = openSandbox();
  const begun = fetchFile(SHARED[0]).then((code) => sandbox.run(new TextDecoder().decode(code)));
  const made = { sandbox, begun };
  begun.catch(() => {
    if (blank === made) blank = undefined;
    sandbox.close();
  });
  return made;
}

/** Until there is haste, Python's files give way to the page's. */
let isHasty = false;
/** Python is wanted, its files come in no time, or the page has all that is its own. @type {() => void} */
export let hurry = () => {};
const haste = new Promise((resolve) => (hurry = () => resolve((isHasty = true))));

/** Kept when the page has what it is shown with. @returns {Promise<unknown>} */
function styled() {
  const link = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=stylesheet]"));
  if (link?.sheet) return Promise.resolve();
  return new Promise((resolve) =>
    ["load", "error"].forEach((kind) => link?.addEventListener(kind, resolve, { once: true })),
  );
}

/** @param {Way} way @returns {Promise<Launch>} */
export async function launch(way) {
  blank ??= openBlank();
  const wanted = neededFirst(way);
  for (const name of isHasty ? wanted : []) if (typeof name === "string") fetchFile(name).catch(() => {}); // at once
  const { start: facts } = await readManifest();
  const { sandbox, begun } = blank ?? openBlank();
  blank = undefined;
  const names = await named(wanted);
  sandbox.port.postMessage({ type: "start", way, facts, patience: limits.patience });
  const complete = Promise.all([begun, sendAll(names.slice(1), sandbox.port)]);
  complete.catch(() => {}); // told by whoever waits for it
  return { way, sandbox, names, complete };
}

/**
 * Sends files as they come. Unless there is haste they are asked for when the page has its styles, and what is large
 * one after the other. (Chromium would hold back requests of a low priority until the page is painted, and with them
 * the page's own script.)
 *
 * @param {string[]} names @param {MessagePort} port
 */
async function sendAll(names, port) {
  await Promise.race([styled(), haste]);
  /** @type {Promise<void>[]} */
  const sent = [];
  for (const name of names) {
    const isLarge = STREAMED.includes(name);
    const one = isLarge ? sendInParts(name, port) : sendWhole(name, port);
    one.catch(() => {}); // told in the end, or by the next line
    sent.push(one);
    if (isLarge) await Promise.race([one, haste]);
  }
  await Promise.all(sent);
}

/** @param {string} name @param {MessagePort} port */
async function sendWhole(name, port) {
  const content = await fetchFile(name);
  port.postMessage({ type: "file", name, content }); // a copy goes: the Python after this one needs it too
}

/** Bytes that are worth a message. */
const PART = 1 << 20;

/**
 * Sends a file while it comes. That it is whole and verified is told in the end.
 *
 * @param {string} name @param {MessagePort} port
 */
async function sendInParts(name, port) {
  let sent = 0;
  let isWhole = true; // what was sent is what the file begins with
  const send = (/** @type {Uint8Array} */ here) => {
    isWhole &&= here.length >= sent;
    if (!isWhole) return;
    const content = here.slice(sent).buffer;
    port.postMessage({ type: "part", name, content }, [content]);
    sent = here.length;
  };
  const whole = fetchFile(name);
  const unfollow = followFile(name, (here) => (here.length < sent || here.length - sent >= PART) && send(here));
  try {
    const content = await whole;
    if (sent > 0) send(new Uint8Array(content));
    port.postMessage(sent > 0 && isWhole ? { type: "file", name } : { type: "file", name, content });
  } finally {
    unfollow();
  }
}
