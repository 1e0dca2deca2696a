/**
 * A Python, as the kernel sees it: something like a worker. Which way it starts is decided here: from a memory snapshot,
 * from bytecode, or as Pyodide does by itself, each when the one before did not work.
 */

import { limits } from "../config.mjs";
import { MissingFile, fetchFile, followFile, loaded, readManifest } from "./download.mjs";
import { openSandbox } from "./frame.mjs";
import { isMetered, mayStandReady } from "./connection.mjs";
import { SHARED, givenUp, named, neededFirst, neededLater, remember, remembered, ways } from "./ways.mjs";

export { filesOfOtherWays, preferredWay } from "./ways.mjs";

/** @import { Sandbox } from "./frame.mjs" */
/** @import { Way } from "./ways.mjs" */

/** What is large, and inflated while it comes. */
const STREAMED = ["start/pyodide.zst", "start/snapshot.zst"];

/**
 * A worker that is given the files of one way, and begins when it is told.
 *
 * @typedef {object} Launch
 * @property {Way} way
 * @property {Sandbox} sandbox
 * @property {string[]} names  of its files
 * @property {Promise<MessagePort>} port  to the worker, once it is there
 * @property {Promise<unknown>} complete  kept when it has all files, broken when one cannot be had
 */

/** One that stands ready, or is about to. @type {{way: Way, launching: Promise<Launch>} | undefined} */
let warmed;
/**
 * A worker that knows nothing yet, in a frame of its own: opening one takes as long as fetching.
 *
 * @typedef {{sandbox: Sandbox, port: Promise<MessagePort>}} Blank
 */
/** One that stands ready. @type {Blank | undefined} */
let blank;

/** @returns {Blank} */
function openBlank() {
  const sandbox = openSandbox();
  const port = fetchFile(SHARED[0]).then((code) => sandbox.run(new TextDecoder().decode(code)));
  const made = { sandbox, port };
  port.catch(() => {
    if (blank === made) blank = undefined;
    sandbox.close();
  });
  return made;
}

/** @param {Way} way @returns {Promise<Launch>} */
async function launch(way) {
  blank ??= openBlank();
  const wanted = neededFirst(way);
  for (const name of wanted) if (typeof name === "string") fetchFile(name).catch(() => {}); // side by side, and at once
  const { start: facts, numpy } = await readManifest();
  const { sandbox, port } = blank ?? openBlank();
  blank = undefined;
  const names = await named(wanted);
  const order = port.then((port) => port.postMessage({ type: "start", way, facts, numpy, patience: limits.patience }));
  const sent = names.slice(1).map(async (name) => {
    if (STREAMED.includes(name)) return sendInParts(name, await port);
    const content = await fetchFile(name);
    (await port).postMessage({ type: "file", name, content }); // a copy goes: the Python after this one needs it too
  });
  const complete = Promise.all([order, ...sent]);
  complete.catch(() => {}); // told by whoever waits for it
  return { way, sandbox, names, port, complete };
}

/** Bytes that are worth a message. */
const PART = 1 << 20;

/**
 * Sends a file while it comes. That it is whole and verified is told in the end.
 *
 * @param {string} name @param {MessagePort} port
 */
async function sendInParts(name, port) {
  let sent = 0;
  let isWhole = true; // what was sent is what the file begins with
  const send = (/** @type {Uint8Array} */ here) => {
    isWhole &&= here.length >= sent;
    if (!isWhole) return;
    const content = here.slice(sent).buffer;
    port.postMessage({ type: "part", name, content }, [content]);
    sent = here.length;
  };
  const unfollow = followFile(name, (here) => (here.length < sent || here.length - sent >= PART) && send(here));
  try {
    const content = await fetchFile(name);
    if (sent > 0) send(new Uint8Array(content));
    port.postMessage(sent > 0 && isWhole ? { type: "file", name } : { type: "file", name, content });
  } finally {
    unfollow();
  }
}

/** What a reader does who is there. */
const SIGNS = ["pointermove", "pointerdown", "keydown", "scroll", "touchstart"];
/** What a reader presses who wants Python. */
const BUTTONS = ["run", "check", "train", "step", "epoch"].map((action) => `[data-action="${action}"]`).join();

/** When the page has nothing else to do. @param {() => void} act */
const whenIdle = (act) => void (typeof requestIdleCallback === "undefined" ? setTimeout(act, 200) : requestIdleCallback(act));

