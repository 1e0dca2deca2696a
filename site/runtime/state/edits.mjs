/** What the reader types: taken over, kept in the browser, brought back, undone, and held against other texts. */

import { limits } from "../config.mjs";
import { valuesOf, withValues } from "./parameters.mjs";
import { versionOf } from "./storage.mjs";
import { say } from "../words/say.mjs";

/** @import { Cell, Pages } from "./pages.mjs" */
/** @import { Edit } from "./link.mjs" */
/** @import { Kept, Offer, Store, Trouble } from "./storage.mjs" */

/** What a link has of a cell. @param {Record<string, Edit>} edits @param {Cell} cell */
function sourceIn(edits, { id, title, built: { source, parameters } }) {
  const edit = Object.hasOwn(edits, id) ? edits[id] : source;
  const made = typeof edit === "string" ? edit : withValues(source, edit, parameters);
  if (made === undefined) throw new Error(say("“{title}” has no control that could be set so", { title }));
  return made;
}

export class Edits {
  #pages;
  #store;
  /** Cells whose edits are about to be kept. @type {Map<Cell, number>} */
  #unkept = new Map();

  /** @param {Pages} pages @param {Store} store */
  constructor(pages, store) {
    this.#pages = pages;
    this.#store = store;
    store.addEventListener("edit", (event) => this.#elsewhere(/** @type {CustomEvent} */ (event).detail));
    globalThis.addEventListener?.("pagehide", () => this.#keepAll());
    globalThis.document?.addEventListener("visibilitychange", () => document.hidden && this.#keepAll());
  }

  /** What the reader changed on a page. @param {string} page @returns {Record<string, string>} */
  of(page) {
    const edited = this.#pages.cells(page).filter((cell) => cell.source !== cell.built.source);
    return Object.fromEntries(edited.map((cell) => [cell.id, cell.source]));
  }

  /** What was kept of a cell; an edit of an older page waits for the reader's word. @param {Cell} cell */
  recall(cell) {
    const kept = this.#store.edit(cell.page, cell.id);
    if (kept === undefined) return;
    const { source } = kept;
    let { offers } = kept;
    const isEdit = source !== null && source !== cell.source;
    const isBack = isEdit && kept.built === versionOf(cell.built.source);
    if (isEdit && !isBack) offers = [{ why: "page", source }, ...offers];
    const now = isBack ? source : cell.source;
    this.#pages.change(cell, { source: now, isBack, offers: offers.filter((offer) => offer.source !== now) });
  }

  /** New text for a cell. @param {Cell} cell @param {string} source */
  edit(cell, source) {
    if (cell.source === source) return;
    this.#write(cell, source);
    this.#keep(cell);
  }

  /** Text that was typed before what was kept came back: that is not lost. @param {Cell} cell @param {string} source */
  overtake(cell, source) {
    if (cell.isBack) cell.offers = [{ why: "visit", source: cell.source }, ...cell.offers];
    this.edit(cell, source);
  }

  /** @param {Cell} cell @param {string} source */
  #write(cell, source) {
    const offers = cell.offers.filter((offer) => offer.source !== source);
    this.#pages.change(cell, { source, undo: undefined, isBack: false, offers });
  }

  /** Back to the cell as it was built. @param {Cell} cell */
  reset(cell) {
    const { source, built, undo } = cell;
    Object.assign(cell, { foreign: false, parameters: built.parameters, broken: [] });
    this.#write(cell, built.source);
    this.#keep(cell);
    this.#pages.change(cell, { undo: source === built.source ? undo : source }); // a second Reset takes nothing away
  }

  /** Back to before Reset, or to before another text was taken. @param {Cell} cell */
  undo(cell) {
    if (cell.undo !== undefined) this.edit(cell, cell.undo);
  }

  /** Nothing of what the reader typed stays in this browser, on no page. The cells in sight can be had back by Undo. */
  forget() {
    for (const timer of this.#unkept.values()) clearTimeout(timer);
    this.#unkept.clear();
    this.#store.forgetEdits();
    const cells = this.#pages.names().flatMap((page) => this.#pages.cells(page));
    const edited = cells.filter((cell) => cell.source !== cell.built.source);
    for (const cell of cells) this.#pages.change(cell, { offers: [] });
    for (const cell of edited) this.reset(cell);
    return edited;
  }

  /**
   * A page as a link has it. The reader's own edits stay kept and are offered.
   * @param {string} page @param {Record<string, Edit>} edits
   * @returns {Cell[]} those of which it sets no more than the controls do: numbers are nobody's code
   * @throws {Error} saying what it sets and cannot
   */
  adopt(page, edits) {
    const sources = new Map(this.#pages.cells(page).map((cell) => [cell, sourceIn(edits, cell)]));
    this.#keepAll();
    const set = [];
    for (const [cell, source] of sources) {
      if (cell.source === source) continue;
      if (cell.source !== cell.built.source && !cell.foreign)
        cell.offers = [{ why: "own", source: cell.source }, ...cell.offers];
      const isAsBuilt = source === cell.built.source;
      const isPreset = !isAsBuilt && valuesOf(cell.built.source, source, cell.built.parameters) !== undefined;
      cell.foreign = !isAsBuilt && !isPreset;
      this.#write(cell, source);
      if (!isPreset) continue;
      this.#keep(cell);
      set.push(cell);
    }
    return set;
  }

  /** Whether there is code on a page that came with a link and that nobody has agreed to. @param {string} page */
  hasForeign(page) {
    return this.#pages.cells(page).some(({ foreign }) => foreign);
  }

  /** The reader has agreed to what a cell has from a link. @param {Cell} cell */
  agree(cell) {
    if (!cell.foreign) return;
    this.#keep(cell);
    this.#pages.change(cell, { foreign: false });
  }

  /** The reader wants the offered text; Undo brings the other back. @param {Cell} cell @param {Offer} offer */
  take(cell, offer) {
    const { source } = cell;
    cell.foreign = false;
    this.#write(cell, offer.source);
    this.#keep(cell);
    this.#pages.change(cell, { undo: source });
  }

  /** The reader does not want the offered text. @param {Cell} cell @param {Offer} offer */
  leave(cell, offer) {
    cell.offers = cell.offers.filter((other) => other !== offer);
    this.#keepNow(cell);
    this.#pages.change(cell);
  }

  /** Keeps a cell's edit, soon: at most once in `limits.keep`. @param {Cell} cell */
  #keep(cell) {
    const keep = () => this.#keepNow(cell);
    if (!this.#unkept.has(cell)) this.#unkept.set(cell, setTimeout(keep, limits.keep));
  }

  /** @param {Cell} cell */
  #keepNow(cell) {
    clearTimeout(this.#unkept.get(cell));
    this.#unkept.delete(cell);
    const { page, id, built } = cell;
    const listen = (/** @type {Event} */ event) => {
      this.#pages.change(cell, { trouble: /** @type {CustomEvent<Trouble>} */ (event).detail });
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

  /**
   * Another tab has kept another text of a cell: it is offered, and takes the place of nothing.
   * @param {{page: string, id: string, kept: Kept | undefined}} change
   */
  #elsewhere({ page, id, kept }) {
    const cell = this.#pages.page(page).cells.get(id);
    if (cell === undefined) return;
    const source = kept?.source ?? cell.built.source;
    const why = cell.foreign ? "own" : "tab";
    const offers = cell.offers.filter((offer) => offer.why !== why && offer.source !== source);
    if (source !== cell.source) offers.unshift({ why, source });
    this.#pages.change(cell, { offers });
  }
}
