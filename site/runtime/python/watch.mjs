/**
 * The time limit: runs out when Python, at work, has said nothing for as long as a run may take. It counts in small
 * steps: a computer that slept in one of them has worked no longer for that.
 */

import { limits } from "../config.mjs";

/**
 * @typedef {{setting: (name: string) => string | null | undefined, keepSetting: (name: string, value: string) =>
 *   void}} Settings  what is kept of the reader's
 */

export class Watch {
  #store;
  #timeUp;
  #seconds;
  /** Milliseconds left, and up to when they are counted. */
  #left = 0;
  #counted = 0;
  /** The step before this one took far too long. */
  #hasJumped = false;
  #timer = 0;

  /** @param {Settings} store @param {() => void} timeUp */
  constructor(store, timeUp) {
    this.#store = store;
    this.#timeUp = timeUp;
    const kept = Number(store.setting("seconds"));
    this.#seconds = kept >= 1 && kept <= limits.most ? kept : Number(limits.seconds);
  }

  /** Seconds that a run may take. */
  get seconds() {
    return this.#seconds;
  }

  set seconds(seconds) {
    this.#seconds = Math.min(Math.max(Math.round(seconds) || limits.seconds, 1), limits.most);
    this.#store.keepSetting("seconds", String(this.#seconds));
    if (this.#timer !== 0) this.begin();
  }

  /** The time begins, or begins anew. */
  begin() {
    this.#left = this.#seconds * 1000;
    this.#counted = performance.now();
    this.#timer ||= setTimeout(() => this.#step(), limits.step);
  }

  end() {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  #step() {
    const now = performance.now();
    const took = now - this.#counted;
    // One long step is sleep. Two in a row are a browser that slows a page that is out of sight: that is time as well.
    const isJump = took > limits.jump && !this.#hasJumped;
    this.#hasJumped = isJump;
    this.#counted = now;
    this.#left -= isJump ? limits.step : took;
    this.#timer = 0;
    if (this.#left <= 0) this.#timeUp();
    else this.#timer = setTimeout(() => this.#step(), Math.min(this.#left, limits.step));
  }
}
