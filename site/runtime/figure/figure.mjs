/**
 * A drawing in an output that the reader can touch: `data-drag` are its handles, `data-why` its numbers that can be
 * asked. Python draws it anew at every step; what is on the page is brought in line with that instead of being
 * replaced, so that a drag goes on and the focus stays. Drawings without either are pictures, and stay so.
 */

import { Answers } from "./answers.mjs";
import { Handles } from "./handles.mjs";
import { Pulse, flowOf } from "./pulse.mjs";

/** @import { Kernel } from "../state/kernel.mjs" */

export class Figure {
  #node;
  #kernel;
  #handles;
  #answers;
  #pulse = new Pulse();
  #stay = new AbortController();
  /** Takes the drawing's own marks off the code. @type {() => void} */
  #unmark = () => {};

  /** @param {HTMLElement} node  `[data-output="svg"]`, with a drawing in it or empty @param {Kernel} kernel */
  constructor(node, kernel) {
    this.#node = node;
    this.#kernel = kernel;
    const page = () => this.#page;
    this.#handles = new Handles(node, page, this.#stay.signal, kernel);
    this.#answers = new Answers(node, page, this.#stay.signal, kernel);
    this.#refresh();
    // its parameters may stand further down
    kernel.addEventListener("attach", () => this.#refresh(), { signal: this.#stay.signal });
  }

  #refresh() {
    const svg = this.#svg;
    if (svg) this.#prepare(svg);
    if (svg) this.#shown(svg);
  }

  /** @param {DocumentFragment} fragment  made safe */
  show(fragment) {
    const fresh = /** @type {SVGSVGElement | undefined} */ (
      [...fragment.children].find(({ localName }) => localName === "svg")
    );
    const svg = this.#svg;
    const before = flowOf(svg);
    this.#pulse.stop();
    if (fresh) this.#prepare(fresh);
    if (fresh && svg) adapt(svg, fresh);
    else this.#node.replaceChildren(fragment);
    const now = this.#svg;
    if (now) this.#shown(now);
    if (now) this.#pulse.run(now, before);
  }

  dispose() {
    this.#stay.abort();
    this.#pulse.stop();
    this.#unmark();
    this.#answers.dispose();
  }

  get #svg() {
    return /** @type {SVGSVGElement | null} */ (this.#node.querySelector(":scope > svg"));
  }

  /** What can be touched gets its role, and the rest is what the label says. @param {SVGSVGElement} svg */
  #prepare(svg) {
    const touched = [...this.#handles.prepare(svg), ...this.#answers.prepare(svg)];
    if (touched.length === 0) {
      svg.setAttribute("aria-hidden", "true"); // or it would be read twice
      return;
    }
    svg.removeAttribute("aria-hidden"); // a control may have come
    for (const name of ["role", "aria-label"]) svg.removeAttribute(name); // the figure has both
    silence(svg);
  }

  /** @param {SVGSVGElement} svg */
  #shown(svg) {
    if (svg.querySelector('[role="slider"], [role="button"]')) this.#node.setAttribute("role", "group");
    this.#answers.shown();
    const { marksCell, marksCode } = svg.dataset;
    const unmark = this.#kernel.mark(this.#page, marksCell, marksCode).release;
    this.#unmark();
    this.#unmark = unmark;
  }

  get #page() {
    return this.#node.closest("py-cell")?.getAttribute("page") ?? "";
  }
}

const TOUCHED = "[data-drag], [data-why]";

/** Hides from screen readers what the label of the figure says already. @param {Element} element */
function silence(element) {
  for (const child of element.children) {
    if (child.matches(TOUCHED)) continue;
    if (child.querySelector(TOUCHED)) silence(child);
    else child.setAttribute("aria-hidden", "true");
  }
}

/** By which a part is known again, beside its kind. @param {Element} node */
const nameOf = (node) => node.getAttribute("data-name") ?? node.getAttribute("data-drag")?.replace(/ [^;]*/g, "");

/** @param {Node} node @param {Node} other */
const isAlike = (node, other) =>
  node.nodeName === other.nodeName &&
  (!(node instanceof Element) || nameOf(node) === nameOf(/** @type {Element} */ (other)));

/** Makes one element like another, with as few changes as can be. @param {Element} element @param {Element} fresh */
export function adapt(element, fresh) {
  for (const { name, value, namespaceURI } of fresh.attributes) {
    if (element.getAttribute(name) !== value) element.setAttributeNS(namespaceURI, name, value);
  }
  if (element.attributes.length > fresh.attributes.length) {
    for (const name of element.getAttributeNames()) if (!fresh.hasAttribute(name)) element.removeAttribute(name);
  }
  const left = [...element.childNodes];
  const wanted = [...fresh.childNodes].map((child) => {
    const at = left.findIndex((other) => isAlike(other, child));
    if (at < 0) return child;
    const [kept] = left.splice(at, 1);
    if (kept instanceof Element) adapt(kept, /** @type {Element} */ (child));
    else if (kept.nodeValue !== child.nodeValue) kept.nodeValue = child.nodeValue;
    return kept;
  });
  for (const node of left) node.remove();
  wanted.forEach(
    (node, i) => node !== element.childNodes[i] && element.insertBefore(node, element.childNodes[i] ?? null),
  );
}
