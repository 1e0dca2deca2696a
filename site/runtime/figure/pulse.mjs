/**
 * A pulse that runs along the edges of a drawing, layer by layer: numbers go down, slopes come back up. The drawing
 * says by names what its edges are (`edge 2 …`) and what has run along them by then (`flow 7 1 2 3 -3`: at step 7 the
 * first, second and third, and the third back). It shows its last state from the first moment on, below the pulse.
 */

import { svg } from "../page/make.mjs";

/** Milliseconds along the edges of one layer. */
const LAYER = 240;
/** Milliseconds between two looks whether the hand has let go. */
const LOOK = 100;
const HELD = 'input[type="range"]:active, [data-dragging]';

/** @typedef {{step: string, ways: number[]}} Flow */

/** @param {SVGSVGElement | null} svg @returns {Flow | undefined} */
export function flowOf(svg) {
  const name = svg?.querySelector(':scope > [data-name^="flow "]')?.getAttribute("data-name");
  if (!name) return undefined;
  const [, step, ...ways] = name.split(" ");
  return { step, ways: ways.map(Number) };
}

/**
 * What is to run, nothing twice on end: at a later step what it adds, at the same one all of it.
 * @param {Flow} before @param {Flow} now
 */
export function toRun(before, now) {
  const known = before.step === now.step ? 0 : before.ways.length;
  return now.ways.slice(known).filter((way, i, ways) => way !== ways[i - 1]);
}

export class Pulse {
  /** @type {SVGGElement | undefined} */
  #shown;
  #waiting = 0;

  /** Runs once nothing is dragged. @param {SVGSVGElement} svg @param {Flow | undefined} before */
  run(svg, before) {
    this.stop();
    const now = flowOf(svg);
    if (!before || !now || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const ways = toRun(before, now);
    if (ways.length > 0) this.#await(svg, ways);
  }

  stop() {
    clearTimeout(this.#waiting);
    this.#shown?.remove();
    this.#shown = undefined;
  }

  /** @param {SVGSVGElement} svg @param {number[]} ways */
  #await(svg, ways) {
    if (document.querySelector(HELD)) this.#waiting = setTimeout(() => this.#await(svg, ways), LOOK);
    else this.#begin(svg, ways);
  }

  /** @param {SVGSVGElement} drawing @param {number[]} ways */
  #begin(drawing, ways) {
    const group = (this.#shown = svg("g", { "data-name": "pulse", "aria-hidden": true }));
    drawing.querySelector('[data-name="edges"]')?.after(group);
    const runs = ways.flatMap((way, i) =>
      [...drawing.querySelectorAll(`[data-name^="edge ${Math.abs(way)} "]`)].map((edge) => dot(group, edge, way, i)),
    );
    void Promise.allSettled(runs.map(({ finished }) => finished)).then(() => group.remove());
  }
}

/**
 * One dot along one edge, in its turn.
 * @param {SVGGElement} group @param {Element} edge @param {number} way @param {number} turn
 */
function dot(group, edge, way, turn) {
  const fill = `var(--${way > 0 ? "ink" : "surface"})`; // a slope is hollow
  const circle = svg("circle", { r: 5, opacity: 0, fill, stroke: "var(--ink)", "stroke-width": 2 });
  group.append(circle);
  const ends = [1, 2].map((end) => `translate(${edge.getAttribute(`x${end}`)}px, ${edge.getAttribute(`y${end}`)}px)`);
  const [from, to] = way > 0 ? ends : ends.reverse();
  const frames = [
    { transform: from, opacity: 1 },
    { transform: to, opacity: 1 },
  ];
  return circle.animate(frames, { duration: LAYER, delay: turn * LAYER, easing: "ease-in-out" });
}
