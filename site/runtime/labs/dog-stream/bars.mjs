/** What the network says of a picture: four probabilities, as bars and in digits. */

import { make } from "../../lab/parts.mjs";
import { animal, named } from "../animals.mjs";
import { KINDS } from "./kinds.mjs";

/** The most probable kind. @param {number[]} probabilities */
export const guessOf = (probabilities) => KINDS[probabilities.indexOf(Math.max(...probabilities))];

/** A probability as the lab writes it: never 1 unless it is. @param {number} value @param {number} [digits] */
export function share(value, digits = 3) {
  const text = value.toFixed(digits);
  return value < 1 && Number(text) === 1 ? `0.${"9".repeat(digits)}` : text;
}

/** @param {number[]} probabilities @param {number} [digits] */
export function bars(probabilities, digits = 3) {
  const rows = KINDS.map((kind, i) => {
    const style = `background:var(--${kind});width:${(100 * probabilities[i]).toFixed(1)}%`;
    const bar = make("span", { className: "bar", "aria-hidden": true }, make("span", { className: "fill", style }));
    return make(
      "div",
      {},
      make("dt", {}, animal(kind, probabilities[i]), make("span", {}, named(kind))),
      make("dd", {}, bar, make("span", {}, share(probabilities[i], digits))),
    );
  });
  return make("dl", { className: "bars" }, ...rows);
}
