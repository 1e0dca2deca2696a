/** Bands over lines of code that something on the page points at: code measures the same as text and in the editor. */

/** @param {Element} part  `[data-part="code"]` @param {number[]} lines */
export function showBands(part, lines) {
  const bands = /** @type {HTMLElement[]} */ ([...part.querySelectorAll(':scope > [data-part="pointed-at"]')]);
  for (const band of bands.splice(lines.length)) band.remove();
  lines.forEach((line, i) => {
    const band = bands[i] ?? part.appendChild(document.createElement("span"));
    band.dataset.part = "pointed-at";
    band.style.setProperty("--line-number", String(line));
  });
}
