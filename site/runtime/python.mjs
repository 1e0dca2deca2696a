/**
 * A Python, as the kernel sees it: something like a worker. Which way it starts is decided here: from a memory snapshot,
 * from bytecode, or as Pyodide does by itself, each when the one before did not work.
 */

import { limits } from "./config.mjs";
import { MissingFile, fetchFile, followFile, loaded, readManifest } from "./download.mjs";
import { openSandbox } from "./frame.mjs";
import { isMetered, mayStandReady } from "./network.mjs";

/** @import { Sandbox } from "./frame.mjs" */
/** @typedef {"snapshot" | "bytecode" | "plain"} Way */

/** What every way needs, that which is waited for first first: without one of these there is no other way. */
const SHARED = ["worker.mjs", "pyodide/pyodide.asm.mjs", "pyodide/pyodide.mjs", "pyodide/pyodide.asm.wasm"];

/** What each way needs besides: before the first result, and after it. @type {Record<Way, {first: (string | RegExp)[], rest: string[]}>} */
const NEEDED = {
  snapshot: {
    first: ["start/snapshot.gz", "start/numpy-multiarray.wasm", "start/numpy-linalg.wasm", "start/site.zip"],
    rest: ["start/stdlib.zip", "start/stdlib-rest.gz", "start/numpy-rest.gz"],
  },
  bytecode: {
    first: ["start/stdlib.zip", "start/numpy-core.gz", "start/numpy-multiarray.wasm", "start/numpy-linalg.wasm", "start/site.zip"],
    rest: ["start/stdlib-rest.gz", "start/numpy-rest.gz"],
  },
  plain: {
    first: ["pyodide/python_stdlib.zip", "pyodide/pyodide-lock.json", /^pyodide\/numpy-.*\.whl$/, "python.zip"],
    rest: [],
  },
};

/** What is large, and of use while it comes: it is compiled or inflated meanwhile. */
const STREAMED = ["pyodide/pyodide.asm.wasm", "start/snapshot.gz"];

/** Ways that did not work in this visit. @type {Set<Way>} */
const givenUp = new Set();

/**
 * The ways to try, in order. `<html data-start="bytecode">` begins with that one.
 *
 * @returns {Way[]}
 */
function ways() {
  /** @type {Way[]} */
  const all = ["snapshot", "bytecode", "plain"];
  if (typeof DecompressionStream === "undefined") return ["plain"];
  const asked = all.indexOf(/** @type {Way} */ (document.documentElement.dataset.start));
  return all.slice(asked >= 0 ? asked : isMetered() ? 1 : 0).filter((way) => !givenUp.has(way));
}

/** The files of a way, by name. @param {(string | RegExp)[]} wanted */
async function named(wanted) {
  const there = Object.keys((await readManifest()).files);
  return wanted.map((one) => (typeof one === "string" ? one : (there.find((name) => one.test(name)) ?? String(one))));
}

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

/** One that stands ready. @type {Launch | undefined} */
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
  const wanted = [...SHARED, ...NEEDED[way].first];
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

/** When the page has nothing else to do. @param {() => void} act */
const whenIdle = (act) => void (typeof requestIdleCallback === "undefined" ? setTimeout(act, 200) : requestIdleCallback(act));

/**
 * The list of files is read and an empty worker opened when the page has come. Once somebody is there to read, what a start
 * will need is fetched, and a worker compiles it, so that Python has only to be begun. It begins nothing: that takes a
 * hundred megabytes from a reader who may only want to read. All of it waits until the page has nothing else to do.
 */
export function warmWhenIdle() {
  if (isMetered()) return;
  const prepare = () => {
    if (isStarted || warmed) return;
    readManifest().catch(() => {}); // told when the reader wants Python
    if (mayStandReady()) blank ??= openBlank();
  };
  const open = () => whenIdle(prepare);
  if (document.readyState === "complete") open();
  else addEventListener("load", open, { once: true });
  const warm = async () => {
    const [way] = ways();
    for (const name of await named([...SHARED, ...NEEDED[way].first])) await fetchFile(name); // one by one: a reader's click comes first
    if (isStarted || !mayStandReady()) return;
    const one = await launch(way);
    if (isStarted) one.sandbox.close();
    else warmed = one;
  };
  const seen = new AbortController();
  const begin = () => {
    seen.abort();
    whenIdle(() => void warm().catch(() => {})); // told when the reader wants it
  };
  for (const sign of SIGNS) addEventListener(sign, begin, { signal: seen.signal, passive: true });
}

/** Whether a Python has been asked for in this visit. */
let isStarted = false;

/** The one that stands ready, if it goes this way, or a new one. @param {Way} way */
async function takeLaunch(way) {
  const one = warmed;
  warmed = undefined;
  if (one?.way === way) return one;
  one?.sandbox.close();
  return launch(way);
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
  #restSent = false;

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
    isStarted = true;
    await null; // until whoever called has begun to listen
    const left = ways();
    for (;;) {
      const way = /** @type {Way} */ (left.shift());
      try {
        const ready = await this.#attempt(way, left.length === 0);
        const milliseconds = Math.round(performance.now() - started);
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
    if (report.type === "lacking") return void this.#sendRest(way);
    this.#report(report);
    if (report.type === "finished" && !isMetered()) this.#sendRest(way);
  }

  /** What the first result did not need. @param {Way} way */
  async #sendRest(way) {
    if (this.#restSent) return;
    this.#restSent = true;
    /** @type {Record<string, ArrayBuffer>} */
    const files = {};
    try {
      for (const name of NEEDED[way].rest) files[name] = await fetchFile(name);
    } catch (error) {
      this.#restSent = false; // asked for again when it is needed
      console.warn(`Python: not everything can be imported yet. ${error instanceof Error ? error.message : error}`);
    }
    this.#port?.postMessage({ type: "rest", files: this.#restSent ? files : {} });
  }
}
