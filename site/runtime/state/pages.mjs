/** The pages of a visit and their cells: what each is like now. Whoever changes a cell tells it here. */

import { limits } from "../config.mjs";
import { above, below, parentsOf } from "./graph.mjs";

/** @import { Broken, ErrorOutput, Names, Output, Parameter, Sight, Value } from "../python/protocol.mjs" */
/** @import { Tell } from "../python/life.mjs" */
/** @import { Offer, Trouble } from "./storage.mjs" */

/**
 * @typedef {"static" | "loading" | "queued" | "running" | "done" | "error" | "stopped"} State
 *
 * @typedef {object} Program  a cell as it was built
 * @property {string} source
 * @property {string[]} defines
 * @property {string[]} reads
 * @property {Names} names
 * @property {Parameter[]} parameters
 * @property {Output[]} outputs
 *
 * @typedef {object} Cell
 * @property {string} page
 * @property {string} id
 * @property {string} title  what a reader calls it
 * @property {Program} built
 * @property {string} source  as it is now
 * @property {string} ran  the source that made the outputs
 * @property {Output[]} outputs
 * @property {State} state
 * @property {string} progress  how far its run has come, in its own words
 * @property {boolean} behind  something above it ran and it has not followed
 * @property {boolean} stale  its outputs belong to an older state of the page's code
 * @property {boolean} foreign  its source came with a link and nobody has said Run
 * @property {boolean} isBack  its source was kept from an earlier visit
 * @property {Offer[]} offers  other texts that the reader has not decided on, the latest first
 * @property {string | undefined} undo  the source before Reset, or before another text was taken
 * @property {Trouble | undefined} trouble  why the reader's edits cannot be kept; said at one cell, once
 * @property {number} runs  how often it has run in this visit
 * @property {number} milliseconds  of the last run
 * @property {string[]} defines
 * @property {string[]} reads
 * @property {Parameter[]} parameters
 * @property {Broken[]} broken
 * @property {{source: string, error: Output} | undefined} fell  the source that ended Python, left out as it is
 * @property {{before: Output[], now: Output[]} | undefined} blamed  its outputs without and with a lab's error
 *
 * @typedef {object} Page
 * @property {Map<string, Cell>} cells
 * @property {Set<string>} expressions
 * @property {Record<string, Value>} values  of the inline expressions, once they have been computed
 * @property {number} knownTo  the life of Python (`Life.number`) that knows it as it is; 0 is none
 * @property {number} links  that are being read and may bring other code
 * @property {Set<string>} wanted  cells to run that no posted run covers yet
 * @property {Set<string>} agreed  those of them that the reader said Run of
 * @property {Map<string, string>} labs  what each lab adds to links
 * @property {Map<object, Seen>} sight  what the reader sees of it, by the element
 *
 * @typedef {{cell?: string, expression?: string}} Seen
 */

/** What a change of these may make stale, or current; and of these, what reads from what. */
const TELLING = ["source", "ran", "behind"];
const NAMING = ["source", "ran", "defines", "reads"];
/** @type {("source" | "parameters")[]} */
const FORMING = ["source", "parameters"];

/** Whether a cell runs or waits. @param {Cell} cell */
export const isAtWork = ({ state }) => state === "loading" || state === "queued" || state === "running";

/** @param {Cell} cell */
const isOutdated = ({ source, ran, behind }) => behind || source !== ran;

export class Pages {
  #tell;
  /** @type {Map<string, Page>} */
  #pages = new Map();
  /** Pages whose cells are attaching. @type {Set<string>} */
  #arrived = new Set();
  /** What each cell of a page reads from, while that is known. @type {Map<string, Map<Cell, Cell[]>>} */
  #parents = new Map();
  /** Pages whose stale cells are about to be told. @type {Map<string, number>} */
  #unsettled = new Map();
  /** Cells whose changes are told together, at the end of what is heard together. @type {Set<Cell> | undefined} */
  #together;
  /** Cells out of sight whose changes are told when a control rests. @type {Set<Cell>} */
  #late = new Set();
  #holding = 0;
  /** Whether a control has moved that not all follows yet. */
  #isBehind = false;

