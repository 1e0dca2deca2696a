/**
 * Owns all state: the pages and their cells, what is to be run, and the worker's life. Elements ask it and listen to it;
 * they never talk to each other or to the worker.
 */

import { limits } from "./config.mjs";
import { Interpreter, mayHaveSpare } from "./interpreter.mjs";
import { Store, versionOf } from "./storage.mjs";

/** @import { Output, Parameter, Plan, Report, Result, Value } from "./protocol.mjs" */
/** @import { Kept, Offer, Trouble } from "./storage.mjs" */

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
 * @property {boolean} isBack  its source was kept from an earlier visit
 * @property {Offer[]} offers  other texts that the reader has not decided on, the latest first
 * @property {string | undefined} undo  the source before Reset, or before another text was taken
 * @property {Trouble | undefined} trouble  why the reader's edits cannot be kept; said at one cell, once
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

/**
 * What goes on with Python, in an event `python`; a change of a cell is an event `cell`, of numbers in prose `values`, of
 * the time limit `limit`; `attach` when the cells of a page have come.
 */
export class Kernel extends EventTarget {
  /** @type {{state: PythonState, phase: string, loaded: number, total: number, message: string}} */
  python = { state: "off", phase: "", loaded: 0, total: 0, message: "" };
  /** @type {Map<string, Page>} */
  #pages = new Map();
  /** @type {Interpreter | undefined} */
  #interpreter;
  /** Takes the place of one that is stopped. @type {Interpreter | undefined} */
  #spare;
  /** A spare could not be had. */
  #isWithoutSpare = false;
  /** The Python at work is to be replaced as soon as it has nothing to do. */
  #isWorn = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #preparation;
  /** Runs out when Python has said nothing for as long as a run may take. @type {ReturnType<typeof setTimeout> | undefined} */
  #watch;
  #store = new Store();
  /** Cells whose edits are about to be kept. @type {Map<Cell, ReturnType<typeof setTimeout>>} */
  #unkept = new Map();
  /** Pages whose cells are attaching. @type {Set<string>} */
  #arrived = new Set();
  /** When controls moved, the last time and the latest. @type {[number, number]} */
  #moves = [-Infinity, -Infinity];
  #ticket = 0;
  /** Runs on their way, by ticket, oldest first. @type {Map<number, Posted>} */
  #posted = new Map();
  /** @type {Set<Waiter>} */
  #waiters = new Set();

  constructor() {
    super();
    this.#store.addEventListener("edit", (event) => this.#elsewhere(/** @type {CustomEvent} */ (event).detail));
    globalThis.addEventListener?.("pagehide", () => this.#keepAll());
    globalThis.document?.addEventListener("visibilitychange", () => document.hidden && this.#keepAll());
  }

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
        isBack: false,
        offers: [],
        undo: undefined,
        trouble: undefined,
        runs: 0,
        milliseconds: 0,
        defines: program.defines,
        parameters: program.parameters,
      };
      cells.set(id, cell);
      this.#recall(cell);
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
    this.#write(cell, source);
    this.#keep(cell);
  }

