/** A number with two buttons that take it a step further: for fingers; keys step it in its field. */

import { makeButton } from "../page/button.mjs";
import { make } from "./parts.mjs";
import { say } from "../words/say.mjs";

/** @import { Field } from "./settings.mjs" */

/** @param {Field} field @param {HTMLInputElement | HTMLSelectElement} input */
export function stepper(field, input) {
  const button = (/** @type {1 | -1} */ by) => {
    const node = makeButton(by > 0 ? "+" : "−", by > 0 ? "more" : "less", () => go(by));
    node.setAttribute("aria-label", `${field.label}: ${say(by > 0 ? "more" : "less")}`);
    node.tabIndex = -1; // the arrow keys do the same in the field
    return node;
  };
  const go = (/** @type {1 | -1} */ by) => {
    const next = String(stepped(field, Number(input.value), by));
    if (next === input.value) return;
    input.value = next;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  input.addEventListener("keydown", (event) => {
    const { key } = /** @type {KeyboardEvent} */ (event);
    if (key !== "ArrowUp" && key !== "ArrowDown") return;
    event.preventDefault();
    go(key === "ArrowUp" ? 1 : -1);
  });
  return make("span", { className: "stepper" }, button(-1), input, button(1));
}

/**
 * The next value, within the range: a whole number of steps, or, without a step, 1, 3 or 10 times a power of ten.
 * @param {{min?: number, max?: number, step?: number}} range @param {number} value @param {1 | -1} by
 */
export function stepped({ min = -Infinity, max = Infinity, step }, value, by) {
  const on = (/** @type {number} */ size) =>
    size * (by > 0 ? Math.floor(value / size + 1e-9) + 1 : Math.ceil(value / size - 1e-9) - 1);
  const next = step === undefined ? roundNumber(value, by) : on(step);
  return Math.min(max, Math.max(min, Number(next.toPrecision(9))));
}

/** @param {number} value @param {1 | -1} by */
function roundNumber(value, by) {
  if (value < 1e-6) return by > 0 ? 1e-6 : 0;
  const power = 10 ** Math.floor(Math.log10(value * (1 + 1e-9)));
  const marks = by > 0 ? [power, 3 * power, 10 * power] : [3 * power, power, 0.3 * power];
  return marks.find((mark) => (by > 0 ? mark > value * (1 + 1e-9) : mark < value * (1 - 1e-9))) ?? value;
}
