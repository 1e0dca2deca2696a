/** What the reader of a lab can set, as its Python says it (`Host.opening`): a form. */

import { make } from "./parts.mjs";
import { stepper } from "./stepper.mjs";
import { decimal, say } from "../words/say.mjs";

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string | number} value  until it is changed
 * @property {string} label
 * @property {"number" | "integer" | "choice" | "text"} kind
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [step]
 * @property {string[]} [options]
 * @property {string} [hint]
 * @property {string} [group]  those of one stand together
 * @property {string} [pattern]  of a text
 * @property {string} [refusal]  what is told where a text does not match it
 * @property {boolean} restarts  a change begins the training anew
 */

/** @typedef {Record<string, string | number>} Values */

/** The settings of a lab: labelled, named inputs, whose values are always whole and in range. */
export class Settings {
  node = make("div", { role: "group", data: { part: "settings" } });
  #fields;
  /** @type {Values} */
  #values;
  /** @type {Map<string, {input: HTMLInputElement | HTMLSelectElement, refusal: HTMLElement}>} */
  #inputs = new Map();
  #changed;
  #announce;

  /**
   * @param {string} lab  id of the lab, for the ids of inputs
   * @param {Field[]} fields @param {(field: Field) => void} changed
   * @param {(text: string) => void} announce  the page's
   */
  constructor(lab, fields, changed, announce) {
    this.#announce = announce;
    fields = fields.map(inWords);
    this.#fields = new Map(fields.map((field) => [field.name, field]));
    this.#values = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
    this.#changed = changed;
    this.node.setAttribute("aria-label", say("Settings of the training"));
    for (const group of new Set(fields.map((field) => field.group))) {
      const ones = fields.filter((field) => field.group === group).map((field) => this.#make(lab, field));
      const legend = group ? [make("legend", {}, group)] : [];
      this.node.append(make(group ? "fieldset" : "div", {}, ...legend, ...ones));
    }
  }

  get values() {
    return { ...this.#values };
  }

  /** Those that were changed. */
  get changes() {
    const changed = [...this.#fields.values()].filter(({ name, value }) => this.#values[name] !== value);
    return Object.fromEntries(changed.map(({ name }) => [name, this.#values[name]]));
  }

  /** @param {string} name */
  labelOf(name) {
    return this.#fields.get(name)?.label;
  }

  /** Takes what is whole and in range; the rest is as at first. @param {Record<string, unknown>} values */
  take(values) {
    for (const [name, field] of this.#fields) {
      const value = Object.hasOwn(values, name) ? values[name] : field.value;
      const isFit = typeof value === typeof field.value && refusalOf(field, String(value)) === "";
      this.#values[name] = isFit ? /** @type {string | number} */ (value) : field.value;
      this.#show(name);
    }
  }

  /** @param {string} lab @param {Field} field */
  #make(lab, field) {
    const { name, label, kind, hint } = field;
    const id = `${lab}-${name}`;
    const isNumber = kind === "number" || kind === "integer";
    const choices = (field.options ?? []).map((option) => make("option", { value: option }, say(option)));
    const input =
      kind === "choice"
        ? make("select", { id, name }, ...choices)
        : make("input", { id, name, type: isNumber ? "number" : "text", autocomplete: "off" });
    // The buttons beside it go further at once than what may be typed
    if (isNumber) Object.assign(input, { min: field.min, max: field.max, step: kind === "integer" ? 1 : "any" });
    const says = make("span", { id: `${id}-refusal`, data: { part: "refusal" } });
    input.setAttribute("aria-describedby", says.id);
    this.#inputs.set(name, { input, refusal: says });
    input.addEventListener("change", () => this.#move(field));
    this.#show(name);
    const title = make("label", { htmlFor: id }, label);
    if (hint) title.append(make("span", { className: "hint" }, ` ${hint}`));
    return make("div", { className: "setting" }, title, isNumber ? stepper(field, input) : input, says);
  }

  /** @param {string} name */
  #show(name) {
    const parts = this.#inputs.get(name);
    if (parts === undefined) return;
    parts.input.value = String(this.#values[name]);
    parts.input.removeAttribute("aria-invalid");
    parts.refusal.textContent = "";
  }

  /** @param {Field} field */
  #move(field) {
    const { name, kind } = field;
    const { input, refusal: says } = /** @type {{input: HTMLInputElement, refusal: HTMLElement}} */ (
      this.#inputs.get(name)
    );
    const why = refusalOf(field, input.value);
    says.textContent = why;
    this.#announce(why);
    if (why !== "") return void input.setAttribute("aria-invalid", "true");
    input.removeAttribute("aria-invalid");
    const value = kind === "number" || kind === "integer" ? Number(input.value) : input.value.trim();
    if (value === this.#values[name]) return;
    this.#values[name] = value;
    this.#changed(field);
  }
}

/** What Python says of a field, as the page says it. @param {Field} field @returns {Field} */
function inWords({ label, hint, group, refusal, ...field }) {
  const said = (/** @type {string | undefined} */ text) => text && say(text);
  return { ...field, label: say(label), hint: said(hint), group: said(group), refusal: said(refusal) };
}

/** Why a text is no value of a field; "" if it is one. @param {Field} field @param {string} text */
function refusalOf({ label, kind, min = -Infinity, max = Infinity, options, pattern, refusal }, text) {
  if (kind === "text") return new RegExp(`^(?:${pattern})$`).test(text) ? "" : String(refusal);
  if (kind === "choice") return options?.includes(text) ? "" : say("{label}: unknown choice.", { label });
  const value = text.trim() === "" ? NaN : Number(text);
  const isFit = value >= min && value <= max && (kind !== "integer" || Number.isInteger(value));
  if (isFit) return "";
  return say(
    kind === "integer" ? "{label} is a whole number from {min} to {max}." : "{label} is a number from {min} to {max}.",
    { label, min: decimal(min), max: decimal(max) },
  );
}
