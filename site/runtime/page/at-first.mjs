/** What is the same before the page's script has come (`early.mjs`) and after. */

import { say } from "../words/say.mjs";
import { set } from "./attributes.mjs";

/** What hears the reader: each has `hears` as soon as it does. */
export const OWNERS = "py-cell, py-exercise, py-lab, py-prediction";
export const CODE = '[data-part="code"] pre code';
export const CHECKING = say("Checking …");

/** The accessible name of a listing. @param {Element | null} cell */
export const labelOf = (cell) => say("Code of {title}", { title: cell?.getAttribute("aria-label") ?? cell?.id });

/** A listing that takes text. @param {HTMLElement} code @param {string} label */
export function makeEditable(code, label) {
  try {
    code.contentEditable = "plaintext-only";
  } catch {
    code.contentEditable = "true"; // Firefox before 136
  }
  code.spellcheck = false;
  set(code, {
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": label,
    autocapitalize: "off",
    autocorrect: "off",
    translate: "no",
  });
}

/** The page's one live region: see `announcer.mjs`. */
export function voiceNode() {
  const node = document.createElement("div");
  node.dataset.part = "announcer";
  node.setAttribute("role", "status");
  node.setAttribute("aria-live", "polite");
  return node;
}

/** A bar for what is being fetched, before it is known how much that is. */
export function barNode() {
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", say("Python, fetched so far"));
  return bar;
}

/** A value between the steps may be typed, one outside of the limits not. @param {{validity: ValidityState}} control */
export const isWithin = ({ validity }) => !(validity.rangeOverflow || validity.rangeUnderflow || validity.badInput);

/**
 * How much of a slider's track is coloured, from zero on or from the end that is next to it.
 * @param {HTMLInputElement} slider
 */
export function fill(slider) {
  const [min, max] = [Number(slider.min), Number(slider.max)];
  const part = (/** @type {number} */ value) => String((value - min) / (max - min));
  const zero = part(Math.min(Math.max(0, min), max));
  slider.style.setProperty("--fill", part(slider.valueAsNumber));
  if (slider.style.getPropertyValue("--zero") === zero) return;
  slider.style.setProperty("--zero", zero);
  slider.toggleAttribute("data-zero", min < 0 && max > 0);
}

/** What the address asks to be hidden, to be shown alone or on a wall, stands on the root: see `visit/lesson.mjs`. */
export function showAsked() {
  for (const name of ["hide", "embed", "view"]) {
    const asked = new URLSearchParams(location.search).get(name);
    if (asked !== null) document.documentElement.dataset[name] = asked.replaceAll(",", " ");
  }
}
