/** What the reader has predicted. */

import { ByPage } from "./by-page.mjs";

/** By question. @typedef {Record<string, string>} Said */

/** @extends {ByPage<Said>} */
class Guesses extends ByPage {
  constructor() {
    super("guesses", (kept, here) => {
      const own = Object.entries(kept ?? {}).filter(([, guess]) => typeof guess === "string");
      return { ...Object.fromEntries(own), ...here };
    });
  }

  /** @param {string} page @param {string} id @param {string} guess @returns {boolean} whether it outlasts the visit */
  make(page, id, guess) {
    return this.keep(page, { ...this.of(page), [id]: guess });
  }
}

/** There is one, as there is one kernel. */
export const guesses = new Guesses();
