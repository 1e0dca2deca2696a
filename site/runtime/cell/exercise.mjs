/** `<py-exercise>`: a cell with a blank, its check, hints one by one, and the solution. What runs, the cells run. */

import { announcer } from "../page/announcer.mjs";
import { CHECKING } from "../page/at-first.mjs";
import { buttonOf, partOf } from "../page/attributes.mjs";
import { GivenElement } from "./given.mjs";
import { progress } from "../state/progress.mjs";
import { FOLLOWS, errorOf } from "../state/faults.mjs";
import { media } from "../python/protocol.mjs";
import { titled } from "./status.mjs";
import { errorWords } from "./voice.mjs";
import { say } from "../words/say.mjs";

/** @import { PyCell } from "./cell.mjs" */
/** @import { Output } from "../python/protocol.mjs" */

export class PyExercise extends GivenElement {
  /** What is done to it needs no keeping any more: see `early.mjs`. */
  hears = false;
  #stay = new AbortController();
  /** Whether the reader has tried: asked for a check, or run a change. */
  #isTried = false;
  /** Checks that were asked for and have not come. */
  #asked = 0;
  /** Said once that trying first is better. */
  #isWarned = false;
  #hasSeenSolution = false;
  /** The reader's text from before the solution took its place. @type {string | undefined} */
  #own;

  connectedCallback() {
    const { signal } = (this.#stay = new AbortController());
    this.addEventListener("click", (event) => this.#click(/** @type {Element} */ (event.target)), { signal });
    this.addEventListener("cell-run", (event) => this.#ran(/** @type {CustomEvent} */ (event).detail.id), { signal });
    this.addEventListener("cell-edit", (event) => this.#edited(/** @type {CustomEvent} */ (event).detail), { signal });
    progress.addEventListener("change", () => this.#showSolved(), { signal });
    // Whoever looks at the buttons is about to press one, as with a cell's own parts.
    for (const intent of ["pointerdown", "focusin"])
      buttonOf(this, "check").addEventListener(intent, () => this.kernel.start(), { signal });
    this.#showHints();
    this.#showSolved();
    this.hears = true;
  }

  disconnectedCallback() {
    this.#stay.abort();
  }

  /** Runs the cell and its check, and says what came of it. */
  async check() {
    this.#isTried = true;
    this.#asked++;
    this.#say("none", "");
    partOf(this, "note").textContent = CHECKING;
    try {
      await Promise.all([this.#cell.run(), this.#check.run()]);
      this.#judge();
    } catch (error) {
      const isStopped = /** @type {Error} */ (error).name === "AbortError";
      this.#note(say(isStopped ? "Stopped: nothing was checked." : "Not checked: see what it says above the code."));
    } finally {
      this.#asked--;
    }
  }

  /** @returns {string} */
  get #id() {
    return this.getAttribute("for") ?? "";
  }

  /** @param {string} id @returns {PyCell} */
  #cellOf(id) {
    const cell = this.querySelector(`py-cell[id="${id}"]`);
    if (cell === null) throw new Error(`py-exercise "${this.#id}": no cell "${id}" in it`);
    return /** @type {PyCell} */ (cell);
  }

  get #cell() {
    return this.#cellOf(this.#id);
  }

  get #check() {
    return this.#cellOf(`${this.#id}-check`);
  }

  get #hints() {
    return /** @type {HTMLDetailsElement[]} */ ([...this.querySelectorAll("details.hint")]);
  }

  get #solution() {
    return (partOf(this, "answer").textContent ?? "").trimEnd();
  }

  /** @param {Element} target */
  #click(target) {
    switch (target.closest("[data-action]")?.getAttribute("data-action")) {
      case "check":
        return void this.check();
      case "hint":
        return this.#nextHint();
      case "solution":
        return this.#toggleSolution();
      case "put":
        return this.#put();
    }
  }

  /** A run of the check says how it stands; of the unchanged cell, only if asked for. @param {string} id */
  #ran(id) {
    if (id !== this.#check.id || this.#asked > 0) return;
    if (this.#cell.source === this.#cell.built.source) return this.#say("none", "");
    this.#isTried = true;
    this.#judge();
  }

  /** @param {{id: string, source: string}} edit */
  #edited({ id, source }) {
    if (id !== this.#id) return;
    this.#say("none", "");
    if (this.#own !== undefined && source.trimEnd() !== this.#solution) this.#showPut(undefined);
  }

  #judge() {
    const wrong = wordsOf(this.#id, this.#cell.outputs, this.#check.outputs);
    this.#print(printedIn(this.#check.outputs));
    if (wrong) return this.#say("wrong", wrong);
    if (this.#hasSeenSolution && this.#cell.source.trimEnd() === this.#solution) {
      return this.#say(
        "right",
        say("That is the solution, and it passes. Write it once yourself, from memory, and it counts."),
      );
    }
    const isNew = !progress.isSolved(this.#page, this.#id);
    const isKept = progress.solve(this.#page, this.#id, Number(this.getAttribute("of")));
    const praise = say(isNew ? "That is right. Well done!" : "That is right.");
    const lost = say("Your browser keeps nothing for this site, so it counts until you leave.");
    return this.#say("right", isKept ? praise : `${praise} ${lost}`);
  }

  get #page() {
    return this.getAttribute("page") ?? "";
  }

  /** @param {"right" | "wrong" | "none"} verdict @param {string} text */
  #say(verdict, text) {
    this.setAttribute("verdict", verdict);
    const part = partOf(this, "verdict");
    const isNews = this.#asked > 0 || part.textContent === ""; // not when another cell moves, and this one follows
    part.textContent = text;
    if (verdict === "none") this.#print("");
    partOf(this, "note").textContent = "";
    const error = this.#asked > 0 && text ? errorOf(this.#cell.outputs) : undefined;
    if (isNews) announcer.say(error ? `${text} ${errorWords(titled(error, this.kernel, this.#page))}` : text);
  }

  /** What the reader's code printed while it was checked. @param {string} text */
  #print(text) {
    const part = partOf(this, "printed");
    part.hidden = text === "";
    part.textContent = text;
  }