  /** @param {Cell} cell @param {string} source */
  #write(cell, source) {
    Object.assign(cell, { source, undo: undefined, isBack: false });
    cell.offers = cell.offers.filter((offer) => offer.source !== source);
    this.#tell(cell);
  }

  /**
   * A page as a link has it: shown, and run only when the reader says so. The reader's own edits are kept and offered.
   *
   * @param {string} page
   * @param {Record<string, string>} edits
   */
  adopt(page, edits) {
    this.#keepAll();
    for (const cell of this.page(page).cells.values()) {
      const source = Object.hasOwn(edits, cell.id) ? edits[cell.id] : cell.built.source;
      if (cell.source === source) continue;
      if (cell.source !== cell.built.source && !cell.foreign) cell.offers = [{ why: "own", source: cell.source }, ...cell.offers];
      cell.foreign = source !== cell.built.source;
      this.#write(cell, source);
    }
    if (this.#hasForeign(page)) this.#letGo(page);
  }

  /** @param {string} page */
  #hasForeign(page) {
    return [...this.page(page).cells.values()].some(({ foreign }) => foreign);
  }

  /** What was asked for before a link came would run the link's code with it: it is asked for anew. @param {string} name */
  #letGo(name) {
    const { cells, wanted } = this.page(name);
    for (const cell of cells.values()) if (wanted.has(cell.id)) this.#setState(cell, "stopped");
    wanted.clear();
    for (const waiter of this.#waiters) {
      if (waiter.cell.page !== name || waiter.ticket !== undefined) continue;
      this.#waiters.delete(waiter);
      waiter.reject(new DOMException("a link brought other code", "AbortError"));
    }
  }

  /** What was kept of a cell. An edit of an older page waits until the reader says which they want. @param {Cell} cell */
  #recall(cell) {
    const kept = this.#store.edit(cell.page, cell.id);
    if (kept === undefined) return;
    cell.offers = kept.offers;
    if (kept.source !== null && kept.source !== cell.source) {
      if (kept.built === versionOf(cell.built.source)) Object.assign(cell, { source: kept.source, isBack: true });
      else cell.offers = [{ why: "page", source: kept.source }, ...cell.offers];
    }
    cell.offers = cell.offers.filter((offer) => offer.source !== cell.source);
  }

  /** Keeps a cell's edit, soon: at most once in `limits.keep`. @param {Cell} cell */
  #keep(cell) {
    if (!this.#unkept.has(cell)) this.#unkept.set(cell, setTimeout(() => this.#keepNow(cell), limits.keep));
  }

  /** @param {Cell} cell */
  #keepNow(cell) {
    clearTimeout(this.#unkept.get(cell));
    this.#unkept.delete(cell);
    const { page, id, built } = cell;
    const listen = (/** @type {Event} */ event) => {
      cell.trouble = /** @type {CustomEvent<Trouble>} */ (event).detail;
      this.#tell(cell);
    };
    this.#store.addEventListener("trouble", listen);
    this.#store.keepEdit(page, id, () => ({
      source: cell.source === built.source ? null : cell.source,
      built: versionOf(built.source),
      offers: cell.offers,
    }));
    this.#store.removeEventListener("trouble", listen);
  }

  #keepAll() {
    for (const cell of [...this.#unkept.keys()]) this.#keepNow(cell);
  }

  /** Another tab has kept another text of a cell: it is offered, and takes the place of nothing. @param {{page: string, id: string, kept: Kept | undefined}} change */
  #elsewhere({ page, id, kept }) {
    const cell = this.#pages.get(page)?.cells.get(id);
    if (cell === undefined) return;
    const source = kept?.source ?? cell.built.source;
    const why = cell.foreign ? "own" : "tab";
    cell.offers = cell.offers.filter((offer) => offer.why !== why && offer.source !== source);
    if (source !== cell.source) cell.offers.unshift({ why, source });
    this.#tell(cell);
  }

  /** The reader wants the offered text; the one that stood there can be had back by Undo. @param {Cell} cell @param {Offer} offer */
  take(cell, offer) {
    const { source } = cell;
    cell.foreign = false;
    this.#write(cell, offer.source);
    cell.undo = source;
    this.#keep(cell);
    this.#tell(cell);
  }

  /** The reader does not want the offered text. @param {Cell} cell @param {Offer} offer */
  leave(cell, offer) {
    cell.offers = cell.offers.filter((other) => other !== offer);
    this.#keepNow(cell);
    this.#tell(cell);
  }

  /** The reader has read why nothing is kept. @param {Cell} cell */
  dismiss(cell) {
    cell.trouble = undefined;
    this.#tell(cell);
  }

  /** Back to before Reset. @param {Cell} cell */
  undo(cell) {
    if (cell.undo === undefined) return;
    this.edit(cell, cell.undo);
    if (this.#hasRun(cell.page)) this.follow(cell);
  }

  /** Nothing of what the reader typed stays in this browser, on no page. The cells in sight can be had back by Undo. */
  forget() {
    for (const timer of this.#unkept.values()) clearTimeout(timer);
    this.#unkept.clear();
    this.#store.forgetEdits();
    for (const { cells } of this.#pages.values()) {
      for (const cell of cells.values()) {
        cell.offers = [];
        if (cell.source !== cell.built.source) this.reset(cell);
        else this.#tell(cell);
      }
    }
  }

  /** Seconds that a run may take. */
  get seconds() {
    const seconds = Number(this.#store.setting("seconds") ?? this.#seconds);
    return seconds >= 1 && seconds <= limits.most ? seconds : limits.seconds;
  }

  set seconds(seconds) {
    this.#seconds = Math.min(Math.max(Math.round(seconds) || limits.seconds, 1), limits.most);
    this.#store.keepSetting("seconds", String(this.#seconds));
    this.#watchOver();
    this.dispatchEvent(new Event("limit"));
  }

  /** As set in this visit, for where nothing can be kept. */
  #seconds = Number(limits.seconds);

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
      this.#keep(other);
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
    if (!this.#hasForeign(cell.page)) this.#want(cell);
  }

  /** Whether controls move so fast that the next step is to be expected. */
  get isDrag() {
    const [last, latest] = this.#moves;
    return latest - last < limits.drag && performance.now() - latest < limits.unseen;
  }

  /** Back to the cell as it was built. @param {Cell} cell */
  reset(cell) {
    const { source, built } = cell;
    cell.foreign = false;
    cell.parameters = built.parameters;
    this.#write(cell, built.source);
    if (source !== built.source) cell.undo = source;
    this.#keep(cell);
    if (this.#hasRun(cell.page)) this.follow(cell);
    this.#tell(cell);
  }

  /** @param {string} page */
  #hasRun(page) {
    return [...this.page(page).cells.values()].some((other) => other.runs > 0 || other.state !== "static");
  }

  /** Python, from the reader's first intent on. */
  start() {
    if (this.python.state === "loading" || this.python.state === "ready") return;
    this.#begin();
    for (const cell of this.#held()) if (cell.state === "error") this.#setState(cell, "loading");
  }

  /** The spare, if there is one, or a Python that is yet to be loaded. */
  #begin() {
    clearTimeout(this.#preparation);
    const interpreter = (this.#interpreter = this.#spare ?? this.#interpret());
    this.#spare = undefined;
    this.#isWithoutSpare = false;
    this.#isWorn = false;
    const state = interpreter.state === "ready" ? "ready" : "loading";
    this.#setPython({ state, ...interpreter.progress, message: "" });
    if (state === "ready") for (const name of this.#pages.keys()) this.#post(name);
  }

  #interpret() {
    return new Interpreter((report, from) => {
      if (from === this.#interpreter) this.#hear(report);
      else if (from !== this.#spare) return;
      else if (report.type === "failed") this.#dropSpare();
      else if (report.type === "ready" && !this.#replaceWorn()) this.#setPython(this.python);
    });
  }

  /** A second Python stands ready when the first has nothing to do. */
  #prepareSpare() {
    clearTimeout(this.#preparation);
    if (this.#spare || this.#isWithoutSpare || !mayHaveSpare()) return;
    this.#preparation = setTimeout(() => {
      if (this.python.state === "ready" && this.#posted.size === 0) this.#spare ??= this.#interpret();
    }, limits.spare);
  }

  #dropSpare() {
    this.#spare?.end();
    this.#spare = undefined;
    this.#isWithoutSpare = true; // no network, or no room: the next start tells why
  }

  /** Whether Stop costs nothing: another Python is ready. */
  get hasSpare() {
    return this.#spare?.state === "ready";
  }

  /** Ends what runs and waits. A fresh Python takes the place of one that was at work. */
  stop() {
    const held = this.#held();
    const isAtWork = this.python.state === "ready" && this.#posted.size > 0;
    this.#abandon();
    if (isAtWork) this.#restart();
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
    this.#watchOver();
    for (const page of this.#pages.values()) page.wanted.clear();
  }

  #restart() {
    this.#end();
    this.#begin();
  }

  #end() {
    this.#interpreter?.end();
    this.#interpreter = undefined;
    for (const page of this.#pages.values()) page.opened = false;
  }

  /** The time of a run begins anew whenever Python says something; for the worker runs one cell at a time. */
  #watchOver() {
    clearTimeout(this.#watch);
    if (this.#posted.size > 0) this.#watch = setTimeout(() => this.#timeUp(), this.seconds * 1000);
  }

  #timeUp() {
    const { seconds } = this;
    for (const { page: name } of this.#posted.values()) {
      const page = this.page(name);
      const error = `took longer than ${seconds} s`;
      if ([...page.cells.values()].every(({ state }) => state !== "running" && state !== "queued")) {
        page.values = Object.fromEntries([...page.expressions].map((expression) => [expression, { error }]));
        this.dispatchEvent(new CustomEvent("values", { detail: name }));
      }
    }
    this.#replace({
      type: "error",
      name: "Time limit",
      message: `stopped after ${seconds} s`,
      line: null,
      traceback: "",
      hint: `A run may take ${seconds} s. Is there a loop that never ends? Make the work smaller, or allow more seconds at the end of this page.`,
    }, "stopped");
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
    const interpreter = this.#interpreter;
    if (page.wanted.size === 0 || interpreter === undefined) return;
    const cells = [...page.cells.values()];
    if (!page.opened) {
      page.opened = true;
      const built = cells.map(({ id, built, ran, behind }) => ({ id, source: built.source, shown: behind ? null : ran }));
      interpreter.send({ type: "open", page: name, cells: built, expressions: [...page.expressions] });
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
    interpreter.send({ type: "run", ticket, page: name, sources, targets: [...targets] });
    if (this.#posted.size === 1) this.#watchOver();
  }

  /** @param {Cell | undefined} cell */
  #queue(cell) {
    if (cell === undefined || cell.state === "running") return;
    this.#setState(cell, "queued");
  }

  /** @param {Report} report */
  #hear(report) {
    if (this.#posted.size > 0) this.#watchOver();
    switch (report.type) {
      case "loading":
        return this.#setPython({ ...this.python, phase: report.phase, loaded: report.loaded, total: report.total });
      case "ready":
        this.#setPython({ ...this.python, state: "ready" });
        for (const name of this.#pages.keys()) this.#post(name);
        return undefined;
      case "failed":
        return this.#fail(report.message);
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
  #finish({ ticket, id, outputs, milliseconds, defines, parameters, worn }) {
    this.#isWorn ||= worn === true;
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
    if (this.#posted.size > 0) return;
    this.#watchOver();
    if (!this.#replaceWorn()) this.#prepareSpare();
  }

  /** A worn Python makes room for the spare, which is waited for where there can be one. */
  #replaceWorn() {
    const isDue = this.#isWorn && this.#posted.size === 0 && (this.hasSpare || this.#isWithoutSpare || !mayHaveSpare());
    if (isDue) this.#restart();
    return isDue;
  }

  /** @param {string} message */
  #fail(message) {
    if (this.python.state === "ready") return this.#crashed(message);
    const held = this.#held();
    this.#end();
    this.#setPython({ ...this.python, state: "failed", message });
    for (const cell of held) this.#setState(cell, "error");
    this.#reject(new Error(message));
    return undefined;
  }

  /** Python itself broke at work. @param {string} message */
  #crashed(message) {
    const hint = "This code brought Python itself down. A fresh Python is on its way: change the code, then press Run.";
    this.#replace({ type: "error", name: "Python stopped", message, line: null, traceback: message, hint }, "error");
  }

  /**
   * A fresh Python takes the place of one that failed at work. What it was at says why; what waited is stopped.
   *
   * @param {Output & {message: string}} error
   * @param {State} state  of the cell that it was at
   */
  #replace(error, state) {
    const held = this.#held();
    const isAtOne = held.some((cell) => cell.state === "running");
    this.#abandon();
    this.#restart();
    for (const cell of held) {
      const broke = isAtOne ? cell.state === "running" : cell.state === "queued";
      if (broke) Object.assign(cell, { outputs: [error], ran: cell.source });
      cell.behind = !broke;
      this.#setState(cell, broke ? state : "stopped");
    }
    this.#reject(new Error(error.message));
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
