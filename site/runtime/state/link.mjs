/**
 * Edits in a link: `#v1.` and the page's edited sources as JSON, deflated, in base64url; of a cell in which controls
 * were moved and nothing else, what those say.
 */

import { limits } from "../config.mjs";
import { say } from "../words/say.mjs";

const PREFIX = "#v1.";
/** A source, or literals by the names of a cell's parameters. @typedef {string | Record<string, string>} Edit */

/** What the name of a lab begins with, beside those of cells. */
export const LAB = "lab ";

/** @param {Record<string, Edit>} edits  source by cell id @returns {Promise<string>} the fragment */
export async function encode(edits) {
  const stream = new Blob([JSON.stringify(edits)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return PREFIX + base64url(new Uint8Array(await new Response(stream).arrayBuffer()));
}

/**
 * The address of a page with the reader's edits, or of a cell of one without.
 * @param {string} id  of the cell; "" is the page @param {Record<string, Edit>} edits
 * @throws {Error} saying that it would be too long
 */
export async function linkTo(id, edits) {
  const fragment = Object.keys(edits).length > 0 ? await encode(edits) : `#${id}`;
  if (fragment.length > limits.fragment)
    throw new Error(
      say("Too much code for a link: {length} characters, at most {most} fit.", {
        ...{ length: fragment.length, most: limits.fragment },
      }),
    );
  return new URL(fragment, location.href.replace(/[?#].*/, "")).href.replace(/#$/, "");
}

/**
 * Puts a link on the clipboard: see `linkTo`.
 * @param {string} id @param {Record<string, Edit>} edits @returns {Promise<string>} what came of it, in words
 */
export function copyLink(id, edits) {
  const done = Object.keys(edits).length > 0 ? say("Link with your edits copied.") : say("Link copied.");
  return linkTo(id, edits).then(
    (link) => copy(link, done),
    ({ message }) => message,
  );
}

/** @param {string} text @param {string} done @returns {Promise<string>} what came of it, in words */
export async function copy(text, done) {
  const write = async () => navigator.clipboard.writeText(text); // over plain http there is no clipboard at all
  return write().then(
    () => done,
    () => say("Your browser does not let this page copy. Here it is: {text}", { text }),
  );
}

/**
 * @param {string} fragment
 * @param {string[]} known  the cells that the page has
 * @returns {Promise<Record<string, Edit>>} the edits
 * @throws {Error} saying why the link cannot be used
 */
export async function decode(fragment, known) {
  if (!fragment.startsWith(PREFIX)) throw new Error(say("it was made by another version of this site"));
  if (fragment.length > limits.fragment)
    throw new Error(say("it is longer than {most} characters", { most: limits.fragment }));
  const edits = parse(await inflate(bytesOf(fragment.slice(PREFIX.length))));
  const stranger = Object.keys(edits).find((id) => !known.includes(id));
  if (stranger !== undefined) throw new Error(say("this page has no cell “{id}”", { id: stranger.slice(0, 40) }));
  return edits;
}

/** @param {string} json @returns {Record<string, Edit>} */
function parse(json) {
  /** @type {unknown} */
  let edits;
  try {
    edits = JSON.parse(json);
  } catch {
    throw new Error(say("it is damaged"));
  }
  if (!isTable(edits) || !Object.values(edits).every((edit) => isText(edit) || isTable(edit, isText))) {
    throw new Error(say("it is damaged"));
  }
  return /** @type {Record<string, Edit>} */ (edits);
}

const isText = (/** @type {unknown} */ value) => typeof value === "string";

/** @param {unknown} value @param {(value: unknown) => boolean} [has] @returns {value is object} */
function isTable(value, has = () => true) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(has);
}

/** Inflates no more than a page's sources may take. @param {Uint8Array<ArrayBuffer>} bytes */
async function inflate(bytes) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for (;;) {
    const chunk = await reader.read().catch(() => {
      throw new Error(say("it is damaged"));
    });
    try {
      text += decoder.decode(chunk.value, { stream: !chunk.done });
    } catch {
      throw new Error(say("it is damaged")); // not UTF-8
    }
    if (chunk.done) return text;
    if (text.length > limits.sources) {
      await reader.cancel();
      throw new Error(say("the code in it is too large"));
    }
  }
}

/** @param {Uint8Array} bytes */
function base64url(bytes) {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text */
function bytesOf(text) {
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
  } catch {
    throw new Error(say("it is damaged"));
  }
}
