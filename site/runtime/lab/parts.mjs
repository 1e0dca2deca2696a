/** What labs are built of: elements, figures, tables, and words that are read out now and then. */

import { make } from "../page/make.mjs";

export { make, svg } from "../page/make.mjs";

/** A table of numbers, which scrolls sideways. @param {string} label @param {string[]} head @param {Node[]} rows */
export function numbers(label, head, rows) {
  const heads = head.map((text) => make("th", { scope: "col" }, text));
  const table = make(
    "table",
    { className: "numbers" },
    make("thead", {}, make("tr", {}, ...heads)),
    make("tbody", {}, ...rows),
  );
  return make("div", { className: "scroller", tabIndex: 0, role: "region", "aria-label": label }, table);
}

/** A row of numbers. @param {string} heading @param {string[]} cells */
export const row = (heading, cells) =>
  make("tr", {}, make("th", { scope: "row" }, heading), ...cells.map((cell) => make("td", {}, cell)));

/** A control below its label. @param {HTMLInputElement | HTMLSelectElement} control @param {(Node | string)[]} label */
export const labelled = (control, ...label) =>
  make("div", { className: "setting" }, make("label", { htmlFor: control.id }, ...label), control);

/** What is said more quietly. @param {string} text */
export const hint = (text) => make("p", { className: "hint" }, text);

/**
 * Writes what does not stand there yet: WebKit makes no click of a press during which the text under it is replaced.
 * @param {Node} node @param {string} text
 */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Disables buttons, or not. One that has the focus hands it to the first heir that can have it.
 * @param {{button: HTMLButtonElement, isDisabled: boolean}[]} states @param {{heirs: HTMLElement[]}} after
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
      this.node.append(make("div", {}, make("dt", {}, label), node));
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

/** A line that says what goes on, and the page's announcer with it: what changes all the time every few seconds. */
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
