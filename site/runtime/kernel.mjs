/**
 * Owns all state: the pages and their cells, what is to be run, and the worker's life. Elements ask it and listen to it;
 * they never talk to each other or to the worker.
 */

import { limits } from "./config.mjs";
import { asReport } from "./protocol.mjs";
import { startPython } from "./python.mjs";

/** @import { Python } from "./python.mjs" */
/** @import { Failed, Output, Parameter, Plan, Report, Request, Result, Value } from "./protocol.mjs" */

/**
 * @typedef {"static" | "loading" | "queued" | "running" | "done" | "error" | "stopped"} State
 * @typedef {"off" | "loading" | "ready" | "failed"} PythonState
 *
 * @typedef {object} Program  a cell as it was built
 * @property {string} source
 * @property {string[]} defines
 * @property {string[]} reads
 * @property {Parameter[]} parameters
 * @property {Output[]} outputs
 *
 * @typedef {object} Cell
 * @property {string} page
 * @property {string} id
 * @property {Program} built
 * @property {string} source  as it is now
 * @property {string} ran  the source that made the outputs
 * @property {Output[]} outputs
 * @property {State} state
 * @property {boolean} behind  something above it changed and it has not followed
 * @property {boolean} foreign  its source came with a link and nobody has said Run
 * @property {number} runs  how often it has run in this visit
 * @property {number} milliseconds  of the last run
 * @property {string[]} defines
 * @property {Parameter[]} parameters
 *
 * @typedef {{cell: Cell, resolve: (outputs: Output[]) => void, reject: (reason: Error) => void, ticket?: number}} Waiter
 * @typedef {{page: string, sources: Record<string, string>, unfinished: Set<string>}} Posted
 *
 * @typedef {object} Page
 * @property {Map<string, Cell>} cells
 * @property {Set<string>} expressions
 * @property {Record<string, Value>} values  of the inline expressions, once they have been computed
 * @property {boolean} opened  this worker knows it
 * @property {Set<string>} wanted  cells to run that no posted run covers yet
 */

/** What goes on with Python, in an event `python`; a change of a cell is an event `cell`, of numbers in prose `values`; `attach` when the cells of a page have come. */
export class Kernel extends EventTarget {
  /** @type {{state: PythonState, phase: string, loaded: number, total: number, message: string}} */
  python = { state: "off", phase: "", loaded: 0, total: 0, message: "" };
  /** @type {Map<string, Page>} */
  #pages = new Map();
  /** @type {Python | undefined} */
  #worker;
  /** Pages whose cells are attaching. @type {Set<string>} */
  #arrived = new Set();
  /** When controls moved, the last time and the latest. @type {[number, number]} */
  #moves = [-Infinity, -Infinity];
  #ticket = 0;
  /** Runs on their way, by ticket, oldest first. @type {Map<number, Posted>} */
  #posted = new Map();
  /** @type {Set<Waiter>} */
  #waiters = new Set();

  /** The state of a cell, made when it is first seen. @param {string} page @param {string} id @param {Program} program */
  attach(page, id, program) {
    const { cells } = this.page(page);
    let cell = cells.get(id);
    if (cell === undefined || cell.built.source !== program.source) {
      cell = {
        page,
        id,
        built: program,
        source: program.source,
        ran: program.source,
        outputs: program.outputs,
        state: "static",
        behind: false,
        foreign: false,
        runs: 0,
        milliseconds: 0,
        defines: program.defines,
        parameters: program.parameters,
      };
      cells.set(id, cell);
      this.page(page).opened = false;
    }
    this.#announce(page);
    return cell;
  }

  /** @param {string} name @returns {Page} */
  page(name) {
    let page = this.#pages.get(name);
    if (page === undefined) {
      page = { cells: new Map(), expressions: new Set(), values: {}, opened: false, wanted: new Set() };
      this.#pages.set(name, page);
    }
    return page;
  }

  /** Tells once, when all cells of a page that has come have attached. @param {string} page */
  #announce(page) {
    if (this.#arrived.has(page)) return;
    this.#arrived.add(page);
    queueMicrotask(() => {
      this.#arrived.delete(page);
      this.dispatchEvent(new CustomEvent("attach", { detail: page }));
    });
  }

  /** Whether a cell waits for a Python that could not start. @param {Cell} cell */
  isHeldUp(cell) {
    return this.python.state === "failed" && this.page(cell.page).wanted.has(cell.id);
  }

  /** Whether a cell's outputs belong to an older state of the page's code. @param {Cell} cell */
  isStale(cell) {
    return cell.behind || cell.source !== cell.ran;
  }

  /** New text for a cell. Runs nothing. @param {Cell} cell @param {string} source */
  edit(cell, source) {
    if (cell.source === source) return;
    cell.source = source;
    this.#tell(cell);
  }

  /** Sources that came with a link: shown, and run only when the reader says so. @param {string} page @param {Record<string, string>} edits */
  adopt(page, edits) {
    for (const [id, source] of Object.entries(edits)) {
      const cell = this.page(page).cells.get(id);
      if (cell === undefined || cell.source === source) continue;
      cell.foreign = true;
      this.edit(cell, source);
    }
  }

