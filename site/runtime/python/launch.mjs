/**
 * A Python, as the kernel sees it: something like a worker. Which way it starts is decided here: from a memory
 * snapshot, from bytecode, or as Pyodide does by itself, each when the one before did not work.
 */

import { limits } from "../config.mjs";
import { hurry, launch } from "./courier.mjs";
import { MissingFile, fetchFile, loaded, readManifest } from "./download.mjs";
import { cameSoon, isMetered, mayStandReady } from "./connection.mjs";
import { SHARED, givenUp, named, neededFirst, neededLater, remember, remembered, ways } from "./ways.mjs";

export { filesOfOtherWays, preferredWay } from "./ways.mjs";

/** @import { Sandbox } from "./frame.mjs" */
/** @import { Launch } from "./courier.mjs" */
/** @import { Way } from "./ways.mjs" */

/** One that stands ready, or is about to. @type {{way: Way, launching: Promise<Launch>} | undefined} */
let warmed;
/** Reports that may come in one message: those on a page's cells. */
const TOGETHER = 1000;

/** What a reader does who is there. */
const SIGNS = ["pointermove", "pointerdown", "keydown", "scroll", "touchstart"];
/** What a reader presses who wants Python. */
const BUTTONS = ["run", "check", "train", "step", "epoch"].map((action) => `[data-action="${action}"]`).join();

/** When the page has nothing else to do. @param {() => void} act */
const whenIdle = (act) =>
  void (typeof requestIdleCallback === "undefined" ? setTimeout(act, 200) : requestIdleCallback(act));

/** When there is somebody to see the page: not in a tab that was opened for later. @param {() => void} act */
function whenSeen(act) {
  if (document.visibilityState === "visible") act();
  else document.addEventListener("visibilitychange", () => whenSeen(act), { once: true });
}

/** Has a worker given the files of the way that is tried first. */
function warm() {
  if (isStarted || warmed) return;
  const [way] = ways();
  const launching = launch(way);
  const one = (warmed = { way, launching });
  const drop = () => {
    if (warmed !== one) return;
    warmed = undefined; // a start tries once more
    void launching.then(
      ({ sandbox }) => sandbox.close(),
      () => {},
    );
  };
  launching.then(({ complete }) => complete).catch(drop);
}

/** Has the worker begin as soon as it can. */
function go() {
  warm();
  void warmed?.launching.then(({ sandbox }) => sandbox.port.postMessage({ type: "go" })).catch(() => {});
}

/** Kept when what is fetched before Python is wanted has come, or cannot be had. */
export const fetchedAhead = async () => void (await warmed?.launching.then(({ complete }) => complete).catch(() => {}));

/**
 * What is made ready, and when. Where the link is not metered all of it is fetched to be kept anyway: so it is at once,
 * behind what is the page's own unless the host is near, and inflated and compiled as it comes. Python itself is begun
 * by a press, which may come before the page's script: it takes a hundred megabytes from who only reads. In a browser
 * where it has been used it is begun at once. Where memory is small nothing stands ready, but files are fetched when
 * there is somebody who reads.
 */
function makeReady() {
  const press = (/** @type {Event} */ { target }) => {
    if (!(target instanceof Element && target.closest(BUTTONS))) return;
    hurry();
    go();
  };
  for (const kind of ["pointerdown", "click"]) addEventListener(kind, press, { capture: true, passive: true });
  // it was quicker than this script
  for (const { event } of /** @type {any} */ (globalThis).early?.acts ?? []) press(event);
  const isKept = remembered() && navigator.serviceWorker?.controller;
  if (isKept || cameSoon(import.meta.url) || document.readyState === "complete") hurry();
  else addEventListener("load", hurry, { once: true });
  if (isMetered()) return;
  readManifest().catch(() => {}); // told when the reader wants Python
  if (mayStandReady()) return whenSeen(remembered() ? go : warm);
  const seen = new AbortController();
  const prepare = async () => {
    for (const name of await named(neededFirst(ways()[0]))) await fetchFile(name); // one by one: a click comes first
  };
  const begin = () => {
    seen.abort();
    whenIdle(() => void prepare().catch(() => {}));
  };
  for (const sign of SIGNS) addEventListener(sign, begin, { signal: seen.signal, passive: true });
}

/** Whether a Python has been asked for in this visit. */
let isStarted = false;

/** The one that stands ready, if it goes this way, or a new one. @param {Way} way */
function takeLaunch(way) {
  const one = warmed;
  warmed = undefined;
  if (one?.way === way) return one.launching;
  void one?.launching.then(
    ({ sandbox }) => sandbox.close(),
    () => {},
  );
  return launch(way);
}

/**
 * Marks when each part of a start was done, for who looks at the page's timeline.
 * @param {Record<string, number>} times
 */
function markParts(times) {
  for (const [part, at] of Object.entries({ ...times, ready: performance.timeOrigin + performance.now() })) {
    performance.mark(`python ${part}`, { startTime: Math.max(at - performance.timeOrigin, 0) });
  }
}

/** @returns {Python} */
export const startPython = () => new Python();

