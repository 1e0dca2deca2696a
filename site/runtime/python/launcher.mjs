/** Has Python's files fetched and handed to a worker, before and when a Python is asked for. */

import { limits } from "../config.mjs";
import { sendAll } from "./courier.mjs";
import { fetchFile, readManifest } from "./download.mjs";
import { takeSandbox } from "./ahead.mjs";
import { openSandbox } from "./frame.mjs";
import { SHARED, named, neededFirst, ways } from "./ways.mjs";

/** @import { Sandbox } from "./frame.mjs" */
/** @import { Way } from "./ways.mjs" */

/**
 * A worker that is given the files of one way, and begins when it is told.
 * @typedef {object} Launch
 * @property {Sandbox} sandbox
 * @property {string[]} names  of its files
 * @property {Promise<unknown>} complete  kept when it is there and has all files, broken when something cannot be had
 */

/** Ends one that nobody wants any more. @param {Promise<Launch> | undefined} launching */
const drop = (launching) =>
  void launching?.then(
    ({ sandbox }) => sandbox.close(),
    () => {},
  );

export class Launcher {
  /** One that stands ready, or is about to. @type {{way: Way, launching: Promise<Launch>} | undefined} */
  #warmed;
  /** Whether a Python has been asked for in this visit. */
  #isStarted = false;
  /** Until there is haste, Python's files give way to the page's. */
  #isHasty = false;
  #hasten = () => {};
  #haste = new Promise((resolve) => (this.#hasten = () => resolve(undefined)));

  /** Python is wanted, its files come in no time, or the page has all that is its own. */
  hurry() {
    this.#isHasty = true;
    this.#hasten();
  }

  /** Has a worker given the files of the way that is tried first. */
  warm() {
    if (this.#isStarted || this.#warmed) return;
    const [way] = ways();
    const launching = this.#launch(way);
    const one = (this.#warmed = { way, launching });
    launching
      .then(({ complete }) => complete)
      .catch(() => {
        if (this.#warmed !== one) return;
        this.#warmed = undefined; // a start tries once more
        drop(launching);
      });
  }

  /** Has the worker begin as soon as it can. */
  go() {
    this.warm();
    this.#warmed?.launching.then(({ sandbox }) => sandbox.post({ type: "go" })).catch(() => {});
  }

  /** Kept when what is fetched before Python is wanted has come, or cannot be had. */
  async fetchedAhead() {
    await this.#warmed?.launching.then(({ complete }) => complete).catch(() => {});
  }

  /** For a Python that starts now: the one that stands ready, if it goes this way, or a new one. @param {Way} way */
  take(way) {
    this.#isStarted = true;
    const one = this.#warmed;
    this.#warmed = undefined;
    if (one?.way === way) return one.launching;
    drop(one?.launching);
    return this.#launch(way);
  }

  /** @param {Way} way @returns {Promise<Launch>} */
  async #launch(way) {
    const sandbox = takeSandbox() ?? openSandbox(); // that takes as long as fetching
    const begun = fetchFile(SHARED[0]).then((code) => sandbox.run(new TextDecoder().decode(code)));
    begun.catch(() => sandbox.close()); // told below
    const wanted = neededFirst(way);
    for (const name of this.#isHasty ? wanted : []) if (typeof name === "string") fetchFile(name).catch(() => {});
    try {
      const { start: facts } = await readManifest();
      const names = await named(wanted);
      sandbox.post({ type: "start", way, facts, patience: limits.patience });
      const complete = Promise.all([begun, sendAll(names.slice(1), sandbox, this.#haste)]);
      complete.catch(() => {}); // told by whoever waits for it
      return { sandbox, names, complete };
    } catch (error) {
      sandbox.close();
      throw error;
    }
  }
}
