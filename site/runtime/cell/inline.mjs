/** Numbers in prose: `<span data-expr="…">` shows what the page's code makes of the expression now. */

import { kernel } from "../state/kernel.mjs";
import { watchSight } from "./sight.mjs";

/** @param {string} page @returns {HTMLElement[]} */
const spansOf = (page) => [...document.querySelectorAll(`[data-expr][page="${CSS.escape(page)}"]`)].map((span) => /** @type {HTMLElement} */ (span));

/** @param {string} page */
function show(page) {
  const { values } = kernel.page(page);
  for (const span of spansOf(page)) {
    const value = values[span.dataset.expr ?? ""];
    if (value === undefined) continue;
    const text = "text" in value ? value.text : "–";
    if (span.textContent !== text) span.textContent = text;
    if ("error" in value) span.title = value.error;
    else span.removeAttribute("title");
  }
}

/** Registers a page's expressions when its cells attach, and keeps the numbers up to date. */
export function followNumbers() {
  kernel.addEventListener("attach", (event) => {
    const page = /** @type {CustomEvent<string>} */ (event).detail;
    for (const span of spansOf(page)) {
      kernel.page(page).expressions.add(span.dataset.expr ?? "");
      watchSight(span, page, { expression: span.dataset.expr });
    }
    show(page);
  });
  kernel.addEventListener("values", (event) => show(/** @type {CustomEvent<string>} */ (event).detail));
}
