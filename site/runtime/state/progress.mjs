/** Which exercises the reader has solved; shown wherever a page counts them. */

import { ByPage } from "./by-page.mjs";
import { counted, say } from "../words/say.mjs";

/**
 * @typedef {object} Solved  what is kept of a page
 * @property {string[]} solved  ids of exercises
 * @property {number} of  how many the page had when one was solved last
 */

/** @extends {ByPage<Solved>} */
class Progress extends ByPage {
  constructor() {
    super("progress", (kept, here) => {
      const isOurs = Array.isArray(kept?.solved) && Number.isInteger(kept.of);
      const own = isOurs ? kept.solved.filter((/** @type {unknown} */ id) => typeof id === "string") : [];
      return { solved: [...new Set([...own, ...(here?.solved ?? [])])], of: here?.of ?? (isOurs ? kept.of : 0) };
    });
  }

  /** @param {string} page @param {string} id */
  isSolved(page, id) {
    return this.of(page).solved.includes(id);
  }

  /** @param {string} page @param {string} id @param {number} of @returns {boolean} whether it outlasts the visit */
  solve(page, id, of) {
    return this.keep(page, { solved: [...new Set([...this.of(page).solved, id])], of });
  }
}

/** There is one, as there is one kernel. */
export const progress = new Progress();

/** @param {number} solved @param {number} of */
const words = (solved, of) =>
  solved === of
    ? counted(of, "1 exercise solved", "All {count} exercises solved")
    : say("{solved} of {of} exercises solved", { solved, of });

/**
 * `[data-exercises]` is a chapter's own count, as built; `[data-progress]`, elsewhere, is empty until there is one;
 * `[data-station]` is a chapter's place on the way, with words for who does not see how full it is.
 */
function show() {
  for (const node of document.querySelectorAll("[data-exercises]")) {
    const ids = (node.getAttribute("data-exercises") ?? "").split(" ");
    const { solved } = progress.of(node.getAttribute("page") ?? "");
    const count = ids.filter((id) => solved.includes(id)).length;
    const text = count > 0 ? words(count, ids.length) : counted(ids.length, "1 exercise", "{count} exercises");
    node.toggleAttribute("data-all", count === ids.length);
    const link = node.querySelector("a");
    if (link && link.textContent !== text) link.textContent = text;
  }
  for (const node of document.querySelectorAll("[data-progress]")) {
    const { solved, of } = progress.of(node.getAttribute("data-progress") ?? "");
    node.textContent = solved.length > 0 && of > 0 ? words(Math.min(solved.length, of), of) : "";
  }
  for (const node of document.querySelectorAll("[data-station]")) {
    const { solved, of } = progress.of(node.getAttribute("data-station") ?? "");
    const state = of > 0 && solved.length >= of ? "all" : solved.length > 0 ? "some" : "none";
    node.setAttribute("data-solved", state);
    const said = node.querySelector(".station-state");
    if (said) said.textContent = { all: say(", solved"), some: say(", begun"), none: "" }[state];
  }
}

/** Every count in the page, kept right. */
export const showProgress = () => progress.follow(show);
