/** Markup and formulas that came out of Python, made safe. The libraries are loaded when they are first needed. */

import { urls } from "../config.mjs";
import { CLASSES, plainDrawing } from "./drawing.mjs";
import { once } from "../page/once.mjs";

/** A style that could reach out of its output, or out of the site. */
const REACHING = /url\s*\(\s*(?!["']?#)|image-set|@import|position\s*:|\\|\/\*/i;
/** Addresses in an output: parts of itself, and pictures that it brings along. */
const OWN = /^(?:#|data:image\/(?:png|jpeg|gif|webp);)/i;
/** Attributes that hold one. */
const ADDRESSES = "src href xlink:href srcset poster background action cite longdesc xml:base usemap".split(" ");

/** What could dress up the page, press its buttons, speak for it, ask something, lead elsewhere, hide or move. */
const FORBID_TAGS = (
  "style form input button textarea select label output dialog marquee map area a template " +
  "animatetransform animatemotion"
).split(" ");
const FORBID_ATTR = ["for", "name", "popover", "tabindex", "inert"];
/** What may be told of a part of an output. Live regions are told unasked, and others name parts of the page. */
const TOLD = ["aria-label", "aria-hidden"];
const ROLES = /^(?:group|img|list|listitem|math|none|note|presentation)$/;

/** What a drawing says of its parts for the page to act on: names and words, no address and no code. */
const TOUCHED = ["data-drag", "data-name", "data-why", "data-marks-cell", "data-marks-code"];

/** Characters of a formula, its macros, and the em of a length in it: KaTeX would go on for as long as it takes. */
const FORMULA = Object.freeze({ characters: 20_000, maxExpand: 200, maxSize: 40 });

const loadPurifier = once(async () => {
  const { default: purify } = await import(urls.purify);
  purify.addHook("uponSanitizeAttribute", (/** @type {Element} */ _node, /** @type {any} */ attribute) => {
    const { attrName: name, attrValue: value } = attribute;
    const isAddress = ADDRESSES.includes(name);
    if ((name === "role" && !ROLES.test(value)) || (name === "id" && isTaken(value))) attribute.keepAttr = false;
    const isOurs = (/** @type {string} */ one) => CLASSES.has(one);
    if (name === "class") attribute.attrValue = value.split(/\s+/).filter(isOurs).join(" ");
    const reachesOut = name === "style" || /url\s*\(/i.test(value) ? REACHING.test(value) : false;
    if (reachesOut || (isAddress && !OWN.test(value))) attribute.keepAttr = false;
  });
  return purify;
});

/** Whether something of the page has this name: links, labels and its scripts mean that. @param {string} id */
const isTaken = (id) => document.getElementById(id)?.closest('[data-part="output"]') === null;

/** @param {string} text @param {"svg" | "html"} kind @returns {Promise<DocumentFragment>} */
export async function markup(text, kind) {
  const plain = kind === "svg" ? plainDrawing(text) : undefined;
  if (plain) return plain;
  const purify = await loadPurifier();
  return purify.sanitize(text, {
    USE_PROFILES: kind === "svg" ? { svg: true, svgFilters: true } : { html: true, svg: true },
    FORBID_TAGS,
    FORBID_ATTR,
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false, // the theme and this runtime act on them
    ADD_ATTR: kind === "svg" ? [...TOLD, ...TOUCHED] : TOLD,
    ADD_URI_SAFE_ATTR: TOUCHED, // "loss: 0.5" is no address
    RETURN_DOM_FRAGMENT: true,
  });
}

const loadKatex = once(() => import(urls.katex));

/** @param {string} text  of `_repr_latex_`, with dollars @returns {Promise<(node: HTMLElement) => void>} */
export async function formula(text) {
  if (text.length > FORMULA.characters)
    throw new Error(`a formula has at most ${FORMULA.characters} characters, got ${text.length}`);
  const { default: library } = await loadKatex();
  const { maxExpand, maxSize } = FORMULA;
  const [, tex] = /^\s*(?:\$\$|\$|\\\[|\\\()?([\s\S]*?)(?:\$\$|\$|\\\]|\\\))?\s*$/.exec(text) ?? ["", text];
  return (node) =>
    library.render(tex, node, { displayMode: true, throwOnError: false, trust: false, maxExpand, maxSize });
}
