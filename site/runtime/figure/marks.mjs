/**
 * Lines of code that something else on the page points at. They are marked by bands over the code, which has the same
 * measures before and after the editor has come, and they follow what is typed.
 */

import { kernel } from "../state/kernel.mjs";

/** @typedef {{page: string, cell: string, code: string}} Mark */

/** @type {Set<Mark>} */
const marks = new Set();

kernel.addEventListener("cell", (event) => {
  const { page, id } = /** @type {CustomEvent<{page: string, id: string}>} */ (event).detail;
  if ([...marks].some((mark) => mark.page === page && mark.cell === id)) show(page, id);
});

/**
 * Marks the lines of a cell that contain a piece of code.
 *
 * @param {string} page
 * @param {string | null | undefined} cell
 * @param {string | null | undefined} code
 * @returns {{lines: number[], release: () => void}} the lines as they are now, and what takes the mark away
 */
export function markLines(page, cell, code) {
  if (!cell || !code) return { lines: [], release: () => {} };
  const mark = { page, cell, code };
  marks.add(mark);
  const release = () => {
    marks.delete(mark);
    show(page, cell);
  };
  show(page, cell);
  return { lines: linesOf(mark), release };
}

/** @param {Mark} mark */
function linesOf({ page, cell, code }) {
  const lines = (kernel.page(page).cells.get(cell)?.source ?? "").split("\n");
  return lines.flatMap((line, i) => (line.includes(code) ? [i + 1] : []));
}

/** @param {string} page @param {string} cell */
function show(page, cell) {
  const part = document.querySelector(`py-cell[page="${CSS.escape(page)}"]#${CSS.escape(cell)} [data-part="code"]`);
  if (part === null) return;
  const own = [...marks].filter((mark) => mark.page === page && mark.cell === cell);
  const lines = [...new Set(own.flatMap(linesOf))];
  const bands = /** @type {HTMLElement[]} */ ([...part.querySelectorAll(':scope > [data-part="pointed-at"]')]);
  for (const band of bands.splice(lines.length)) band.remove();
  lines.forEach((line, i) => {
    const band = bands[i] ?? part.appendChild(document.createElement("span"));
    band.dataset.part = "pointed-at";
    band.style.setProperty("--line-number", String(line));
  });
}