  /** What the reader changed on a page. @param {string} page @returns {Record<string, string>} */
  edits(page) {
    const edited = [...this.page(page).cells.values()].filter((cell) => cell.source !== cell.built.source);
    return Object.fromEntries(edited.map((cell) => [cell.id, cell.source]));
  }

  /**
   * The reader says Run: that is leave for foreign code of the page, too.
   *
   * @param {Cell} cell
   * @returns {Promise<Output[]>} rejected if Python cannot start, or is stopped
   */
  run(cell) {
    for (const other of this.page(cell.page).cells.values()) {
      if (!other.foreign) continue;
      other.foreign = false;
      this.#tell(other);
    }
    const { promise, resolve, reject } = withResolvers();
    promise.catch(() => {}); // whoever awaits it is told; a button does not
    this.#waiters.add({ cell, resolve, reject });
    this.#want(cell);
    return promise;
  }

  /** A control moved: run, unless code is about that the reader has not agreed to. @param {Cell} cell */
  follow(cell) {
    this.#moves = [this.#moves[1], performance.now()];
    const isForeign = [...this.page(cell.page).cells.values()].some((other) => other.foreign);
    if (!isForeign) this.#want(cell);
  }

  /** Whether controls move so fast that the next step is to be expected. */
  get isDrag() {
    const [last, latest] = this.#moves;
    return latest - last < limits.drag && performance.now() - latest < limits.unseen;
  }

  /** Back to the cell as it was built. @param {Cell} cell */
  reset(cell) {
    cell.foreign = false;
    cell.source = cell.built.source;
    cell.parameters = cell.built.parameters;
    const hasRun = [...this.page(cell.page).cells.values()].some((other) => other.runs > 0 || other.state !== "static");
    if (hasRun) this.follow(cell);
    this.#tell(cell);
  }

  /** Python, from the reader's first intent on. */
  start() {
    if (this.python.state === "loading" || this.python.state === "ready") return;
    const worker = startPython();
    worker.onmessage = ({ data }) => this.#hear(asReport(data));
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail({ type: "failed", phase: "worker", message: event.message || "the worker could not be started" });
    };
    this.#worker = worker;
    this.#setPython({ state: "loading", phase: "Fetching Python", loaded: 0, total: 0, message: "" });
    for (const cell of this.#held()) if (cell.state === "error") this.#setState(cell, "loading");
  }

  /** Ends what runs and waits. A fresh Python takes the place of one that was at work. */
  stop() {
    const held = this.#held();
    if (this.python.state === "ready" && this.#posted.size > 0) this.#restart();
    this.#abandon();
    for (const cell of held) {
      cell.behind = cell.behind || cell.state !== "loading";
      this.#setState(cell, "stopped");
    }
    this.#reject(new DOMException("stopped", "AbortError"));
  }

  /** Cells that wait or run, on whatever page. */
  #held() {
    const held = [];
    for (const page of this.#pages.values()) {
      for (const cell of page.cells.values()) {
        if (["loading", "queued", "running"].includes(cell.state) || page.wanted.has(cell.id)) held.push(cell);
      }
    }
    return held;
  }

  #abandon() {
    this.#posted.clear();
    for (const page of this.#pages.values()) page.wanted.clear();
  }