export class Python {
  /** Reports that came together. @type {(event: {data: unknown[]}) => void} */
  onmessage = () => {};
  /** @type {(event: {message: string, preventDefault: () => void}) => void} */
  onerror = () => {};
  /** @type {Sandbox | undefined} */
  #sandbox;
  /** @type {MessagePort | undefined} */
  #port;
  #ended = false;
  /**
   * Reports on what the reader sees, until the others have come that belong to the same step of a control.
   * @type {unknown[]}
   */
  #held = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #holding;
  /** What the first result did not need, once it is on its way. @type {Promise<void> | undefined} */
  #rest;

  constructor() {
    this.#start();
  }

  /** @param {unknown} message */
  postMessage(message) {
    this.#port?.postMessage(message);
  }

  terminate() {
    this.#ended = true;
    this.#close();
  }

  #close() {
    this.#port?.close();
    this.#sandbox?.close();
    this.#port = this.#sandbox = undefined;
  }

  /** @param {unknown[]} reports */
  #report(...reports) {
    if (!this.#ended) this.onmessage({ data: reports });
  }

  async #start() {
    const started = performance.now();
    performance.mark("python asked");
    isStarted = true;
    hurry();
    await null; // until whoever called has begun to listen
    const left = ways();
    for (;;) {
      const way = /** @type {Way} */ (left.shift());
      try {
        const ready = await this.#attempt(way, left.length === 0);
        const milliseconds = Math.round(performance.now() - started);
        markParts(/** @type {any} */ (ready).times);
        remember(way);
        console.info(`Python started from ${way} in ${milliseconds} ms`);
        return this.#report({ ...ready, milliseconds });
      } catch (error) {
        this.#close();
        if (this.#ended) return undefined;
        const message = error instanceof Error ? error.message : String(error);
        const hopeless = error instanceof MissingFile && ["manifest.json", ...SHARED].includes(error.file);
        if (left.length === 0) givenUp.clear(); // the reader may try again
        if (hopeless || left.length === 0) return this.#report({ type: "failed", phase: "loading", message });
        givenUp.add(way);
        console.warn(`Python could not start from ${way}, trying ${left[0]}: ${message}`);
      }
    }
  }

  /**
   * Starts Python in one way.
   *
   * @param {Way} way
   * @param {boolean} isLast  there is no other to fall back on
   * @returns {Promise<object>} its report that it is ready
   */
  async #attempt(way, isLast) {
    const { sandbox, names, complete } = await takeLaunch(way);
    this.#sandbox = sandbox;
    const port = (this.#port = sandbox.port);
    const stopCounting = await this.#count(names);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    try {
      if (this.#ended) throw new Error("ended");
      return await new Promise((resolve, reject) => {
        sandbox.watch((message) => reject(new Error(message)));
        port.onmessage = ({ data }) => {
          if (data.type === "ready") {
            sandbox.watch((message) => this.#ended || this.onerror({ message, preventDefault() {} }));
            port.onmessage = ({ data }) => this.#hear(data, way);
            resolve(data);
          } else if (data.type === "failed") {
            reject(new Error(data.message));
          }
        };
        port.postMessage({ type: "go" });
        const waitFor = () => reject(new Error(`no answer within ${limits.start / 1000} s`));
        complete.then(() => isLast || (timer = setTimeout(waitFor, limits.start)), reject);
      });
    } finally {
      clearTimeout(timer);
      stopCounting();
    }
  }

  /** Tells how far the files are. @param {string[]} names @returns {Promise<() => void>} ends it */
  async #count(names) {
    const { files } = await readManifest();
    const total = names.reduce((sum, name) => sum + (files[name]?.bytes ?? 0), 0);
    const tell = () => {
      const here = loaded(names);
      this.#report({
        type: "loading",
        phase: here < total ? "Fetching Python" : "Starting Python",
        loaded: here,
        total,
      });
    };
    tell();
    const timer = setInterval(() => (this.#ended ? clearInterval(timer) : tell()), 100);
    return () => clearInterval(timer);
  }

  /**
   * What a page draws at once takes it half as long as what it draws piece by piece, so a little of it may wait for the
   * rest.
   *
   * @param {any} message @param {Way} way
   */
  #hear(message, way) {
    if (Array.isArray(message.reports) && message.reports.length <= TOGETHER) this.#held.push(...message.reports);
    else if (message.type !== "lacking") this.#held.push(message);
    if (message.more === true) this.#holding ??= setTimeout(() => this.#tellHeld(), limits.together);
    else this.#tellHeld();
    if (message.type === "lacking") void this.#sendLacking(way);
    if (message.type === "finished" && !isMetered()) this.#rest ??= this.#sendRest(way);
  }

  #tellHeld() {
    clearTimeout(this.#holding);
    this.#holding = undefined;
    if (this.#held.length > 0) this.#report(...this.#held.splice(0));
  }

  /**
   * Code waits for it: as long as it comes, that counts as a word of Python's, and takes none of the time of a run.
   * @param {Way} way
   */
  async #sendLacking(way) {
    const stopCounting = await this.#count(neededLater(way));
    await (this.#rest ??= this.#sendRest(way));
    stopCounting();
  }

  /** @param {Way} way */
  async #sendRest(way) {
    let isHere = true;
    try {
      for (const name of neededLater(way))
        this.#port?.postMessage({ type: "file", name, content: await fetchFile(name) });
    } catch (error) {
      isHere = false;
      this.#rest = undefined; // asked for again when it is needed
      console.warn(`Python: not everything can be imported yet. ${error instanceof Error ? error.message : error}`);
    }
    this.#port?.postMessage({ type: "rest", isHere });
  }
}

makeReady();
