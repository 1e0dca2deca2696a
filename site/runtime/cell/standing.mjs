/**
 * Where a cell stands, in the line above its code: words, how far Python is, the way back from Reset, and Stop beside
 * it. While a control moves, the words of the last result stay and the output keeps its height.
 */

import { limits } from "../config.mjs";
import { makeButton } from "../page/button.mjs";
import { isAtWork } from "../state/pages.mjs";
import { progressBar, words } from "./status.mjs";
import { say } from "../words/say.mjs";

/** @import { Cell } from "../state/pages.mjs" */
/** @import { Kernel } from "../state/kernel.mjs" */

/**
 * @typedef {object} Place  the cell's element
 * @property {(name: string) => HTMLElement} part
 * @property {(name: string) => HTMLElement | null} find  a part that may not be there
 * @property {(name: string) => HTMLElement} action  a button
 * @property {() => HTMLElement} main  the button that does what the cell is for
 * @property {(part: Element, nodes: Node[]) => void} replace  what stands in a part, and the focus stays in the cell
 * @property {(line: number) => void} goTo
 * @property {(cell: Cell, opening: string) => void} follow  tells what comes of an act
 */

/** @param {HTMLElement} button */
const focus = (button) => button.focus({ preventScroll: true });

export class Standing {
  #place;
  #kernel;
  /** Words that stand in for the status until something happens. */
  #note = "";
  /** @type {HTMLElement | undefined} */
  #undo;
  /** Whether the focus went from Reset to the main button. */
  #isHandedOn = false;
  /** Until the control rests. */
  #settling = 0;
  /** Until Stop is shown. */
  #patience = 0;
  /** Until a waiting cell names the one that runs. */
  #naming = 0;

  /** @param {Place} place @param {Kernel} kernel */
  constructor(place, kernel) {
    this.#place = place;
    this.#kernel = kernel;
  }

  /** @param {Cell} cell */
  show(cell) {
    this.#showStatus(cell);
    this.#showUndo(cell);
    this.#showStop(cell);
  }

  /** @param {Cell} cell @param {string} note  "" is none: something has happened */
  note(cell, note) {
    this.#note = note;
    if (note) this.#showStatus(cell);
  }

  /** Python has come nearer. @param {Cell} cell */
  progress(cell) {
    if (isAtWork(cell)) this.#showStatus(cell);
  }

  /** A control moves. @param {Cell} cell */
  hush(cell) {
    const output = this.#place.part("output");
    if (this.#settling === 0) output.style.minHeight = `${output.getBoundingClientRect().height}px`;
    clearTimeout(this.#settling);
    const settle = () => {
      if (isAtWork(cell)) return void (this.#settling = setTimeout(settle, limits.settle));
      this.#settling = 0;
      output.style.minHeight = "";
      this.#showStatus(cell);
    };
    this.#settling = setTimeout(settle, limits.settle);
  }

  /** The element leaves its place. */
  leave() {
    clearTimeout(this.#patience);
    this.#patience = 0;
  }

  /** And does not come back. */
  end() {
    clearTimeout(this.#settling);
    this.#settling = 0;
  }

  /** @param {Cell} cell */
  #showStatus(cell) {
    const status = this.#place.part("status");
    const isQuick = cell.state === "queued" || cell.state === "running";
    // What lasts no longer than a blink is not said: a screen reader that is flooded (Orca by 50 changes) loses words.
    if (isQuick && (this.#settling !== 0 || this.#place.action("stop").hidden)) return;
    const text = this.#note || words(cell, this.#kernel);
    if (cell.state === "loading") {
      const nodes = [progressBar(this.#kernel.python), new Text(` ${text}`)];
      // a picture takes Python's time
      const isShown = nodes.every((node, i) => status.childNodes[i]?.isEqualNode(node));
      if (!isShown) this.#place.replace(status, nodes);
    } else if (status.textContent !== text || status.childElementCount > 0)
      this.#place.replace(status, [new Text(text)]);
  }

  /** A waiting cell names the one that runs, if that takes long: not at each step. @param {Cell} cell */
  nameLater(cell) {
    clearTimeout(this.#naming);
    this.#naming = setTimeout(() => cell.state === "queued" && this.#showStatus(cell), limits.settle);
  }

  /** The way back from Reset stands where that was, until something is typed. @param {Cell} cell */
  #showUndo(cell) {
    const reset = this.#place.action("reset");
    const isWanted = cell.undo !== undefined;
    const { activeElement } = document;
    if (activeElement === reset && !isWanted && cell.source === cell.built.source) {
      focus(this.#place.main()); // it goes; Undo comes in a moment
      this.#isHandedOn = true;
    }
    if (isWanted === (this.#undo !== undefined)) return;
    reset.hidden = isWanted;
    if (this.#undo) {
      this.#undo.remove();
      if (activeElement === this.#undo) focus(reset); // which it took back
      this.#undo = undefined;
      return;
    }
    this.#undo = makeButton(say("Undo"), "undo", () => {
      this.#kernel.undo(cell);
      this.#place.follow(cell, say("Yours is back."));
    });
    this.#undo.setAttribute("aria-label", say("Undo the reset: {title}", { title: cell.title }));
    reset.after(this.#undo);
    if (activeElement === reset || (this.#isHandedOn && activeElement === this.#place.main())) focus(this.#undo);
    this.#isHandedOn = false;
  }

  /** Stop comes when there is something to wait for, not at every step of a slider. @param {Cell} cell */
  #showStop(cell) {
    const stop = this.#place.action("stop");
    if (!isAtWork(cell)) {
      this.leave();
      if (document.activeElement === stop) focus(this.#place.main());
      if (!stop.hidden) stop.hidden = true; // said again, it would be styled again
    } else if (stop.hidden) {
      this.#patience ||= setTimeout(() => {
        stop.hidden = false;
        this.#showStatus(cell);
      }, limits.flash);
    }
  }
}
