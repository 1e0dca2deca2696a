/**
 * What a lab is at: one thing at a time, which can be paused, and whose trouble is told. How far it is stands in the
 * element's attribute `state`.
 */

import { say } from "../words/say.mjs";

/** @import { Host } from "./lab.mjs" */

/** Milliseconds within which Pause works by itself; then Python is ended. */
const PATIENCE = 1500;

/**
 * @typedef {object} Work  the lab's own part
 * @property {HTMLElement} heir  takes the focus of a button that something has disabled
 * @property {() => void} clear  something new begins: what was told of the last is done with
 * @property {() => Promise<void>} begin  a training begins
 * @property {() => void} shown  the state has changed
 * @property {(error: Error, before: string) => void} trouble  of what was done, and the state from before
 */

export class Task {
  /** There is a training: what needs one begins none. */
  hasBegun = false;
  /** Slices go on. */
  isGoing = false;
  isBusy = false;
  #host;
  #work;
  /** The end of what goes on now. @type {Promise<unknown>} */
  #end = Promise.resolve();

  /** @param {Host} host @param {Work} work */
  constructor(host, work) {
    this.#host = host;
    this.#work = work;
    for (const intent of ["pointerdown", "focusin"]) {
      host.element.addEventListener(intent, () => host.kernel.start(), { signal: host.signal, once: true });
    }
  }

  get state() {
    return this.#host.element.getAttribute("state") ?? "idle";
  }

  set state(state) {
    this.#host.element.setAttribute("state", state);
    this.#work.shown();
  }

  get isAtWork() {
    return this.state === "training" || this.state === "loading";
  }

  /** How far Python's start is, in words. @param {string} ready  what goes on once it is there */
  loading(ready) {
    const { state, phase, loaded, total } = this.#host.kernel.python;
    const share = total > 0 ? `: ${Math.round((100 * loaded) / total)} %` : "";
    return state === "ready" ? ready : `${phase || say("Starting Python")}${share} …`;
  }

  /** The slice that is at work comes to its end; one that does not is ended. */
  async pause() {
    this.isGoing = false;
    const late = setTimeout(() => this.#host.session.stop(), this.state === "loading" ? 0 : PATIENCE);
    await this.#end;
    clearTimeout(late);
  }

  /** The main button: pauses what goes on, or does something. @param {() => Promise<unknown>} task */
  press(task) {
    if (this.isGoing || this.state === "loading") void this.pause();
    else void this.do(task);
  }

  /**
   * Does something, when Python is there and the reader's edits have run; nothing, if something else is being done.
   * @param {() => Promise<unknown>} task
   * @param {boolean} [isFree]  it needs no training to have begun
   */
  async do(task, isFree = false) {
    if (this.isBusy) return;
    this.isBusy = true;
    const { session, kernel } = this.#host;
    const focused = document.activeElement;
    const before = this.state;
    this.#work.clear();
    this.#end = (async () => {
      try {
        const isNew = !this.hasBegun && !isFree;
        if (kernel.python.state !== "ready" || isNew || session.isBehind) this.state = "loading";
        await session.prepare();
        if (isNew) await this.#work.begin();
        await task();
        if (this.state === "loading") this.state = before;
      } catch (error) {
        this.#work.trouble(/** @type {Error} */ (error), before);
      }
      this.isBusy = this.isGoing = false;
      this.#work.shown();
      this.#refocus(focused);
    })();
    await this.#end;
  }

  /** A button that is disabled loses the focus: it gets it back, or hands it on. @param {Element | null} before */
  #refocus(before) {
    const isOurs = before instanceof HTMLElement && before.isConnected && this.#host.element.contains(before);
    const isFree = document.activeElement === document.body || document.activeElement === before;
    if (isOurs && isFree) (before.matches(":disabled") ? this.#work.heir : before).focus({ preventScroll: true });
  }
}
