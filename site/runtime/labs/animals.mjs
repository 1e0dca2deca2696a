/** The animals, from the one sheet that the build draws: a dog's ears rise and its mouth opens with P(dog). */

import { urls } from "../config.mjs";
import { svg } from "../lab/parts.mjs";
import { say } from "../words/say.mjs";

/** @type {Record<string, string>} */
const NAMES = { toaster: say("toaster"), bird: say("bird"), cat: say("cat"), dog: say("dog") };

/** What the page calls a kind. @param {string} kind */
export const named = (kind) => NAMES[kind] ?? kind;

/** Faces of the dog in the sheet, from 0 to this one. */
const STEPS = 8;

/** For the eye alone: words say the same beside it. @param {string} kind @param {number} [p]  P(dog), for a dog */
export function animal(kind, p = 1) {
  const picture = svg("svg", { class: "animal", viewBox: "0 0 64 64", "aria-hidden": true }, svg("use"));
  turn(picture, kind, p);
  return picture;
}

/** Gives it the face of another number. @param {SVGSVGElement} picture @param {string} kind @param {number} [p] */
export function turn(picture, kind, p = 1) {
  const face = kind === "dog" ? `dog-${Math.round(Math.min(Math.max(p, 0), 1) * STEPS)}` : kind;
  const address = `${urls.animals}#${face}`;
  const use = /** @type {SVGUseElement} */ (picture.firstElementChild);
  if (use.getAttribute("href") !== address) use.setAttribute("href", address);
}
