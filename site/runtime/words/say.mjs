/**
 * What the page says, in its language: the English text is the key of a table. English has none, nor has a text that a
 * table lacks another one. A page in another language brings its table as a script before all others (`de/*.json`, see
 * py/tools/pages/words.py), so that it is there before the first word; what few pages say is fetched by who says it.
 */

import { inProse } from "./prose.mjs";

/** @typedef {Record<string, unknown>} Values  by the names that stand in braces; a fraction is written by `decimal` */

/** @returns {Record<string, string>} */
const table = () => /** @type {any} */ (globalThis).words ?? {};

/** Fetches more of the table, where there is one; what does not come is said in English. @param {string} url */
export async function fetchWords(url) {
  if ("words" in globalThis) await import(url).catch((error) => console.warn(error));
}

/** @param {string} text @param {Values} [values] */
export function say(text, values = {}) {
  const words = table();
  const found = Object.hasOwn(words, text) ? words[text] : text;
  return found.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * Of one or of several; the text may name the number as `{count}`.
 * @param {number} count @param {string} one @param {string} many @param {Values} [values]
 */
export const counted = (count, one, many, values) => say(count === 1 ? one : many, { count, ...values });

/** A number as the language writes it in a sentence; in code and controls it stays. @param {number | string} number */
export const decimal = (number) => inProse(String(number));

/** What Python says has a table of its own: for who hands it on. */
export const ofPython = () => ({
  language: globalThis.document?.documentElement.lang || "en",
  words: /** @type {Record<string, string>} */ (/** @type {any} */ (globalThis).wordsOfPython ?? {}),
});
