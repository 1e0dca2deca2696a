/**
 * What the reader has predicted: kept in localStorage, one key a page. Where nothing can be kept, it lasts as long as
 * the visit.
 */

import { PREFIX } from "../config.mjs";
import { forget, get, put } from "./storage.mjs";

const GUESSES = `${PREFIX}guesses/`;

/** @param {string} page */
const keyOf = (page) => GUESSES + encodeURIComponent(page);

/** @param {string | null} text @returns {[string, string][]} nothing if it is none of ours */
function read(text) {
  try {
    const entries = Object.entries(JSON.parse(text ?? "null") ?? {});
    return /** @type {[string, string][]} */ (entries.filter(([, guess]) => typeof guess === "string"));
  } catch {
    return [];
  }
}

/** An event `change` when a guess was made or forgotten, in this tab or in another. */
class Guesses extends EventTarget {
  /** What this visit knows, by page and question. @type {Map<string, Map<string, string>>} */
  #visit = new Map();

  constructor() {
    super();
    globalThis.addEventListener?.("storage", (event) => {
      const { key } = /** @type {StorageEvent} */ (event);
      if (key !== null && !key.startsWith(GUESSES)) return;
      this.#visit.clear(); // another tab's word is the latest
      this.#tell();
    });
  }

  /** What was said to a page's questions, by their ids. @param {string} page @returns {Map<string, string>} */
  of(page) {
    return new Map([...read(get(keyOf(page))), ...(this.#visit.get(page) ?? [])]);
  }

  /** @param {string} page @param {string} id @param {string} guess @returns {boolean} whether it outlasts the visit */
  make(page, id, guess) {
    const now = this.of(page).set(id, guess);
    this.#visit.set(page, now);
    const trouble = put(keyOf(page), JSON.stringify(Object.fromEntries(now)));
    this.#tell();
    return trouble === undefined;
  }

  /** On no page has anything been said any more. */
  forget() {
    this.#visit.clear();
    forget(GUESSES);
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

/** There is one, as there is one kernel. */
export const guesses = new Guesses();
