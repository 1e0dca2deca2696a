/** Bands over lines of code, which may be of several rows: that of an error, and what something points at. */

/** @typedef {{top: number, height: number}} Place  in pixels, from the top of the code */

/** @param {HTMLElement} band @param {Place | undefined} place  undefined for a line that is not in sight */
export function placeBand(band, place) {
  band.hidden = place === undefined;
  if (place === undefined) return;
  band.style.top = `${place.top}px`;
  band.style.height = `${place.height}px`;
}

/**
 * @param {Element} part  `[data-part="code"]`
 * @param {number[]} lines
 * @param {(line: number) => Place | undefined} placeOf
 */
export function showBands(part, lines, placeOf) {
  const bands = /** @type {HTMLElement[]} */ ([...part.querySelectorAll(':scope > [data-part="pointed-at"]')]);
  for (const band of bands.splice(lines.length)) band.remove();
  lines.forEach((line, i) => {
    const band = bands[i] ?? part.appendChild(document.createElement("span"));
    Object.assign(band.dataset, { part: "pointed-at", line });
    placeBand(band, placeOf(line));
  });
}

/**
 * Where a line of a listing is.
 * @param {HTMLElement} text @param {number} line  from 1 on @param {Element} part
 * @returns {Place | undefined}
 */
export function lineIn(text, line, part) {
  const lines = (text.textContent ?? "").split("\n");
  if (line < 1 || line > lines.length) return undefined;
  const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  const range = rangeIn(text, from, from + Math.max(lines[line - 1].length, 1)); // an empty line has its end
  const folded = '[data-part="code"]:not([data-open]) [data-part="folded"]';
  if (!range || range.startContainer.parentElement?.closest(folded)) return undefined;
  const { top, height } = range.getBoundingClientRect();
  return { top: top - part.getBoundingClientRect().top, height };
}

/**
 * Characters of a listing; undefined if there are none.
 * @param {HTMLElement} text @param {number} from @param {number} to
 */
export function rangeIn(text, from, to) {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  /** @type {Range | undefined} */
  let range;
  let at = 0;
  for (let node = walker.nextNode(); node && at < to; node = walker.nextNode()) {
    const { length } = /** @type {Text} */ (node).data;
    if (!range && at + length > from) {
      range = document.createRange();
      range.setStart(node, from - at);
    }
    range?.setEnd(node, Math.min(to - at, length));
    at += length;
  }
  return range;
}