  /** What else there is to say, beside the buttons. @param {string} text */
  #note(text) {
    partOf(this, "note").textContent = text;
    announcer.say(text);
  }

  #showSolved() {
    const isSolved = progress.isSolved(this.#page, this.#id);
    this.toggleAttribute("solved", isSolved);
    partOf(this, "solved").hidden = !isSolved;
  }

  #nextHint() {
    const hints = this.#hints;
    const next = hints.findIndex((hint) => !hint.hasAttribute("data-shown"));
    if (next < 0) return;
    hints[next].toggleAttribute("data-shown", true);
    hints[next].open = true;
    this.#showHints();
    this.#note(say("Hint {number} of {of} stands below.", { number: next + 1, of: hints.length }));
  }

  #showHints() {
    const hints = this.#hints;
    const shown = hints.filter((hint) => hint.hasAttribute("data-shown")).length;
    const button = buttonOf(this, "hint");
    const isOver = shown === hints.length;
    button.textContent = isOver
      ? say("No more hints")
      : say("Hint {number} of {of}", { number: shown + 1, of: hints.length });
    button.setAttribute("aria-disabled", String(isOver)); // it keeps the focus that it may have
  }

  #toggleSolution() {
    const details = /** @type {HTMLDetailsElement} */ (partOf(this, "solution"));
    const isAsked = this.#isTried || this.#isWarned || this.hasAttribute("solved");
    if (!details.hasAttribute("data-shown") && !isAsked) {
      this.#isWarned = true;
      return this.#note(
        say(
          "Try it once first: a wrong answer teaches more than a read one. " +
            "If you would rather read it, press Show solution again.",
        ),
      );
    }
    const isShown = details.toggleAttribute("data-shown");
    details.open = isShown;
    this.#hasSeenSolution = true;
    const button = buttonOf(this, "solution");
    button.textContent = say(isShown ? "Hide solution" : "Show solution");
    button.setAttribute("aria-expanded", String(isShown));
    this.#note("");
  }

  /** The solution into the snippet, or the reader's own text back. */
  #put() {
    const own = this.#own;
    const cell = this.#cell;
    if (own === undefined) {
      const { source } = cell;
      cell.source = this.#solution;
      this.#showPut(source);
      this.#note(say("The solution stands in the snippet. Press Check to see it pass; Undo brings yours back."));
    } else {
      cell.source = own;
      this.#showPut(undefined);
      this.#note(say("Yours is back."));
    }
  }

  /** @param {string | undefined} own */
  #showPut(own) {
    this.#own = own;
    buttonOf(this, "put").textContent = say(own === undefined ? "Put it into the snippet" : "Undo");
  }
}

/**
 * What is wrong, in words; empty if nothing is.
 * @param {string} id  of the exercise
 * @param {Output[]} outputs  of the exercise's cell
 * @param {Output[]} said  by its check
 */
function wordsOf(id, outputs, said) {
  const error = errorOf(said);
  if (errorOf(outputs) || error?.name === FOLLOWS)
    return say(
      "Your code stopped with an error before it could be checked. " +
        "What it says stands above the code: mend that first.",
    );
  const isOwn = error?.traceback.includes(`cell "${id}", line `);
  if (error?.name === "NameError" && !isOwn)
    return `${error.message}. ${say("The check needs that name: define it, or press Reset.")}`;
  if (error) {
    const what = `${error.name}: ${error.message}`;
    return `${say("The check tried your code, and it stopped: {what}.", { what })} ${error.hint}`.trim();
  }
  // what a check comes to, apart from all that is printed meanwhile: `{passed, words}`
  const verdicts = said.flatMap((output) => ("data" in output && output.data[media.verdict]) || []);
  const wrong = verdicts.find(({ passed }) => passed !== true);
  if (wrong) return String(wrong.words) || say("An assert in your own code does not hold.");
  return verdicts.length > 0 ? "" : say("The check did not come to its end.");
}

/** @param {Output[]} outputs */
const printedIn = (outputs) => outputs.map((output) => (output.type === "stream" ? output.text : "")).join("");
