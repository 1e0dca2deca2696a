/** Edits in a link: `#v1.` and the page's edited sources as JSON, deflated, in base64url. */

import { limits } from "../config.mjs";

const PREFIX = "#v1.";
/** What the name of a lab begins with, beside those of cells. */
export const LAB = "lab ";

/** @param {Record<string, string>} edits  source by cell id @returns {Promise<string>} the fragment */
export async function encode(edits) {
  const stream = new Blob([JSON.stringify(edits)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return PREFIX + base64url(new Uint8Array(await new Response(stream).arrayBuffer()));
}

/**
 * Puts a link on the clipboard: to a page with the reader's edits, or to a cell of one without.
 *
 * @param {string} id  of the cell
 * @param {Record<string, string>} edits
 * @returns {Promise<string>} what came of it, in words
 */
export async function copyLink(id, edits) {
  const isEdited = Object.keys(edits).length > 0;
  const fragment = isEdited ? await encode(edits) : `#${id}`;
  if (fragment.length > limits.fragment)
    return `Too much code for a link: ${fragment.length} characters, at most ${limits.fragment} fit.`;
  const link = new URL(fragment, location.href).href;
  const copy = async () => navigator.clipboard.writeText(link); // over plain http there is no clipboard at all
  return copy().then(
    () => (isEdited ? "Link with your edits copied." : "Link copied."),
    () => `Your browser does not let this page copy. The link: ${link}`,
  );
}

/**
 * @param {string} fragment
 * @param {string[]} known  the cells that the page has
 * @returns {Promise<Record<string, string>>} the edits
 * @throws {Error} saying why the link cannot be used
 */
export async function decode(fragment, known) {
  if (!fragment.startsWith(PREFIX)) throw new Error("it was made by another version of this site");
  if (fragment.length > limits.fragment) throw new Error(`it is longer than ${limits.fragment} characters`);
  const edits = parse(await inflate(bytesOf(fragment.slice(PREFIX.length))));
  const stranger = Object.keys(edits).find((id) => !known.includes(id));
  if (stranger !== undefined) throw new Error(`this page has no cell “${stranger.slice(0, 40)}”`);
  return edits;
}

/** @param {string} json @returns {Record<string, string>} */
function parse(json) {
  /** @type {unknown} */
  let edits;
  try {
    edits = JSON.parse(json);
  } catch {
    throw new Error("it is damaged");
  }
  const isTable = typeof edits === "object" && edits !== null && !Array.isArray(edits);
  if (!isTable || !Object.values(/** @type {object} */ (edits)).every((source) => typeof source === "string")) {
    throw new Error("it is damaged");
  }
  return /** @type {Record<string, string>} */ (edits);
}

/** Inflates no more than a page's sources may take. @param {Uint8Array<ArrayBuffer>} bytes */
async function inflate(bytes) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for (;;) {
    const chunk = await reader.read().catch(() => {
      throw new Error("it is damaged");
    });
    try {
      text += decoder.decode(chunk.value, { stream: !chunk.done });
    } catch {
      throw new Error("it is damaged"); // not UTF-8
    }
    if (chunk.done) return text;
    if (text.length > limits.sources) {
      await reader.cancel();
      throw new Error("the code in it is too large");
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
    throw new Error("it is damaged");
  }
}
