/** What a cell says in words beside its code: what went wrong, and whose text this is; written when it changes. */

import { announcer } from "../page/announcer.mjs";
import { make } from "../page/make.mjs";
import { errorOf } from "../state/faults.mjs";
import { brokenNotice, errorNotice, failureNotice, isFollowing, textNotice, titled } from "./status.mjs";

/** @import { Kernel } from "../state/kernel.mjs" */
/** @import { Cell } from "../state/pages.mjs" */
/** @import { Code } from "./code.mjs" */
/** @import { Place } from "./standing.mjs" */

export class Notes {
  #place;
  #code;
  #kernel;
  /** What is on show, to tell what has changed. */
  #error = "";
  #text = "";

  /** @param {Place} place @param {Code} code @param {Kernel} kernel */
  constructor(place, code, kernel) {
    this.#place = place;
    this.#code = code;
    this.#kernel = kernel;
  }

  /** @param {Cell} cell */
  show(cell) {
    this.#showError(cell);
    this.#showText(cell);
  }

  /** The error of the cell, or of the start that it waits for. @param {Cell} cell */
  #showError(cell) {
    const isHeldUp = this.#kernel.isHeldUp(cell);
    const error = errorOf(cell.outputs);
    const isCurrent = error && cell.source === cell.ran;
    const mark =
      isCurrent && error.line !== null ? { line: error.line, message: error.hint || error.message } : undefined;
    this.#code.mark(mark);
    const notice = isHeldUp ? this.#kernel.python.message : error ? JSON.stringify(error) : "";
    if (notice === this.#error) return;
    this.#error = notice;
    const nodes = isHeldUp
      ? failureNotice(this.#kernel.python.message, () => this.#kernel.start())
      : error
        ? errorNotice(titled(error, this.#kernel, cell.page), (line) => this.#place.goTo(line))
        : [];
    this.#place.part("error").toggleAttribute("data-follows", isFollowing(cell) && !isHeldUp);
    this.#place.replace(this.#place.part("error"), nodes);
  }

  /** Whose text this is, and what other there is; in a part that is made when it is needed. @param {Cell} cell */
  #showText(cell) {
    const others = cell.foreign ? this.#kernel.foreignWith(cell) : [];
    const broken = cell.source === cell.ran ? cell.broken : [];
    const isQuiet = !cell.trouble && !cell.foreign && cell.offers.length === 0 && broken.length === 0;
    const text = isQuiet
      ? ""
      : JSON.stringify([cell.trouble, cell.foreign, cell.source, cell.offers, broken, others.map(({ id }) => id)]);
    if (text === this.#text) return;
    this.#text = text;
    let part = this.#place.find("text");
    if (part === null) {
      part = make("div", { data: { part: "text" } });
      const code = this.#place.part("code");
      (code.closest('[data-part="fold"]') ?? code).before(part);
    }
    const notes = [
      ...brokenNotice(broken, (line) => this.#place.goTo(line)),
      ...textNotice(cell, others, this.#kernel),
    ];
    this.#place.replace(part, notes);
    // a link says so itself, and what was kept is no news
    const isOwn = !cell.foreign && (cell.runs > 0 || cell.trouble);
    const words = notes
      .filter((note) => note instanceof HTMLElement && note.dataset.error === "note")
      .map(({ textContent }) => textContent);
    if (isOwn) announcer.say(words.join(" "));
  }
}
