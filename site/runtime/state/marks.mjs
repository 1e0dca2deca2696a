/** Lines of code that something on the page points at: by what they contain, so that they follow what is typed. */

/** @import { Tell } from "../python/life.mjs" */
/** @import { Pages } from "./pages.mjs" */

/** @typedef {{page: string, cell: string, code: string}} Mark */

export class Marks {
  #pages;
  #tell;
  /** @type {Set<Mark>} */
  #marks = new Set();

  /** @param {Pages} pages @param {Tell} tell */
  constructor(pages, tell) {
    this.#pages = pages;
    this.#tell = tell;
  }

  /**
   * Marks the lines of a cell that contain a piece of code.
   * @param {string} page @param {string | null | undefined} cell @param {string | null | undefined} code
   * @returns {{lines: number[], release: () => void}} the lines as they are now, and what takes the mark away
   */
  mark(page, cell, code) {
    if (!cell || !code) return { lines: [], release: () => {} };
    const mark = { page, cell, code };
    this.#marks.add(mark);
    const told = () => this.#tell("marks", { page, id: cell });
    told();
    const release = () => {
      this.#marks.delete(mark);
      told();
    };
    return { lines: this.#linesOf(mark), release };
  }

  /** All marked lines of a cell. @param {string} page @param {string} cell */
  lines(page, cell) {
    const own = [...this.#marks].filter((mark) => mark.page === page && mark.cell === cell);
    return [...new Set(own.flatMap((mark) => this.#linesOf(mark)))];
  }

  /** @param {Mark} mark */
  #linesOf({ page, cell, code }) {
    const lines = (this.#pages.page(page).cells.get(cell)?.source ?? "").split("\n");
    return lines.flatMap((line, i) => (line.includes(code) ? [i + 1] : []));
  }
}
