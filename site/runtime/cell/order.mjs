/** The order of a cell's parts: keys and screen readers go through them as the eye does, at every width. */

/** Where code fills the screen (css/cell-places.css), what a control does stands right below it, and then the code. */
const NARROW = matchMedia("(max-width: 44.98em)");

/** @param {HTMLElement} cell @param {AbortSignal} signal  the end of its stay */
export function keepOrder(cell, signal) {
  NARROW.addEventListener("change", () => arrange(cell), { signal });
  arrange(cell);
}

/** @param {HTMLElement} cell */
function arrange(cell) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (cell.querySelector(`[data-part="${name}"]`));
  const [output, error, bar, code] = ["output", "error", "bar", "code"].map(part);
  const isAbove = NARROW.matches && part("controls") !== null;
  const whole = code.closest('[data-part="fold"]') ?? code;
  if (isAbove === (error.nextElementSibling === whole)) return;
  const { activeElement } = document;
  if (isAbove) whole.before(output, error);
  else bar.after(output, error);
  if (cell.contains(activeElement)) /** @type {HTMLElement} */ (activeElement).focus({ preventScroll: true });
}

/** What came of a run: it may stand above. @param {HTMLElement[]} parts  the first that has something counts */
export function bringIntoSight(parts) {
  const part = parts.find(({ offsetHeight }) => offsetHeight > 0);
  const bar = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
  if (part && part.getBoundingClientRect().top < bar) part.scrollIntoView({ block: "start" });
}
