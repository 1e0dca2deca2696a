/**
 * Drawings as the lessons' library may write them. What a drawing may hold to be taken as it is stands here, value by
 * value; one that holds anything else is not for here: `rich.mjs` has it sanitised, which takes a slider's step many
 * times as long.
 */

import { media } from "../python/protocol.mjs";

/** @import { Output } from "../python/protocol.mjs" */

const NS = "http://www.w3.org/2000/svg";
const ELEMENTS = new Set("svg g path line rect circle ellipse polyline polygon text tspan title".split(" "));
/** Classes that such drawings have. The page's own would give an output the page's looks, and its places. */
export const CLASSES = new Set(["asked", "drawing", "fluid", "handle", "knob", "plate", "reach", "wide"]);

const NUMBERS = /^[-+0-9.e ,]+(?:em|%)?$/;
const WORD = /^[a-z-]+$/i;
const PAINT = /^(?:[a-z]+|#[0-9a-f]{3,8}|var\(--[a-z0-9-]+(?:, ?#[0-9a-f]{3,8})?\))$/i;
/** Shown as words, or looked up as names by what acts on a drawing (`figure.mjs`). */
const WORDS = /^(?![\s\S]*url\s*\()/i;

/** What each attribute may hold. @type {Map<string, RegExp>} */
const ATTRIBUTES = new Map();
/** @type {[RegExp, string][]} */
const KNOWN = [
  [NUMBERS, "x y x1 x2 y1 y2 dx dy cx cy r rx ry width height viewBox points font-size"],
  [NUMBERS, "opacity fill-opacity stroke-opacity stroke-width stroke-dasharray"],
  [WORD, "text-anchor stroke-linecap stroke-linejoin shape-rendering pointer-events"],
  [/^(?:group|img)$/, "role"],
  [PAINT, "fill stroke"],
  [/^(?:[a-z]+|[1-9]00)$/, "font-weight font-style"],
  [/^(?:var\(--[a-z0-9-]+, )?[\w ,'"-]+\)?$/, "font-family"],
  [/^[MmLlHhVvCcSsQqTtAaZz0-9\s.,+e-]*$/, "d"],
  [/^(?:(?:translate|rotate|scale)\([-+0-9.e, ]+\) ?)*$/, "transform"],
  [/^http:\/\/www\.w3\.org\/2000\/svg$/, "xmlns"],
  [WORDS, "aria-label data-drag data-name data-why data-marks-cell data-marks-code"],
];
for (const [pattern, names] of KNOWN) for (const name of names.split(" ")) ATTRIBUTES.set(name, pattern);

const parser = new DOMParser();

/** @param {string} text @returns {DocumentFragment | undefined} undefined for what has to be sanitised */
export function plainDrawing(text) {
  if (!text.startsWith("<svg") || /<[!?]|\u0000/.test(text)) return undefined; // no entities, no instructions
  const root = parser.parseFromString(text, "image/svg+xml").documentElement;
  if (root.localName !== "svg" || !isPlain(root)) return undefined;
  const fragment = document.createDocumentFragment();
  fragment.append(document.adoptNode(root));
  return fragment;
}

/** @param {Element} element @returns {boolean} */
function isPlain(element) {
  if (element.namespaceURI !== NS || !ELEMENTS.has(element.localName)) return false;
  for (const { name, value } of element.attributes) {
    const may =
      name === "class" ? value.split(" ").every((one) => CLASSES.has(one)) : ATTRIBUTES.get(name)?.test(value);
    if (!may) return false;
  }
  for (let node = element.firstChild; node; node = node.nextSibling) {
    if (node instanceof Element ? !isPlain(node) : node.nodeType !== Node.TEXT_NODE) return false;
  }
  return true;
}

/** What a picture has in a page alone: it is told in words, and `early.mjs` has handles answer to keys. */
const OF_THE_PAGE = / aria-hidden="true"| role="slider" aria-valuenow="[^"]*" tabindex="0"/g;

/**
 * Pictures that a page has once, where they are seen, get into a cell's outputs again: see `_once` in
 * `cells/build/render.py`.
 * @param {Output[]} outputs  as they were built @param {Element} part  where they are seen
 */
export function putBack(outputs, part) {
  const drawn = [...part.querySelectorAll(':scope > [data-output="svg"]')].values();
  for (const output of outputs) {
    if (!("data" in output) || !(media.svg in output.data) || media.chart in output.data) continue;
    const svg = drawn.next().value?.querySelector("svg");
    if (svg && output.data[media.svg] === null)
      output.data[media.svg] = new XMLSerializer().serializeToString(svg).replace(OF_THE_PAGE, "");
  }
}
