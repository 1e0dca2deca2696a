/** What the reader has predicted, and which of it was right; shown wherever a page counts it. */

import { say } from "../words/say.mjs";
import { ByPage } from "./by-page.mjs";

/**
 * @typedef {object} Predicted  what is kept of a page
 * @property {Record<string, string>} said  by question
 * @property {Record<string, boolean>} right  by question, as it was judged when it was said
 */

/** @extends {ByPage<Predicted>} */
class Guesses extends ByPage {
  constructor() {
    super("guesses", (kept, here) => {
      const table = kept?.said ? kept : { said: kept }; // which was all, before the right ones were counted
      return {
        said: { ...ofType("string", table.said), ...here?.said },
        right: { ...ofType("boolean", table.right), ...here?.right },
      };
    });
  }

  /** @param {string} page @param {string} id @returns {string | undefined} */
  said(page, id) {
    return this.of(page).said[id];
  }

  /**
   * @param {string} page @param {string} id @param {string} guess @param {boolean} isRight
   * @returns {boolean} whether it outlasts the visit
   */
  make(page, id, guess, isRight) {
    const { said, right } = this.of(page);
    return this.keep(page, { said: { ...said, [id]: guess }, right: { ...right, [id]: isRight } });
  }

  /** Adds what was said elsewhere; what was said here stays. @param {string} page @param {Predicted} elsewhere */
  take(page, elsewhere) {
    const own = this.of(page);
    const isNew = (/** @type {[string, unknown]} */ [id]) => own.said[id] === undefined;
    const said = Object.entries(elsewhere.said).filter(isNew);
    const right = Object.entries(elsewhere.right).filter(isNew);
    this.keep(page, {
      said: { ...own.said, ...Object.fromEntries(said) },
      right: { ...own.right, ...Object.fromEntries(right) },
    });
    return said.length;
  }

  /** Somebody wants to be told without a guess: an event `waive` with the prediction's id. @param {string} id */
  waive(id) {
    this.dispatchEvent(new CustomEvent("waive", { detail: id }));
  }

  /**
   * How many of a page's were right; empty if none was made.
   * @param {string} page @param {Pick<Predicted, "right">} made  here, or by somebody else
   */
  count(page, made = this.of(page)) {
    const judged = Object.values(made.right);
    if (judged.length === 0) return "";
    const counts = { right: judged.filter(Boolean).length, made: judged.length };
    return say("{right} of {made} predicted right at first", counts);
  }
}

/** @param {string} type @param {unknown} table */
const ofType = (type, table) =>
  Object.fromEntries(Object.entries(table ?? {}).filter(([, one]) => typeof one === type));

/** Whether a reader may have predicted that on a page. @param {any} one @returns {one is Predicted} */
export function isPredicted(one) {
  if (![one, one?.said, one?.right].every(isTable)) return false;
  const ids = Object.keys(one.said);
  return (
    ids.every((id) => ID.test(id) && typeof one.said[id] === "string" && NUMBERS.test(one.said[id])) &&
    Object.entries(one.right).every(([id, is]) => ids.includes(id) && typeof is === "boolean")
  );
}

/** As the build names questions. */
const ID = /^guess-[0-9a-f]{8}$/;

/** Of boxes their places, of a number or a curve what a field may hold. */
const NUMBERS = /^[-+.\de ]{1,2000}$/i;

/** @param {unknown} one */
export const isTable = (one) => typeof one === "object" && one !== null && !Array.isArray(one);

/** There is one, as there is one kernel. */
export const guesses = new Guesses();

/** `[data-predicted]` is empty until there is something to count. */
function show() {
  for (const node of document.querySelectorAll("[data-predicted]")) {
    const words = guesses.count(node.getAttribute("data-predicted") ?? "");
    if (node.textContent !== words) node.textContent = words;
  }
}

/** Every count in the page, kept right. */
export const showGuesses = () => guesses.follow(show);
