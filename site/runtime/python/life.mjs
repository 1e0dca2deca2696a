/** The life of Python: its start, its spare, the limit of its time, and its end. What it is at is another's affair. */

import { limits } from "../config.mjs";
import { Interpreter } from "./interpreter.mjs";
import { mayStandReady } from "./connection.mjs";
import { Watch } from "./watch.mjs";

/** @import { Failed, Loading, Ready, Report, Request } from "./protocol.mjs" */
/** @import { Settings } from "./watch.mjs" */

/**
 * @typedef {"off" | "loading" | "ready" | "failed"} PythonState
 * @typedef {{state: PythonState, phase: string, loaded: number, total: number, message: string}} Python
 *
 * @typedef {(type: string, detail?: unknown) => void} Tell  makes an event of who holds this
 *
 * @typedef {object} Work  what Python is for
 * @property {() => void} begin  a Python is ready that knows nothing yet
 * @property {(report: Exclude<Report, Loading | Ready | Failed>) => void} hear
 * @property {(work: () => void) => void} together  what is heard in it came in one message
 * @property {(message: string) => void} fail  there is no Python to be had
 * @property {(failed: Failed) => void} crash  Python itself broke at work
 * @property {() => void} timeUp  it has been silent too long
 */

export class Life {
  /** @type {Python} */
  python = { state: "off", phase: "", loaded: 0, total: 0, message: "" };
  /** Counts the Pythons of this visit. */
  number = 0;
  /** The time limit. */
  watch;
  #tell;
  #work;
  /** @type {Interpreter | undefined} */
  #interpreter;
  /** Takes the place of one that is stopped. @type {Interpreter | undefined} */
  #spare;
  /** A spare could not be had. */
  #isWithoutSpare = false;
  /** The Python at work is to be replaced as soon as it has nothing to do. */
  #isWorn = false;
  #isAtWork = false;
  #preparation = 0;

  /** @param {Tell} tell @param {Settings} store @param {Work} work */
  constructor(tell, store, work) {
    this.#tell = tell;
    this.#work = work;
    this.watch = new Watch(store, () => work.timeUp());
  }

  /** Whether Stop costs nothing: another Python is ready. */
  get hasSpare() {
    return this.#spare?.state === "ready";
  }

  /** Python, if there is none and none is on its way. @returns whether one was started */
  start() {
    const isNeeded = this.python.state === "off" || this.python.state === "failed";
    if (isNeeded) this.#begin();
    return isNeeded;
  }

  /** @param {Request} request  runs and calls are watched until `rest` */
  send(request) {
    this.#interpreter?.send(request);
    if (request.type === "open" || this.#isAtWork) return;
    this.#isAtWork = true;
    this.watch.begin();
  }

  /** There is nothing to do. */
  rest() {
    this.#isAtWork = false;
    this.watch.end();
    if (!this.#replaceWorn()) this.#prepareSpare();
  }

  /** Python had better be replaced: it goes when it has nothing to do. */
  wear() {
    this.#isWorn = true;
  }

  /** A fresh Python takes the place of this one at once, whatever it is at. */
  restart() {
    this.#end();
    this.#begin();
  }

  /** The spare, if there is one, or a Python that is yet to be loaded. */
  #begin() {
    clearTimeout(this.#preparation);
    const interpreter = (this.#interpreter = this.#spare ?? this.#interpret());
    this.number++;
    this.#spare = undefined;
    this.#isWithoutSpare = false;
    this.#isWorn = false;
    const state = interpreter.state === "ready" ? "ready" : "loading";
    this.#setPython({ state, ...interpreter.progress, message: "" });
    if (state === "ready") this.#work.begin();
  }

  #end() {
    this.#isAtWork = false;
    this.watch.end();
    this.#interpreter?.end();
    this.#interpreter = undefined;
  }

  #interpret() {
    return new Interpreter((reports, from) => {
      const [report] = reports;
      if (from === this.#interpreter)
        this.#work.together(() => reports.forEach((report) => from === this.#interpreter && this.#hear(report)));
      else if (from !== this.#spare) return;
      else if (report.type === "failed") this.#dropSpare();
      else if (report.type === "ready" && !this.#replaceWorn()) this.#setPython(this.python);
    });
  }

  /** A second Python stands ready when the first has nothing to do. */
  #prepareSpare() {
    clearTimeout(this.#preparation);
    if (this.#spare || this.#isWithoutSpare || !mayStandReady()) return;
    this.#preparation = setTimeout(() => {
      if (this.python.state === "ready" && !this.#isAtWork) this.#spare ??= this.#interpret();
    }, limits.spare);
  }

  #dropSpare() {
    this.#spare?.end();
    this.#spare = undefined;
    this.#isWithoutSpare = true; // no network, or no room: the next start tells why
  }

  /** A worn Python makes room for the spare, which is waited for where there can be one. */
  #replaceWorn() {
    const isDue = this.#isWorn && !this.#isAtWork && (this.hasSpare || this.#isWithoutSpare || !mayStandReady());
    if (isDue) this.restart();
    return isDue;
  }

  /** @param {Report} report */
  #hear(report) {
    if (this.#isAtWork && report.type !== "progress") this.watch.begin(); // or a loop that tells would never end
    switch (report.type) {
      case "loading":
        return this.#setPython({ ...this.python, phase: report.phase, loaded: report.loaded, total: report.total });
      case "ready":
        this.#setPython({ ...this.python, state: "ready" });
        return this.#work.begin();
      case "failed":
        return this.#fail(report);
      default:
        return this.#work.hear(report);
    }
  }

  /** @param {Failed} failed */
  #fail(failed) {
    if (this.python.state === "ready") return this.#work.crash(failed);
    const { message } = failed;
    this.#end();
    this.#setPython({ ...this.python, state: "failed", message });
    return this.#work.fail(message);
  }

  /** @param {Python} python */
  #setPython(python) {
    this.python = python;
    this.#tell("python");
  }
}
