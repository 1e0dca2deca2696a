/** Brings the files of one way of starting Python to a worker, each while it comes. */

import { styled } from "./ahead.mjs";
import { fetchFile, followFile, readManifest } from "./download.mjs";

/** @import { Sandbox } from "./frame.mjs" */

/** What is large, and inflated while it comes. */
const STREAMED = ["start/pyodide.zst", "start/shared.zst", "start/snapshot.zst"];
/** Bytes that are worth a message. */
const PART = 1 << 20;

/**
 * Sends files as they come. Unless there is haste they are asked for when the page has its styles, and what is large
 * one after the other. (Chromium would hold back requests of a low priority until the page is painted, and with them
 * the page's own script.)
 * @param {string[]} names @param {Sandbox} sandbox @param {Promise<unknown>} haste
 */
export async function sendAll(names, sandbox, haste) {
  await Promise.race([styled(), haste]);
  /** @type {Promise<void>[]} */
  const sent = [];
  for (const name of names) {
    const isLarge = STREAMED.includes(name);
    const one = isLarge ? sendInParts(name, sandbox) : sendWhole(name, sandbox);
    one.catch(() => {}); // told in the end, or by the next line
    sent.push(one);
    if (isLarge) await Promise.race([nearlyHere(name), haste]);
  }
  await Promise.all(sent);
}

/** Bytes that are still to come of a file when the next one is asked for: that one's first are then here in time. */
const AHEAD = 1 << 18;

/** Kept when nearly all of a file has come. @param {string} name */
async function nearlyHere(name) {
  const { files } = await readManifest();
  const enough = files[name].bytes - AHEAD;
  await new Promise((resolve, reject) => {
    const unfollow = followFile(name, ({ length }) => length >= enough && resolve(undefined));
    fetchFile(name).then(resolve, reject).finally(unfollow);
  });
}

/** @param {string} name @param {Sandbox} sandbox */
export async function sendWhole(name, sandbox) {
  const content = await fetchFile(name);
  sandbox.post({ type: "file", name, content }); // a copy goes: the Python after this one needs it too
}

/** Sends a file while it comes; in the end, that it is verified. @param {string} name @param {Sandbox} sandbox */
async function sendInParts(name, sandbox) {
  const whole = fetchFile(name);
  const { files } = await readManifest();
  let sent = 0;
  let isWhole = true; // what was sent is what the file begins with
  const send = (/** @type {Uint8Array} */ here) => {
    isWhole &&= here.length >= sent;
    if (!isWhole || here.length === sent) return;
    const content = /** @type {ArrayBuffer} */ (here.slice(sent).buffer);
    sandbox.post({ type: "part", name, content }, [content]);
    sent = here.length;
  };
  const unfollow = followFile(name, (here) => {
    const isLast = here.length === files[name]?.bytes; // inflated while all of it is verified
    if (here.length < sent || here.length - sent >= PART || isLast) send(here);
  });
  try {
    const content = await whole;
    if (sent > 0) send(new Uint8Array(content));
    sandbox.post(sent > 0 && isWhole ? { type: "file", name } : { type: "file", name, content });
  } finally {
    unfollow();
  }
}
