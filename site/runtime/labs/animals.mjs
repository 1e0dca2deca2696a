/** The animals, from the one sheet that the build draws: a dog's ears rise and its mouth opens with P(dog). */

import { urls } from "../config.mjs";

const NS = "http://www.w3.org/2000/svg";
/** Faces of the dog in the sheet, from 0 to this one. */
const STEPS = 8;

/**
 * For the eye alone: words say the same beside it.
 *
 * @param {string} kind
 * @param {number} [p]  P(dog), for a dog
 */
export function animal(kind, p = 1) {
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("class", "animal");
  svg.setAttribute("viewBox", "0 0 64 64");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(NS, "use");
  svg.append(use);
  turn(svg, kind, p);
  return svg;
}

/** Gives an animal the face of another number. @param {SVGSVGElement} svg @param {string} kind @param {number} [p] */
export function turn(svg, kind, p = 1) {
  const face = kind === "dog" ? `dog-${Math.round(Math.min(Math.max(p, 0), 1) * STEPS)}` : kind;
  const address = `${urls.animals}#${face}`;
  const use = /** @type {SVGUseElement} */ (svg.firstElementChild);
  if (use.getAttribute("href") !== address) use.setAttribute("href", address);
}
