/**
 * What is kept of each page, one key in localStorage a page. Where nothing can be kept, it lasts as long as the visit.
 */

import { PREFIX } from "../config.mjs";
import { forget, get, put } from "./storage.mjs";

/** An event `change` when something was kept or forgotten, in this tab or in another. @template T */
export class ByPage extends EventTarget {
  #prefix;
  #read;
  /** What this visit knows. @type {Map<string, T>} */
  #visit = new Map();

  /**
   * @param {string} name  what keys are called
   * @param {(kept: any, here: T | undefined) => T} read  what was kept, whatever that is, and what this visit knows
   */
  constructor(name, read) {
    super();
    this.#prefix = `${PREFIX}${name}/`;
    this.#read = read;
    globalThis.addEventListener?.("storage", (event) => {
      const { key } = /** @type {StorageEvent} */ (event);
      if (key !== null && !key.startsWith(this.#prefix)) return;
      this.#visit.clear(); // another tab's word is the latest
      this.#tell();
    });
  }

  /** @param {string} page @returns {T} */
  of(page) {
    return this.#read(parsed(get(this.#keyOf(page))), this.#visit.get(page));
  }

  /** @param {string} page @param {T} value @returns {boolean} whether it outlasts the visit */
  keep(page, value) {
    this.#visit.set(page, value);
    const trouble = put(this.#keyOf(page), JSON.stringify(value));
    this.#tell();
    return trouble === undefined;
  }

  /** Keeps right what a page shows of it, through instant navigation too. @param {() => void} show */
  follow(show) {
    this.addEventListener("change", show);
    show();
    /** @type {any} */ (window).document$?.subscribe(show);
  }

  /** Of all pages. */
  forget() {
    this.#visit.clear();
    forget(this.#prefix);
    this.#tell();
  }

  /** @param {string} page */
  #keyOf(page) {
    return this.#prefix + encodeURIComponent(page);
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

/** @param {string | null} text @returns {unknown} */
function parsed(text) {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
