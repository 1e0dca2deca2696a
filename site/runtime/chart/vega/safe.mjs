/**
 * The third wall: of what Vega has written, only shapes and words get into the page. The text is read
 * piece by piece, and what stands in these lists is made anew; all else is left out. A chart needs so few kinds of
 * elements that they can be named, which is stricter than what `rich.mjs` lets through of other drawings, and quicker;
 * a browser's own reader of XML would begin with a document for each picture.
 */

const NS = "http://www.w3.org/2000/svg";
const ELEMENTS = new Set("svg g path line rect circle text tspan defs clipPath linearGradient stop".split(" "));
const ATTRIBUTES = new Set(
  (
    "viewBox transform d x y x1 x2 y1 y2 dx dy cx cy r width height offset stop-color fill fill-opacity stroke " +
    "stroke-opacity stroke-width stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit " +
    "opacity display pointer-events text-anchor " +
    "font-family font-size font-style font-variant font-weight"
  ).split(" "),
);
/** Places and shapes: no browser is to log an error of them. @type {Record<string, RegExp>} */
const WRITTEN = {
  transform: /^(?:(?:translate|rotate|scale)\([-+0-9.e, ]+\) ?)*$/,
  d: /^[MmLlHhVvCcSsQqTtAaZz0-9\s.,+e-]*$/,
};
const NUMBERS = new Set(
  "viewBox x y x1 x2 y1 y2 dx dy cx cy r width height stroke-width stroke-dashoffset stroke-miterlimit".split(" "),
);
const NUMERIC = /^[-+0-9.e ]+(?:em|%)?$/;
/** A part of the chart itself: Vega numbers clip paths and gradients. */
const PART = /^(?:clip|gradient_)[0-9]+$/;
const REFERENCE = /^url\(#(?:clip|gradient_)[0-9]+\)$/;
/** Vega's own classes, and none of the page's. */
const CLASSES = /^(?:marks|(?:mark|role)-[a-z-]+)$/;
/** What XML cannot hold. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** As Vega's renderer writes: a tag, or words. */
const PIECE = /<(\/?)([A-Za-z][\w:-]*)((?: [\w:-]+="[^"<]*")*)(\/?)>|([^<]+)/y;
const ATTRIBUTE = / ([\w:-]+)="([^"<]*)"/g;
const ESCAPED = /&(?:amp|lt|gt|quot|#x9|#xA|#xD);/g;
/** @type {Record<string, string>} */
const SIGNS = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x9;": "\t", "&#xA;": "\n", "&#xD;": "\r" };

/** @param {string} words */
const plain = (words) => words.replace(ESCAPED, (sign) => SIGNS[sign]);

/** @param {string} text  SVG, as Vega's renderer writes it @returns {SVGElement} */
export function drawing(text) {
  const clean = text.replace(CONTROL, "");
  /** @type {SVGElement | undefined} */
  let root;
  /** Open elements; nothing stands for one left out. @type {{name: string, made: SVGElement | undefined}[]} */
  const open = [];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < clean.length) {
    const [, closes, name, attributes, ends, words] = PIECE.exec(clean) ?? wrong();
    const parent = open.at(-1)?.made;
    if (words !== undefined) {
      parent?.append(plain(words));
    } else if (closes) {
      if (open.pop()?.name !== name) wrong();
    } else {
      if (root === undefined && name !== "svg") wrong();
      const made = (parent ?? !root) && ELEMENTS.has(name) ? element(name, attributes) : undefined;
      if (made) parent?.append(made);
      root ??= made;
      if (!ends) open.push({ name, made });
    }
  }
  return root && open.length === 0 ? root : wrong();
}

/** @returns {never} */
function wrong() {
  throw new Error("what was drawn is no SVG");
}

/** @param {string} name @param {string} attributes  as they are written @returns {SVGElement} */
function element(name, attributes) {
  const made = /** @type {SVGElement} */ (document.createElementNS(NS, name));
  for (const [, name, written] of attributes.matchAll(ATTRIBUTE)) {
    const value = plain(written);
    if (name === "title") made.append(titled(value));
    else if (name === "class") {
      const own = value.split(" ").filter((one) => CLASSES.test(one));
      made.setAttribute(name, own.join(" "));
    } else if (isKept(name, value)) made.setAttribute(name, value);
  }
  return made;
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