  /** @param {Tell} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  /** @param {string} name @returns {Page} */
  page(name) {
    let page = this.#pages.get(name);
    if (page === undefined) {
      page = {
        cells: new Map(),
        expressions: new Set(),
        values: {},
        knownTo: 0,
        links: 0,
        wanted: new Set(),
        agreed: new Set(),
        labs: new Map(),
        sight: new Map(),
      };
      this.#pages.set(name, page);
    }
    return page;
  }

  /** @param {string} page @returns {Cell[]} */
  cells(page) {
    return [...this.page(page).cells.values()];
  }

  /**
   * What is run first when a control has moved: the cells that it moved and what the reader sees.
   * @param {string} name @param {string[]} moved @returns {Sight}
   */
  sight(name, moved) {
    const seen = [...this.page(name).sight.values()];
    return {
      cells: [...moved, ...seen.flatMap(({ cell }) => cell ?? [])],
      expressions: seen.flatMap(({ expression }) => expression ?? []),
      pause: limits.pause,
    };
  }

  /**
   * An element says what the reader sees in it, or that it is out of sight.
   * @param {string} name @param {Element} element @param {Seen} [seen]
   */
  see(name, element, seen) {
    const { cells, sight } = this.page(name);
    if (!seen) return void sight.delete(element);
    sight.set(element, seen);
    const cell = cells.get(seen.cell ?? "");
    if (cell && this.#late.has(cell)) this.#tellNow(cell);
  }

  /** @param {Cell} cell */
  isInSight({ page, id }) {
    return [...this.page(page).sight.values()].some(({ cell }) => cell === id);
  }

  names() {
    return [...this.#pages.keys()];
  }

  /**
   * A cell that has come: made when it is first seen, or when the site has another one in its place.
   * @param {string} page @param {string} id @param {string} title @param {Program} program
   */
  attach(page, id, title, program) {
    const { cells } = this.page(page);
    const known = cells.get(id);
    const isNew = known === undefined || known.built.source !== program.source;
    const cell = isNew ? asBuilt(page, id, title, program) : known;
    if (isNew) {
      cells.set(id, cell);
      this.page(page).knownTo = 0;
      this.#parents.delete(page);
    }
    this.#announce(page);
    return { cell, isNew };
  }

  /** Tells once, when all cells of a page that has come have attached. @param {string} page */
  #announce(page) {
    if (this.#arrived.has(page)) return;
    this.#arrived.add(page);
    queueMicrotask(() => {
      this.#arrived.delete(page);
      this.#settle(page);
      this.#tell("attach", page);
    });
  }

  /** @param {Cell} cell @param {Partial<Cell>} [news] @param {boolean} [isLate]  told when the control rests */
  change(cell, news = {}, isLate = false) {
    const isMoved = FORMING.some((name) => name in news && news[name] !== cell[name]);
    Object.assign(cell, news);
    if (NAMING.some((name) => name in news)) this.#parents.delete(cell.page);
    if (TELLING.some((name) => name in news)) this.#weigh(cell);
    if (isMoved) this.#tell("form", cell);
    if (isLate) this.#tellLate(cell);
    else if (this.#together) this.#together.add(cell);
    else this.#tellNow(cell);
  }

  /** What changes of a cell meanwhile is told once. @param {() => void} work */
  together(work) {
    if (this.#together) return work();
    const changed = (this.#together = new Set());
    try {
      work();
    } finally {
      this.#together = undefined;
      for (const cell of changed) this.#tellNow(cell);
    }
  }

  /** A control has moved: the reader waits for what is in sight, and what is not is told later. */
  hold() {
    clearTimeout(this.#holding);
    this.#holding = setTimeout(() => this.#catchUp(), limits.stale);
    this.#setBehind(true);
  }

  /** All has followed. */
  rest() {
    this.#catchUp();
    this.#setBehind(false);
  }

  #catchUp() {
    clearTimeout(this.#holding);
    this.#holding = 0;
    for (const cell of this.#late) this.#tellNow(cell);
  }

  /** @param {boolean} isBehind */
  #setBehind(isBehind) {
    if (this.#isBehind !== isBehind) this.#tell("behind", isBehind);
    this.#isBehind = isBehind;
  }

  /** @param {Cell} cell */
  #tellLate(cell) {
    this.#late.add(cell);
    this.#holding ||= setTimeout(() => this.#catchUp(), limits.stale);
  }

  /** @param {Cell} cell */
  #tellNow(cell) {
    this.#late.delete(cell);
    this.#tell("cell", cell);
  }

  /**
   * An error that a lab met in a function of a cell stands at the cell, until it runs anew or all is well.
   * @param {Cell} cell @param {ErrorOutput} [error]
   */
  blame(cell, error) {
    const { blamed } = cell;
    const before = blamed && blamed.now === cell.outputs ? blamed.before : cell.outputs;
    if (error) {
      const now = [...before.filter(({ type }) => type !== "error"), error];
      this.change(cell, { blamed: { before, now }, outputs: now, state: "error" });
    } else if (blamed) {
      const isStill = blamed.now === cell.outputs;
      this.change(cell, {
        blamed: undefined,
        ...(isStill && { outputs: before, state: cell.runs > 0 ? "done" : "static" }),
      });
    }
  }

  /** A cell is stale at once, those below it soon: what follows in time never looks stale. @param {Cell} cell */
  #weigh(cell) {
    const { page } = cell;
    cell.stale = isOutdated(cell) || this.#reads(cell).some(({ stale }) => stale);
    const settle = () => this.#settle(page);
    if (!this.#unsettled.has(page)) this.#unsettled.set(page, setTimeout(settle, limits.stale));
  }

  /** @param {string} page */
  #settle(page) {
    clearTimeout(this.#unsettled.get(page));
    this.#unsettled.delete(page);
    for (const cell of this.cells(page)) {
      const stale = isOutdated(cell) || this.above(cell).some(isOutdated);
      if (cell.stale !== stale) this.#tell("cell", Object.assign(cell, { stale }));
    }
  }

  /** @param {string} page */
  #graph(page) {
    let parents = this.#parents.get(page);
    if (parents === undefined) this.#parents.set(page, (parents = parentsOf(this.cells(page))));
    return parents;
  }

  /** @param {Cell} cell */
  #reads(cell) {
    return this.#graph(cell.page).get(cell) ?? [];
  }

  /** The cells that a cell reads from, near and far, as far as is known. @param {Cell} cell */
  above(cell) {
    return above(this.#graph(cell.page), cell);
  }

  /** The cells that read from a cell, near and far, as far as is known. @param {Cell} cell */
  below(cell) {
    return below(this.#graph(cell.page), cell);
  }

  /** @param {string} page @param {Record<string, Value>} values */
  compute(page, values) {
    Object.assign(this.page(page).values, values);
    this.#tell("values", page);
  }
}

/** @param {string} page @param {string} id @param {string} title @param {Program} program @returns {Cell} */
function asBuilt(page, id, title, program) {
  return {
    page,
    id,
    title,
    built: program,
    source: program.source,
    ran: program.source,
    outputs: program.outputs,
    state: "static",
    progress: "",
    behind: false,
    stale: false,
    foreign: false,
    isBack: false,
    offers: [],
    undo: undefined,
    trouble: undefined,
    runs: 0,
    milliseconds: 0,
    defines: program.defines,
    reads: program.reads,
    parameters: program.parameters,
    broken: [],
    fell: undefined,
    blamed: undefined,
  };
}