  #restart() {
    this.#end();
    this.start();
  }

  #end() {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const page of this.#pages.values()) page.opened = false;
    this.#setPython({ ...this.python, state: "off" });
  }

  /** @param {Error} reason */
  #reject(reason) {
    for (const waiter of this.#waiters) waiter.reject(reason);
    this.#waiters.clear();
  }

  /** @param {Cell} cell */
  #want(cell) {
    this.page(cell.page).wanted.add(cell.id);
    if (this.python.state === "ready") {
      this.#post(cell.page);
    } else {
      this.#setState(cell, "loading");
      this.start();
    }
  }

  /**
   * Posts what is wanted of a page, together with what older runs of it have not done: the newest run always covers
   * them, so the worker may drop them.
   *
   * @param {string} name
   */
  #post(name) {
    const page = this.page(name);
    const worker = this.#worker;
    if (page.wanted.size === 0 || worker === undefined) return;
    const cells = [...page.cells.values()];
    if (!page.opened) {
      page.opened = true;
      const built = cells.map(({ id, built }) => ({ id, source: built.source }));
      this.#send(worker, { type: "open", page: name, cells: built, expressions: [...page.expressions] });
    }
    const targets = new Set(page.wanted);
    for (const older of this.#posted.values()) {
      if (older.page === name) for (const id of older.unfinished) targets.add(id);
    }
    page.wanted.clear();
    const ticket = ++this.#ticket;
    const sources = Object.fromEntries(cells.map(({ id, source }) => [id, source]));
    this.#posted.set(ticket, { page: name, sources, unfinished: targets });
    for (const waiter of this.#waiters) {
      if (waiter.cell.page === name && waiter.ticket === undefined) waiter.ticket = ticket;
    }
    for (const id of targets) this.#queue(page.cells.get(id));
    this.#send(worker, { type: "run", ticket, page: name, sources, targets: [...targets] });
  }

  /** @param {Python} worker @param {Request} request */
  #send(worker, request) {
    worker.postMessage(request);
  }

  /** @param {Cell | undefined} cell */
  #queue(cell) {
    if (cell === undefined || cell.state === "running") return;
    this.#setState(cell, "queued");
  }

  /** @param {Report} report */
  #hear(report) {
    switch (report.type) {
      case "loading":
        return this.#setPython({ ...this.python, phase: report.phase, loaded: report.loaded, total: report.total });
      case "ready":
        this.#setPython({ ...this.python, state: "ready" });
        for (const name of this.#pages.keys()) this.#post(name);
        return undefined;
      case "failed":
        return this.#fail(report);
      case "plan":
        return this.#planned(report);
      case "begin":
        return this.#withCell(report.ticket, report.id, (cell) => this.#setState(cell, "running"));
      case "result":
        return this.#finish(report);
      case "values": {
        const posted = this.#posted.get(report.ticket);
        if (posted === undefined) return undefined;
        Object.assign(this.page(posted.page).values, report.values);
        return this.dispatchEvent(new CustomEvent("values", { detail: posted.page }));
      }
      case "finished":
        return this.#finished(report.ticket);
    }
  }

  /** @param {number} ticket @param {string} id @param {(cell: Cell, posted: Posted) => void} use */
  #withCell(ticket, id, use) {
    const posted = this.#posted.get(ticket);
    const cell = posted && this.page(posted.page).cells.get(id);
    if (posted && cell) use(cell, posted);
  }

  /** @param {Plan} plan */
  #planned({ ticket, ids }) {
    const posted = this.#posted.get(ticket);
    if (posted === undefined) return;
    posted.unfinished = new Set(ids);
    for (const id of ids) {
      this.#withCell(ticket, id, (cell) => {
        cell.behind = true;
        this.#queue(cell);
      });
    }
  }

  /** @param {Result} result */
  #finish({ ticket, id, outputs, milliseconds, defines, parameters }) {
    this.#withCell(ticket, id, (cell, posted) => {
      posted.unfinished.delete(id);
      Object.assign(cell, { outputs, milliseconds, defines, ran: posted.sources[id], behind: false, runs: cell.runs + 1 });
      if (parameters) cell.parameters = parameters;
      const isAwaited = [...this.#posted.values()].some((other) => other !== posted && other.unfinished.has(id) && other.page === posted.page);
      const isError = outputs.some(({ type }) => type === "error");
      this.#setState(cell, isAwaited ? "queued" : isError ? "error" : "done");
      for (const waiter of this.#waiters) {
        if (waiter.cell !== cell || waiter.ticket === undefined || waiter.ticket > ticket) continue;
        this.#waiters.delete(waiter);
        waiter.resolve(outputs);
      }
    });
  }

  /** What a run that was dropped left undone is covered by the newer one that made the worker drop it. @param {number} ticket */
  #finished(ticket) {
    this.#posted.delete(ticket);
  }

  /** @param {Failed} failed */
  #fail({ phase, message }) {
    if (this.python.state === "ready") return this.#crashed(message);
    const held = this.#held();
    this.#end();
    this.#setPython({ ...this.python, state: "failed", phase, message });
    for (const cell of held) this.#setState(cell, "error");
    this.#reject(new Error(message));
    return undefined;
  }

  /** Python itself broke at work. The next one is started at once. @param {string} message */
  #crashed(message) {
    const held = this.#held();
    this.#restart();
    this.#abandon();
    for (const cell of held) {
      const broke = cell.state === "running";
      if (broke) {
        const hint = "This code brought Python itself down. A fresh Python is on its way: change the code, then press Run.";
        cell.outputs = [{ type: "error", name: "Python stopped", message, line: null, traceback: message, hint }];
        cell.ran = cell.source;
      }
      cell.behind = !broke;
      this.#setState(cell, broke ? "error" : "stopped");
    }
    this.#reject(new Error(message));
  }

  /** @param {Cell} cell @param {State} state */
  #setState(cell, state) {
    cell.state = state;
    this.#tell(cell);
  }

  /** @param {Cell} cell */
  #tell(cell) {
    this.dispatchEvent(new CustomEvent("cell", { detail: cell }));
  }

  /** @param {Kernel["python"]} python */
  #setPython(python) {
    this.python = python;
    this.dispatchEvent(new Event("python"));
  }
}

/** `Promise.withResolvers`, for browsers of before 2024. @returns {{promise: Promise<Output[]>, resolve: (outputs: Output[]) => void, reject: (reason: Error) => void}} */
function withResolvers() {
  /** @type {any} */
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}

/** There is one: it and its worker outlive Material's instant navigation. */
export const kernel = new Kernel();
