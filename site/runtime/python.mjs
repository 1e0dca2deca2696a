/**
 * A Python, as the kernel sees it: something like a worker. Which way it starts is decided here: from a memory snapshot,
 * from bytecode, or as Pyodide does by itself, each when the one before did not work.
 */

import { limits } from "./config.mjs";
import { MissingFile, fetchFile, loaded, readManifest } from "./download.mjs";
import { openSandbox } from "./frame.mjs";
import { isMetered } from "./network.mjs";

/** @import { Sandbox } from "./frame.mjs" */
/** @typedef {"snapshot" | "bytecode" | "plain"} Way */

/** What every way needs: without one of these there is no other way. */
const SHARED = ["worker.mjs", "pyodide/pyodide.asm.wasm", "pyodide/pyodide.asm.mjs", "pyodide/pyodide.mjs"];

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
 * When the page has nothing else to do, fetches what a start will need, so that it has only to be begun. It starts
 * nothing: that takes a second of the processor and a hundred megabytes from a reader who may only want to read.
 */
export function fetchWhenIdle() {
  if (isMetered() || typeof requestIdleCallback === "undefined") return;
  const fetchAhead = async () => {
    for (const name of await named([...SHARED, ...NEEDED[ways()[0]].first])) await fetchFile(name);
  };
  const begin = () => requestIdleCallback(() => fetchAhead().catch(() => {})); // told when the reader wants it
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
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
    await null; // until whoever called has begun to listen
    const left = ways();
    for (;;) {
      const way = /** @type {Way} */ (left.shift());
      try {
        const ready = await this.#attempt(way);
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
   * @returns {Promise<object>} its report that it is ready
   */
  async #attempt(way) {
    const sandbox = (this.#sandbox = openSandbox());
    const { start: facts, numpy } = await readManifest();
    const names = await named([...SHARED, ...NEEDED[way].first]);
    const stopCounting = await this.#count(names);
    try {
      for (const name of names) fetchFile(name).catch(() => {}); // side by side; what fails is told below
      const port = await sandbox.run(new TextDecoder().decode(await fetchFile("worker.mjs")));
      if (this.#ended) throw new Error("ended");
      this.#port = port;
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
        port.postMessage({ type: "start", way, facts, numpy, patience: limits.patience });
        for (const name of names.slice(1)) {
          // A copy goes: what was fetched is kept for the Python after this one.
          fetchFile(name).then((content) => port.postMessage({ type: "file", name, content }), reject);
        }
      });
    } finally {
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
