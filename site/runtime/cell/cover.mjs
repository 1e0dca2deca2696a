/** A cell whose output waits until the prediction above it has been made, or its reader wants to see it anyway. */

import { guesses } from "../state/guesses.mjs";

/** What was wanted on this visit without a guess, by prediction. @type {Set<string>} */
const wanted = new Set();

/** The style covers what is not `told`. @param {HTMLElement} cell @param {AbortSignal} signal */
export function keepCovered(cell, signal) {
  const [after, page] = [cell.getAttribute("after"), cell.getAttribute("page") ?? ""];
  if (after === null) return;
  const show = () => cell.toggleAttribute("told", wanted.has(after) || guesses.said(page, after) !== undefined);
  const want = () => {
    wanted.add(after);
    for (const other of document.querySelectorAll(`py-cell[after="${after}"]`)) other.toggleAttribute("told", true);
  };
  cell.addEventListener("cell-edit", want, { signal });
  cell.addEventListener(
    "click",
    ({ target }) => {
      const action = /** @type {Element} */ (target).closest("[data-action]")?.getAttribute("data-action");
      if (action === "run" || action === "uncover") want();
      if (action !== "uncover") return;
      guesses.waive(after);
      /** @type {HTMLElement | null} */ (cell.querySelector('[data-part="output"]'))?.focus({ preventScroll: true });
    },
    { signal },
  );
  guesses.addEventListener("change", show, { signal });
  if (new URLSearchParams(location.search).get("start") === cell.id) want();
  show();
}
