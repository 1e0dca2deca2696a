/**
 * The page's one voice for who hears it: a polite live region outside of what instant navigation replaces. Nothing else
 * on the page is live: what is shown there and has to be told is told here, once.
 */

import { voiceNode } from "./at-first.mjs";

/** Milliseconds in which what is said becomes one message, and after which that is no longer on the page. */
const [TOGETHER, KEPT] = [120, 15_000];

class Announcer {
  #node = /** @type {HTMLElement | null} */ (document.querySelector('[data-part="announcer"]')) ?? voiceNode();
  /** @type {{text: string, kind: string}[]} */
  #waiting = [];
  #soon = 0;
  #later = 0;

  constructor() {
    if (!this.#node.isConnected) document.body.append(this.#node);
  }

  /** @param {string} words @param {string} [kind]  a later one takes the place of one not yet told */
  say(words, kind = "") {
    const text = words.replace(/\s+/g, " ").trim();
    if (text === "") return;
    this.#waiting = this.#waiting.filter((one) => one.text !== text && (kind === "" || one.kind !== kind));
    this.#waiting.push({ text, kind });
    this.#soon ||= setTimeout(() => this.#speak(), TOGETHER);
  }

  #speak() {
    this.#soon = 0;
    const text = this.#waiting
      .splice(0)
      .map((one) => one.text)
      .join(" ");
    // The same again is a change, too: a space that nobody hears.
    this.#node.textContent = this.#node.textContent === text ? `${text}\u00a0` : text;
    clearTimeout(this.#later);
    this.#later = setTimeout(() => (this.#node.textContent = ""), KEPT);
  }
}

/** There is one, as there is one kernel. */
export const announcer = new Announcer();
