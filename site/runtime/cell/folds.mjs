/**
 * Lines of a listing that the author folded away, all of them at once. They stay in the page, for search, screen
 * readers, paper and who has no scripts: css/code.css takes them out of sight.
 */

import { say } from "../words/say.mjs";

// The listing is whole on paper by itself; the editor shows what it is told to.
addEventListener("beforeprint", () => {
  for (const button of document.querySelectorAll('[data-part="code"]:has(.cm-editor) + [aria-expanded="false"]')) {
    /** @type {HTMLElement} */ (button).click();
  }
});

export class Folds {
  #part;
  #button;
  #words = "";
  /** @type {(isFolded: boolean) => void} */
  #changed;

  /** @param {HTMLElement} part  `[data-part="code"]` @param {(isFolded: boolean) => void} changed */
  constructor(part, changed) {
    this.#part = part;
    this.#changed = changed;
    this.#button = /** @type {HTMLElement | null} */ (
      part.parentElement?.querySelector(':scope > [data-part="unfold"]')
    );
    this.#words = this.#button?.textContent ?? "";
    this.#button?.addEventListener("click", () => this.fold(!this.isFolded));
    if (part.hasAttribute("data-open")) this.#tell(); // somebody worked in it before: see early.mjs
    for (const span of this.#spans) {
      span.addEventListener("click", () => this.fold(false));
      // The browser's own search has found something in it; a caret that comes by has not.
      span.addEventListener("scroll", () => {
        if (part.contains(document.activeElement)) span.scrollTop = 0;
        else this.fold(false);
      });
    }
  }

  get isFolded() {
    return this.#button !== null && !this.#part.hasAttribute("data-open");
  }

  /** @param {boolean} isFolded */
  fold(isFolded) {
    if (this.#button === null || isFolded === this.isFolded) return;
    this.#part.toggleAttribute("data-open", !isFolded);
    this.#tell();
    this.#changed(isFolded);
  }

  /** The button says what it does now. */
  #tell() {
    const words = this.isFolded ? this.#words : say("fewer lines");
    const name = this.#button?.getAttribute("aria-label")?.replace(/^[^:]*/, words);
    this.#button?.setAttribute("aria-expanded", String(!this.isFolded));
    this.#button?.setAttribute("aria-label", name ?? words);
    this.#button?.replaceChildren(words);
  }

  /** From where to where in the text. @returns {{from: number, to: number}[]} */
  get ranges() {
    const text = this.#part.querySelector("pre code");
    return this.#spans.map((span) => {
      const range = document.createRange();
      range.selectNodeContents(/** @type {Element} */ (text));
      range.setEndBefore(span);
      const from = range.toString().length;
      const inner = span.textContent ?? "";
      const isLast = span.nextSibling === null; // which has the end of its line in it
      return { from, to: from + inner.length - (isLast && inner.endsWith("\n") ? 1 : 0) };
    });
  }

  get #spans() {
    return /** @type {HTMLElement[]} */ ([...this.#part.querySelectorAll('[data-part="folded"]')]);
  }
}
