/** What labs are built of: elements, buttons, figures, settings, and words that are read out now and then. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [properties]  of the element; `data` and names with a hyphen are attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "data") Object.assign(element.dataset, value);
    else if (name.includes("-") || name === "role") element.setAttribute(name, String(value));
    else Object.assign(element, { [name]: value });
  }
  element.append(...children);
  return element;
}

/**
 * Writes what does not stand there yet: WebKit makes no click of a press during which the text under it is replaced.
 *
 * @param {Node} node @param {string} text
 */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Disables buttons, or not. One that has the focus hands it to the first heir that can have it.
 *
 * @param {{button: HTMLButtonElement, isDisabled: boolean}[]} states
 * @param {{heirs: HTMLElement[]}} after
 */
export function disable(states, { heirs }) {
  const focused = document.activeElement;
  for (const { button, isDisabled } of states) if (button.disabled !== isDisabled) button.disabled = isDisabled;
  const isLost = states.some(({ button, isDisabled }) => isDisabled && button === focused);
  if (isLost) heirs.find((heir) => !heir.matches(":disabled"))?.focus({ preventScroll: true });
}

/** Numbers on show: plain digits in `[data-figure]`. */
export class Figures {
  node = make("dl", { data: { part: "figures" } });
  /** @type {Map<string, {node: HTMLElement, digits: number}>} */
  #figures = new Map();

  /** @param {Record<string, [label: string, digits: number]>} wanted */
  constructor(wanted) {
    for (const [name, [label, digits]] of Object.entries(wanted)) {
      const node = make("dd", { data: { figure: name } }, "–");
      this.#figures.set(name, { node, digits });
      this.node.append(make("div", {}, make("dt", { textContent: label }), node));
    }
  }

  /** @param {string} name @param {number | null} value  null: it is none */
  show(name, value) {
    const figure = this.#figures.get(name);
    if (figure === undefined) return;
    const text = value === null ? "nan" : value.toFixed(figure.digits);
    write(figure.node, text);
  }

  clear() {
    for (const { node } of this.#figures.values()) node.textContent = "–";
  }
}

/**
 * A line that says what goes on, and the page's announcer with it: what changes all the time no more often than
 * every few seconds.
 */
export class Summary {
  node = make("p", { data: { part: "summary" } });
  #announce;
  #pause;
  #said = -Infinity;

  /** @param {(text: string) => void} announce  the page's @param {number} [pause]  milliseconds */
  constructor(announce, pause = 5000) {
    this.#announce = announce;
    this.#pause = pause;
  }

  /** What goes on. @param {string} text @param {boolean} [isSeen]  false where figures show it as it changes */
  mention(text, isSeen = true) {
    if (performance.now() - this.#said <= this.#pause) return;
    if (isSeen) return this.say(text);
    this.#said = performance.now();
    this.#announce(text);
  }

  /** What has happened. @param {string} text */
  say(text) {
    this.#said = performance.now();
    this.show(text);
    this.#announce(text);
  }

  /** What stands here, and is no news. @param {string} text */
  show(text) {
    write(this.node, text);
  }
}

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string} label
 * @property {"number" | "integer" | "choice" | "text"} kind
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [step]
 * @property {string[]} [options]
 * @property {string} [hint]
 * @property {(text: string) => string} [check]  of a text: what is wrong with it, or ""
 */

/** @typedef {Record<string, string | number>} Values */

/** The settings of a lab: labelled, named inputs, whose values are always whole and in range. */
export class Settings {
  node = make("div", { role: "group", data: { part: "settings" } });
  #fields;
  /** @type {Values} */
  #values;
  #defaults;
  /** @type {Map<string, {input: HTMLInputElement | HTMLSelectElement, refusal: HTMLElement}>} */
  #inputs = new Map();
  #changed;
  #announce;

  /**
   * @param {string} lab  id of the lab, for the ids of inputs
   * @param {string} label
   * @param {Field[]} fields
   * @param {Values} defaults
   * @param {(name: string) => void} changed
   * @param {(text: string) => void} announce  the page's
   */
  constructor(lab, label, fields, defaults, changed, announce) {
    this.#announce = announce;
    this.#fields = new Map(fields.map((field) => [field.name, field]));
    this.#defaults = Object.freeze({ ...defaults });
    this.#values = { ...defaults };
    this.#changed = changed;
    this.node.setAttribute("aria-label", label);
    for (const field of fields) this.node.append(this.#make(lab, field));
  }

  get values() {
    return { ...this.#values };
  }

  /** Those that differ from the defaults. */
  get changes() {
    return Object.fromEntries(Object.entries(this.#values).filter(([name, value]) => value !== this.#defaults[name]));
  }

  /**
   * Takes over the values that are whole and in range; the others become the defaults.
   * @param {Record<string, unknown>} values
   */
  take(values) {
    for (const [name, field] of this.#fields) {
      const value = Object.hasOwn(values, name) ? values[name] : this.#defaults[name];
      const isFit = typeof value === typeof this.#defaults[name] && refusal(field, String(value)) === "";
      this.#values[name] = isFit ? /** @type {string | number} */ (value) : this.#defaults[name];
      this.#show(name);
    }
  }

  /** @param {string} lab @param {Field} field */
  #make(lab, field) {
    const { name, label, kind, hint } = field;
    const id = `${lab}-${name}`;
    const input =
      kind === "choice"
        ? make(
            "select",
            { id, name },
            ...(field.options ?? []).map((option) => make("option", { value: option, textContent: option })),
          )
        : make("input", { id, name, type: kind === "text" ? "text" : "number", autocomplete: "off" });
    if (input instanceof HTMLInputElement && kind !== "text") {
      Object.assign(input, { min: String(field.min), max: String(field.max), step: String(field.step ?? "any") });
    }
    const says = make("span", { id: `${id}-refusal`, data: { part: "refusal" } });
    input.setAttribute("aria-describedby", says.id);
    this.#inputs.set(name, { input, refusal: says });
    input.addEventListener("change", () => this.#move(field));
    this.#show(name);
    const title = make("label", { htmlFor: id, textContent: label });
    if (hint) title.append(make("span", { className: "hint", textContent: ` ${hint}` }));
    return make("div", { className: "setting" }, title, input, says);
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
    const why = refusal(field, input.value);
    says.textContent = why;
    this.#announce(why);
    input.toggleAttribute("aria-invalid", why !== "");
    if (why !== "") return void input.setAttribute("aria-invalid", "true");
    const value = kind === "number" || kind === "integer" ? Number(input.value) : input.value.trim();
    if (value === this.#values[name]) return;
    this.#values[name] = value;
    this.#changed(name);
  }
}

/** Why a text is no value of a field; "" if it is one. @param {Field} field @param {string} text */
function refusal({ label, kind, min = -Infinity, max = Infinity, options, check }, text) {
  if (kind === "text") return check?.(text) ?? "";
  if (kind === "choice") return options?.includes(text) ? "" : `${label}: unknown choice.`;
  const value = text.trim() === "" ? NaN : Number(text);
  const isFit = value >= min && value <= max && (kind !== "integer" || Number.isInteger(value));
  return isFit ? "" : `${label} is a ${kind === "integer" ? "whole number" : "number"} from ${min} to ${max}.`;
}

/** The next frame, or, where none is drawn (a page out of sight), soon. */
export const nextFrame = () =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), 200);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });

/** @param {string} base64 @returns {Uint8Array} */
export const bytesOf = (base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

/** So many of them, in words. @param {number} count @param {string} noun */
export const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
