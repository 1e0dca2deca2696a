/**
 * One Python in its worker: how far its start has come, what it says, and its end. Which way it starts is decided here:
 * from a memory snapshot, from bytecode, or as Pyodide does by itself, each when the one before did not work.
 */

import { limits, urls } from "../config.mjs";
import { isMetered } from "./connection.mjs";
import { sendWhole } from "./courier.mjs";
import { MissingFile, loaded, readManifest } from "./download.mjs";
import { launcher } from "./launch.mjs";
import { asReport } from "./protocol.mjs";
import { SHARED, givenUp, neededLater, remember, ways } from "./ways.mjs";
import { fetchWords, say } from "../words/say.mjs";

/** @import { Sandbox } from "./frame.mjs" */
/** @import { Ready, Report, Request } from "./protocol.mjs" */
/** @import { Way } from "./ways.mjs" */

/** Reports that may come in one message: those on a page's cells. */
const TOGETHER = 1000;

export class Interpreter {
  /** @type {"loading" | "ready" | "failed"} */
  state = "loading";
  progress = { phase: say("Fetching Python"), loaded: 0, total: 0 };
  #tellThem;
  #isOver = false;
  /** @type {Sandbox | undefined} */
  #sandbox;
  /** Reports on what the reader sees, until others of the same step of a control have come. @type {unknown[]} */
  #held = [];
  #holding = 0;
  /** What the first result did not need, once it is on its way. @type {Promise<void> | undefined} */
  #rest;

  /** @param {(reports: Report[], from: Interpreter) => void} hear  what came together */
  constructor(hear) {
    this.#tellThem = hear;
    void this.#start();
  }

  /** @param {Request} request */
  send(request) {
    this.#sandbox?.post(request);
  }

  /** At once, whatever it is at; what it still says is not heard. */
  end() {
    this.#isOver = true;
    this.#close();
  }

  #close() {
    this.#sandbox?.close();
    this.#sandbox = undefined;
  }

  /** @param {Report[]} reports */
  #tell(...reports) {
    if (this.#isOver) return;
    for (const report of reports) {
      if (report.type === "loading")
        this.progress = { phase: report.phase, loaded: report.loaded, total: report.total };
      else if (report.type === "ready") this.state = "ready";
      else if (report.type === "failed" && this.state === "loading") this.state = "failed";
    }
    this.#tellThem(reports, this);
  }

  async #start() {
    const started = performance.now();
    performance.mark("python asked");
    launcher.hurry();
    const words = fetchWords(urls.words("python"));
    await null; // until whoever called knows this one
    const left = ways();
    for (;;) {
      const way = /** @type {Way} */ (left.shift());
      try {
        const ready = await this.#attempt(way, left.length === 0);
        await words;
        const milliseconds = Math.round(performance.now() - started);
        markParts(ready.times);
        remember(way);
        console.info(`Python started from ${way} in ${milliseconds} ms`);
        return this.#tell(understood({ ...ready, milliseconds }));
      } catch (error) {
        this.#close();
        if (this.#isOver) return undefined;
        const message = error instanceof Error ? error.message : String(error);
        const hopeless = error instanceof MissingFile && ["manifest.json", ...SHARED].includes(error.file);
        if (left.length === 0) givenUp.clear(); // the reader may try again
        if (hopeless || left.length === 0) return this.#tell({ type: "failed", phase: "loading", message });
        givenUp.add(way);
        console.warn(`Python could not start from ${way}, trying ${left[0]}: ${message}`);
      }
    }
  }

  /**
   * Starts Python in one way.
   * @param {Way} way
   * @param {boolean} isLast  there is no other to fall back on
   * @returns {Promise<Ready>}
   */
  async #attempt(way, isLast) {
    const { sandbox, names, complete } = await launcher.take(way);
    this.#sandbox = sandbox;
    const stopCounting = await this.#count(names);
    let timer = 0;
    try {
      if (this.#isOver) throw new Error("ended");
      return await new Promise((resolve, reject) => {
        sandbox.watch((message) => reject(new Error(message)));
        sandbox.hear((message) => {
          if (message.type === "failed") return reject(new Error(message.message));
          if (message.type !== "ready") return;
          sandbox.watch((message) => this.#tell({ type: "failed", phase: "worker", message }));
          sandbox.hear((message) => this.#hear(message, way));
          resolve(message);
        });
        sandbox.post({ type: "go" });
        const waitFor = () => reject(new Error(say("no answer within {seconds} s", { seconds: limits.start / 1000 })));
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
      const phase = say(here < total ? "Fetching Python" : "Starting Python");
      this.#tell({ type: "loading", phase, loaded: here, total });
    };
    tell();
    const timer = setInterval(() => (this.#isOver ? clearInterval(timer) : tell()), 100);
    return () => clearInterval(timer);
  }

  /**
   * What a page draws at once takes it half as long as what it draws piece by piece, so a little of it may wait for the
   * rest.
   * @param {any} message @param {Way} way
   */
  #hear(message, way) {
    if (Array.isArray(message?.reports) && message.reports.length <= TOGETHER) this.#held.push(...message.reports);
    else if (message?.type !== "lacking") this.#held.push(message);
    if (message?.more === true) this.#holding ||= setTimeout(() => this.#tellHeld(), limits.together);
    else this.#tellHeld();
    if (message?.type === "lacking") void this.#sendLacking(way);
    if (message?.type === "finished" && !isMetered()) this.#rest ??= this.#sendRest(way);
  }

  #tellHeld() {
    clearTimeout(this.#holding);
    this.#holding = 0;
    if (this.#held.length > 0) this.#tell(...this.#held.splice(0).map(understood));
  }

  /** Code waits for it, which takes none of the time of a run. @param {Way} way */
  async #sendLacking(way) {
    const stopCounting = await this.#count(neededLater(way));
    await (this.#rest ??= this.#sendRest(way));
    stopCounting();
  }

  /** @param {Way} way */
  async #sendRest(way) {
    let isHere = true;
    try {
      for (const name of neededLater(way)) if (this.#sandbox) await sendWhole(name, this.#sandbox);
    } catch (error) {
      isHere = false;
      this.#rest = undefined; // asked for again when it is needed
      console.warn(`Python: not everything can be imported yet. ${error instanceof Error ? error.message : error}`);
    }
    this.#sandbox?.post({ type: "rest", isHere });
  }
}

/** What is no report of ours is the end of that Python. @param {unknown} data @returns {Report} */
function understood(data) {
  try {
    return asReport(data);
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    return { type: "failed", phase: "worker", message: say("Python said what it may not: {message}", { message }) };
  }
}

/** The parts of a start, in the page's timeline. @param {Record<string, number>} times */
function markParts(times) {
  for (const [part, at] of Object.entries({ ...times, ready: performance.timeOrigin + performance.now() })) {
    performance.mark(`python ${part}`, { startTime: Math.max(at - performance.timeOrigin, 0) });
  }
}