/** Has a worker given the files of the way that is tried first, and begun when the reader wants Python. */
function warm() {
  if (isStarted || warmed) return;
  const [way] = ways();
  const launching = launch(way);
  const one = (warmed = { way, launching });
  const drop = () => {
    if (warmed !== one) return;
    warmed = undefined; // a start tries once more
    void launching.then(({ sandbox }) => sandbox.close(), () => {});
  };
  launching.then(({ complete }) => complete).catch(drop);
}

/**
 * What is made ready, and when. An empty worker in its frame, at once: a browser takes longer for it than for anything
 * else. All that a start needs, at once too if this browser has kept it, for then it costs no bytes; else when Run is
 * pressed (the rest of the page's script may still be on its way), or, one file after the other, once there are signs of
 * somebody who reads. Python itself is begun by Run alone: it takes a hundred megabytes from who only reads.
 */
function makeReady() {
  const press = (/** @type {Event} */ { target }) => {
    if (!(target instanceof Element && target.closest(BUTTONS))) return;
    warm();
    void warmed?.launching.then(async ({ port }) => (await port).postMessage({ type: "go" })).catch(() => {});
  };
  for (const kind of ["pointerdown", "click"]) addEventListener(kind, press, { capture: true, passive: true });
  for (const { event } of /** @type {any} */ (globalThis).early?.acts ?? []) press(event); // it was quicker than this script
  if (isMetered()) return;
  readManifest().catch(() => {}); // told when the reader wants Python
  if (mayStandReady()) blank ??= openBlank();
  if (mayStandReady() && remembered() && navigator.serviceWorker?.controller) return warm();
  const seen = new AbortController();
  const prepare = async () => {
    for (const name of await named(neededFirst(ways()[0]))) await fetchFile(name); // one by one: a click comes first
    if (mayStandReady()) warm();
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
  void one?.launching.then(({ sandbox }) => sandbox.close(), () => {});
  return launch(way);
}

/** Marks when each part of a start was done, for who looks at the page's timeline. @param {Record<string, number>} times */
function markParts(times) {
  for (const [part, at] of Object.entries({ ...times, ready: performance.timeOrigin + performance.now() })) {
    performance.mark(`python ${part}`, { startTime: Math.max(at - performance.timeOrigin, 0) });
  }
}

/** @returns {Python} */
export const startPython = () => new Python();

export class Python {
  /** @type {(event: {data: unknown}) => void} */
  onmessage = () => {};
  /** @type {(event: {message: string, preventDefault: () => void}) => void} */
  onerror = () => {};
  /** @type {Sandbox | undefined} */
  #sandbox;
  /** @type {MessagePort | undefined} */
  #port;
  #ended = false;
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

  /** @param {object} report */
  #report(report) {
    if (!this.#ended) this.onmessage({ data: report });
  }

  async #start() {
    const started = performance.now();
    performance.mark("python asked");
    isStarted = true;
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
    const { sandbox, names, port: coming, complete } = await takeLaunch(way);
    this.#sandbox = sandbox;
    const stopCounting = await this.#count(names);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    try {
      const port = (this.#port = await coming);
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
      this.#report({ type: "loading", phase: here < total ? "Fetching Python" : "Starting Python", loaded: here, total });
    };
    tell();
    const timer = setInterval(() => (this.#ended ? clearInterval(timer) : tell()), 100);
    return () => clearInterval(timer);
  }

  /** @param {any} report @param {Way} way */
  #hear(report, way) {
    if (report.type === "several") return report.reports.forEach((/** @type {unknown} */ one) => this.#hear(one, way));
    if (report.type === "lacking") return void this.#sendLacking(way);
    this.#report(report);
    if (report.type === "finished" && !isMetered()) this.#rest ??= this.#sendRest(way);
  }

  /** Code waits for it: as long as it comes, that counts as a word of Python's, and takes none of the time of a run. @param {Way} way */
  async #sendLacking(way) {
    const stopCounting = await this.#count(neededLater(way));
    await (this.#rest ??= this.#sendRest(way));
    stopCounting();
  }

  /** @param {Way} way */
  async #sendRest(way) {
    let isHere = true;
    try {
      for (const name of neededLater(way)) this.#port?.postMessage({ type: "file", name, content: await fetchFile(name) });
    } catch (error) {
      isHere = false;
      this.#rest = undefined; // asked for again when it is needed
      console.warn(`Python: not everything can be imported yet. ${error instanceof Error ? error.message : error}`);
    }
    this.#port?.postMessage({ type: "rest", isHere });
  }
}

makeReady();
