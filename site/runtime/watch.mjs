/** The time limit: runs out when Python, at work, has said nothing for as long as a run may take. */

import { limits } from "./config.mjs";

/** @import { Store } from "./storage.mjs" */

export class Watch {
  #store;
  #timeUp;
  /** As set in this visit, for where nothing can be kept. */
  #seconds = Number(limits.seconds);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Store} store @param {() => void} timeUp */
  constructor(store, timeUp) {
    this.#store = store;
    this.#timeUp = timeUp;
  }

  /** Seconds that a run may take. */
  get seconds() {
    const seconds = Number(this.#store.setting("seconds") ?? this.#seconds);
    return seconds >= 1 && seconds <= limits.most ? seconds : limits.seconds;
  }

  set seconds(seconds) {
    this.#seconds = Math.min(Math.max(Math.round(seconds) || limits.seconds, 1), limits.most);
    this.#store.keepSetting("seconds", String(this.#seconds));
    if (this.#timer !== undefined) this.begin();
  }

  /** The time begins, or begins anew. */
  begin() {
    this.end();
    this.#timer = setTimeout(() => {
      this.end();
      this.#timeUp();
    }, this.seconds * 1000);
  }

  end() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
