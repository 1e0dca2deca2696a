/** The pages of a visit and their cells: what each is like now. Whoever changes a cell tells it here. */

/** @import { Names, Output, Parameter, Value } from "./protocol.mjs" */
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
 * @typedef {object} Page
 * @property {Map<string, Cell>} cells
 * @property {Set<string>} expressions
 * @property {Record<string, Value>} values  of the inline expressions, once they have been computed
 * @property {number} knownTo  the life of Python (`Life.number`) that knows it as it is; 0 is none
 * @property {Set<string>} wanted  cells to run that no posted run covers yet
 *
 * @typedef {(type: string, detail?: unknown) => void} Tell  makes an event of the kernel
 */

export class Pages {
  #tell;
  /** @type {Map<string, Page>} */
  #pages = new Map();
  /** Pages whose cells are attaching. @type {Set<string>} */
  #arrived = new Set();

  /** @param {Tell} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  /** @param {string} name @returns {Page} */
  page(name) {
    let page = this.#pages.get(name);
    if (page === undefined) {
      page = { cells: new Map(), expressions: new Set(), values: {}, knownTo: 0, wanted: new Set() };
      this.#pages.set(name, page);
    }
    return page;
  }

  /** @param {string} page @returns {Cell[]} */
  cells(page) {
    return [...this.page(page).cells.values()];
  }

  names() {
    return [...this.#pages.keys()];
  }

  /** A cell that has come: made when it is first seen, or when the site has another one in its place. @param {string} page @param {string} id @param {Program} program */
  attach(page, id, program) {
    const { cells } = this.page(page);
    const known = cells.get(id);
    const isNew = known === undefined || known.built.source !== program.source;
    const cell = isNew ? asBuilt(page, id, program) : known;
    if (isNew) {
      cells.set(id, cell);
      this.page(page).knownTo = 0;
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
      this.#tell("attach", page);
    });
  }

  /** @param {Cell} cell @param {Partial<Cell>} [news] */
  change(cell, news = {}) {
    Object.assign(cell, news);
    this.#tell("cell", cell);
  }

  /** @param {string} page @param {Record<string, Value>} values */
  compute(page, values) {
    Object.assign(this.page(page).values, values);
    this.#tell("values", page);
  }
}

/** @param {string} page @param {string} id @param {Program} program @returns {Cell} */
function asBuilt(page, id, program) {
  return {
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
}
