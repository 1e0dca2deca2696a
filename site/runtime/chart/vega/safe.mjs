/**
 * The third wall: of what Vega has written, only shapes and words get into the page. The text is read as XML, in a document
 * that does nothing, and what stands in these lists is made anew; all else is left out. A chart needs so few kinds of
 * elements that they can be named, which is stricter than what `rich.mjs` lets through of other drawings, and quicker.
 */

const NS = "http://www.w3.org/2000/svg";
const ELEMENTS = new Set("svg g path line rect circle text tspan defs clipPath linearGradient stop".split(" "));
const ATTRIBUTES = new Set(
  (
    "viewBox transform d x y x1 x2 y1 y2 dx dy cx cy r width height offset stop-color fill fill-opacity stroke stroke-opacity stroke-width " +
    "stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit opacity display pointer-events text-anchor " +
    "font-family font-size font-style font-variant font-weight"
  ).split(" "),
);
/** How places and shapes are written: browsers write an error into the console for what is no number. @type {Record<string, RegExp>} */
const WRITTEN = {
  transform: /^(?:(?:translate|rotate|scale)\([-+0-9.e, ]+\) ?)*$/,
  d: /^[MmLlHhVvCcSsQqTtAaZz0-9\s.,+e-]*$/,
};
const NUMBERS = new Set("viewBox x y x1 x2 y1 y2 dx dy cx cy r width height stroke-width stroke-dashoffset stroke-miterlimit".split(" "));
const NUMERIC = /^[-+0-9.e ]+(?:em|%)?$/;
/** A part of the chart itself: Vega numbers clip paths and gradients. */
const PART = /^(?:clip|gradient_)[0-9]+$/;
const REFERENCE = /^url\(#(?:clip|gradient_)[0-9]+\)$/;
/** Vega's own classes, and none of the page's. */
const CLASSES = /^(?:marks|(?:mark|role)-[a-z-]+)$/;
/** What XML cannot hold. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** @param {string} text  SVG, as Vega's renderer writes it @returns {SVGElement} */
export function drawing(text) {
  const root = new DOMParser().parseFromString(text.replace(CONTROL, ""), "image/svg+xml").documentElement;
  if (root.localName !== "svg" || root.namespaceURI !== NS) throw new Error("what was drawn is no SVG");
  return copied(root);
}

/** @param {Element} element @returns {SVGElement} */
function copied(element) {
  const copy = /** @type {SVGElement} */ (document.createElementNS(NS, element.localName));
  for (const { name, value } of element.attributes) {
    if (name === "title") copy.append(titled(value));
    else if (name === "class") copy.setAttribute(name, value.split(" ").filter((one) => CLASSES.test(one)).join(" "));
    else if (isKept(name, value)) copy.setAttribute(name, value);
  }
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) copy.append(child.nodeValue ?? "");
    else if (child instanceof Element && child.namespaceURI === NS && ELEMENTS.has(child.localName)) copy.append(copied(child));
  }
  return copy;
}

/** @param {string} name @param {string} value */
function isKept(name, value) {
  if (name === "id") return PART.test(value);
  if (name === "clip-path") return REFERENCE.test(value);
  if (!ATTRIBUTES.has(name)) return false;
  if (Object.hasOwn(WRITTEN, name)) return WRITTEN[name].test(value);
  if (NUMBERS.has(name)) return NUMERIC.test(value);
  return REFERENCE.test(value) || !/url|image|\\|\/\*/i.test(value);
}

/** What the pointer is told on a mark: browsers show the title of a shape. @param {string} words */
const titled = (words) => Object.assign(document.createElementNS(NS, "title"), { textContent: words });
