/** The form of a cell: sliders, boxes and lists that show the literals in the code and write them. */

import { announcer } from "../page/announcer.mjs";
import { fill, isWithin } from "../page/at-first.mjs";
import { controlNode } from "./form.mjs";
import { make } from "../page/make.mjs";
import { literals, snap, write } from "../state/parameters.mjs";
import { keepOnScroll } from "../page/touch.mjs";
import { say } from "../words/say.mjs";

/** @import { Parameter } from "../python/protocol.mjs" */

/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

/**
 * @typedef {object} Owner
 * @property {string} id  of the cell
 * @property {string} title
 * @property {(part: HTMLElement | undefined) => void} place  puts the form into the cell; undefined: it is out of it
 * @property {(source: string) => void} edited
 */

/** A control of another kind, or with other choices, is made anew. @param {Parameter} parameter */
const shapeOf = ({ type, options }) => JSON.stringify([type, options ?? null]);

export class Controls {
  #owner;
  /** The control of each parameter, and its shape. @type {Map<string, {shape: string, node: Element}>} */
  #made;
  #source = "";
  /** @type {Parameter[]} */
  #parameters = [];
  /** The box that the reader is typing into: nobody else writes there. @type {Control | undefined} */
  #typedInto;

  /**
   * @param {HTMLElement | null} built  `[data-part="controls"]` @param {Parameter[]} parameters  what stands in it
   * @param {Owner} owner
   */
  constructor(built, parameters, owner) {
    const part = (this.part = built ?? make("div"));
    this.#owner = owner;
    this.#made = new Map(
      parameters.map((parameter, i) => [parameter.name, { shape: shapeOf(parameter), node: part.children[i] }]),
    );
    part.dataset.part = "controls";
    part.setAttribute("role", "group");
    part.setAttribute("aria-label", say("Parameters of {name}", { name: owner.title }));
    part.addEventListener("input", (event) => this.#entered(/** @type {Control} */ (event.target)));
    part.addEventListener("change", (event) => this.#left(/** @type {Control} */ (event.target)));
    part.addEventListener("focusout", () => (this.#typedInto = undefined));
    keepOnScroll(part);
  }

  /** @param {string} source @param {Parameter[]} parameters */
  show(source, parameters) {
    if (source === this.#source && parameters === this.#parameters) return;
    this.#source = source;
    if (parameters !== this.#parameters) this.#arrange(parameters);
    this.#show();
  }

  /** The controls that the code asks for; those that are there stay. @param {Parameter[]} parameters */
  #arrange(parameters) {
    this.#parameters = parameters;
    const old = this.#made;
    this.#made = new Map(
      parameters.map((parameter) => {
        const shape = shapeOf(parameter);
        const known = old.get(parameter.name);
        return [
          parameter.name,
          known?.shape === shape ? known : { shape, node: controlNode(this.#owner.id, parameter) },
        ];
      }),
    );
    const nodes = [...this.#made.values()].map(({ node }) => node);
    for (const node of [...this.part.children]) if (!nodes.includes(node)) node.remove();
    nodes.forEach((node, i) => {
      if (this.part.children[i] !== node) this.part.insertBefore(node, this.part.children[i] ?? null);
    });
    if (nodes.length === 0) {
      this.part.remove();
      this.#owner.place(undefined);
    } else if (!this.part.isConnected) this.#owner.place(this.part);
  }

  /** A number as it stands in the code, with what it may be. @param {string} name */
  number(name) {
    const value = literals(this.#source).get(name)?.value;
    const parameter = this.#parameters.find((parameter) => parameter.name === name);
    return parameter && typeof value === "number" ? { ...parameter, value } : undefined;
  }

  /** Another one, as if its control had been moved. @param {string} name @param {number} value */
  set(name, value) {
    const parameter = this.#parameters.find((parameter) => parameter.name === name);
    const source = parameter && write(this.#source, parameter, String(value));
    if (source !== undefined && source !== this.#source) this.#owner.edited(source);
  }

  /** The next one up or down. @param {string} name @param {1 | -1} by */
  step(name, by) {
    const number = this.number(name);
    if (number) this.set(name, snap(number.value + by * (number.step ?? 1), number));
  }

  /** The controls as the code has them. */
  restore() {
    this.#typedInto = undefined;
    this.#show();
  }

  #show() {
    const found = literals(this.#source);
    for (const parameter of this.#parameters) {
      const literal = found.get(parameter.name);
      for (const control of this.#controlsOf(parameter.name)) {
        control.disabled = literal === undefined;
        if (literal === undefined) {
          control.title = say("The code no longer sets {name} to a plain value.", { name: parameter.name });
          continue;
        }
        control.removeAttribute("title");
        setLimits(control, parameter);
        const isHalfTyped = control === document.activeElement && control.validity.badInput;
        if (control === this.#typedInto || isHalfTyped) continue;
        if (control !== document.activeElement || !says(control, literal.value)) display(control, parameter, literal);
        if (control.type === "range") fill(/** @type {HTMLInputElement} */ (control));
        control.removeAttribute("aria-invalid");
      }
    }
  }

  /** @param {Control} control */
  #entered(control) {
    const name = control.name || control.dataset.for;
    const parameter = this.#parameters.find((parameter) => parameter.name === name);
    if (parameter === undefined) return;
    if (control instanceof HTMLInputElement && ["number", "text"].includes(control.type)) this.#typedInto = control;
    control.closest(".control")?.querySelector("[data-part=refusal]")?.remove();
    const source = isWithin(control) ? write(this.#source, parameter, entry(control, parameter)) : undefined;
    if (source !== undefined) control.removeAttribute("aria-invalid");
    if (source === undefined) control.setAttribute("aria-invalid", "true");
    else this.#owner.edited(source);
  }

  /** What was half typed becomes what stands in the code; what was refused is told. @param {Control} control */
  #left(control) {
    const refused = control.getAttribute("aria-invalid") === "true" ? control.value : undefined;
    this.restore();
    if (refused === undefined || !(control instanceof HTMLInputElement)) return;
    const name = control.name || control.dataset.for;
    const { min, max } = control;
    const got = refused === "" ? say("what was typed") : refused;
    const words = say(
      min && max
        ? "{name} goes from {min} to {max}; {got} was not taken."
        : "{name} must be a number; {got} was not taken.",
      { name, min, max, got },
    );
    control.closest(".control")?.append(make("small", { data: { part: "refusal" } }, words));
    announcer.say(words);
  }

  /** @param {string} name @returns {NodeListOf<Control>} */
  #controlsOf(name) {
    const escaped = CSS.escape(name);
    return this.part.querySelectorAll(`[name="${escaped}"], [data-for="${escaped}"]`);
  }
}

/** @param {Control} control @param {Parameter} parameter */
function entry(control, parameter) {
  if (control instanceof HTMLSelectElement) return String(parameter.options?.[control.selectedIndex]);
  return control.type === "checkbox" ? control.checked : control.value;
}

/** @param {Control} control @param {number | boolean | string} value */
function says(control, value) {
  return typeof value === "number" ? control.value !== "" && Number(control.value) === value : control.value === value;
}

/** @param {Control} control @param {Parameter} parameter */
function setLimits(control, parameter) {
  if (!(control instanceof HTMLInputElement)) return;
  for (const limit of /** @type {const} */ (["min", "max", "step"])) {
    const value = parameter[limit] ?? null;
    const isFree = limit === "step" && parameter.type === "number" && value === null;
    if (isFree) control.step = "any";
    else if (value === null) control.removeAttribute(limit);
    else if (!control.hasAttribute(limit) || Number(control[limit]) !== value) control[limit] = String(value);
  }
}

/**
 * @param {Control} control @param {Parameter} parameter
 * @param {{text: string, value: number | boolean | string}} literal
 */
function display(control, parameter, { text, value }) {
  if (control instanceof HTMLSelectElement) {
    control.selectedIndex = parameter.options?.indexOf(value) ?? -1;
  } else if (control.type === "checkbox") {
    control.checked = value === true;
  } else {
    control.value =
      typeof value === "number" ? text.replaceAll("_", "").replace(/^\+/, "").replace(/\.$/, "") : String(value);
  }
}
