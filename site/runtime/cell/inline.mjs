/** Numbers in prose: `<span data-expr="…">` shows what the page's code makes of the expression now. */

import { inProse } from "../words/prose.mjs";

/** @import { Kernel } from "../state/kernel.mjs" */
/** @import { Given } from "./given.mjs" */

/** @param {string} page @returns {HTMLElement[]} */
const spansOf = (page) =>
  [...document.querySelectorAll(`[data-expr][page="${CSS.escape(page)}"]`)].map(
    (span) => /** @type {HTMLElement} */ (span),
  );

/** A hyphen before a number is a minus, in both hosts: see py/cells/build/render.py. */
const MINUS = /(?<![\w.)\]])-(?=\.?\d)/g;

/** @param {Kernel} kernel @param {string} page */
function show(kernel, page) {
  const { values } = kernel.page(page);
  for (const span of spansOf(page)) {
    const value = values[span.dataset.expr ?? ""];
    if (value === undefined) continue;
    const text = "text" in value ? inProse(value.text.replace(MINUS, "−")) : "–";
    if (span.textContent !== text) span.textContent = text;
    if ("error" in value) span.title = value.error;
    else span.removeAttribute("title");
  }
}

/** Registers a page's expressions when its cells attach, and keeps the numbers up to date. @param {Given} given */
export function followNumbers({ kernel, sight }) {
  kernel.addEventListener("attach", (event) => {
    const page = /** @type {CustomEvent<string>} */ (event).detail;
    for (const span of spansOf(page)) {
      kernel.page(page).expressions.add(span.dataset.expr ?? "");
      sight.watch(span, page, { expression: span.dataset.expr });
    }
    show(kernel, page);
  });
  kernel.addEventListener("values", (event) => show(kernel, /** @type {CustomEvent<string>} */ (event).detail));
}
