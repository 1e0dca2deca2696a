/** A cell's outputs in the page. What has not changed stays, what can be updated is, and the rest is made anew. */

import { Chart } from "../chart/chart.mjs";
import { limits } from "../config.mjs";
import { Figure } from "../figure/figure.mjs";
import { Latest } from "../page/latest.mjs";
import { make } from "../page/make.mjs";
import { formula, markup } from "./rich.mjs";
import { watchScrollers } from "../page/scrollers.mjs";
import { media } from "../python/protocol.mjs";
import { say } from "../words/say.mjs";

/** @import { Kernel } from "../state/kernel.mjs" */
/** @import { Output } from "../python/protocol.mjs" */

/**
 * @typedef {object} Shown
 * @property {string} kind  as in `data-output`
 * @property {any} value
 * @property {string} alternative  in words, for what is not text
 * @property {string} key  equal for what looks equal
 */

/** Richest first. */
const KINDS = /** @type {const} */ (["chart", "svg", "html", "latex", "text"]);

export class Outputs {
  #part;
  #kernel;
  /** @type {{shown: Shown, node: HTMLElement}[]} */
  #items;
  /** Who draws in a node. @type {WeakMap<HTMLElement, Chart | Figure>} */
  #drawers = new WeakMap();
  #latest = new Latest();
  #isNear = true;
  /** Draws what waits until it is looked at. @type {(() => void) | undefined} */
  #waiting;
  #timer = 0;
  #sight = new IntersectionObserver(
    (entries) => {
      this.#isNear = entries.some(({ isIntersecting }) => isIntersecting);
      if (this.#isNear) this.#waiting?.();
    },
    { rootMargin: "50%" },
  );

  /** @param {HTMLElement} part  `[data-part="output"]` @param {Output[]} built  in it @param {Kernel} kernel */
  constructor(part, built, kernel) {
    this.#part = part;
    this.#kernel = kernel;
    const nodes = /** @type {HTMLElement[]} */ ([...part.children]);
    const shown = built.flatMap(describe);
    this.#items = shown.length === nodes.length ? shown.map((shown, i) => ({ shown, node: nodes[i] })) : [];
    // can be touched as it was built
    for (const { shown, node } of this.#items) if (shown.kind === "svg") this.#drawer(node, Figure);
    this.#sight.observe(part);
  }

  /**
   * The part has `data-undrawn` until it shows them.
   * @param {Output[]} outputs
   * @param {boolean} isDrag  more will follow at once: what nobody sees is drawn when that is over
   */
  show(outputs, isDrag) {
    clearTimeout(this.#timer);
    this.#part.toggleAttribute("data-undrawn", true);
    this.#waiting = () => {
      clearTimeout(this.#timer);
      this.#waiting = undefined;
      void this.#draw(outputs);
    };
    if (isDrag && !this.#isNear) this.#timer = setTimeout(this.#waiting, limits.unseen);
    else this.#waiting();
  }

  /** @param {Output[]} outputs */
  async #draw(outputs) {
    const isLatest = this.#latest.begin();
    const wanted = outputs.flatMap(describe);
    const known = new Set(this.#items.map(({ shown }) => shown.key));
    const fills = await Promise.all(wanted.map((shown) => (known.has(shown.key) ? undefined : this.#filler(shown))));
    if (!isLatest()) return; // newer outputs are on their way
    const old = [...this.#items];
    this.#items = wanted.map((shown, i) => {
      const at = old.findIndex((item) => item.shown.kind === shown.kind);
      const [item] = at < 0 ? [] : old.splice(at, 1);
      if (item?.shown.key === shown.key) return item;
      const node = item?.node ?? element(shown.kind);
      label(node, shown);
      (fills[i] ?? (() => {}))(node);
      return { shown, node };
    });
    for (const { node } of old) this.#letGo(node);
    const nodes = this.#items.map(({ node }) => node);
    if (nodes.length !== this.#part.childNodes.length || nodes.some((node, i) => node !== this.#part.childNodes[i])) {
      this.#part.replaceChildren(...nodes);
    }
    watchScrollers(this.#part);
    this.#part.toggleAttribute("data-undrawn", false);
  }

  dispose() {
    this.#latest.begin();
    clearTimeout(this.#timer);
    this.#sight.disconnect();
    for (const { node } of this.#items) this.#letGo(node);
  }

  /** @param {HTMLElement} node */
  #letGo(node) {
    this.#drawers.get(node)?.dispose();
  }

  /**
   * Loads what an output needs and says how it gets into its node.
   * @param {Shown} shown @returns {Promise<(node: HTMLElement) => void>}
   */
  async #filler({ kind, value, alternative }) {
    try {
      if (kind === "chart") {
        await Chart.load();
        return (node) => this.#drawer(node, Chart).show(value);
      }
      if (kind === "svg" || kind === "html") {
        const fragment = await markup(String(value), kind);
        return (node) => (kind === "svg" ? this.#drawer(node, Figure).show(fragment) : node.replaceChildren(fragment));
      }
      if (kind === "latex") {
        const show = await formula(String(value));
        return (node) => show(node);
      }
    } catch (error) {
      console.warn(`This ${kind} is shown as text.`, error);
      return (node) => write(node, alternative || String(value));
    }
    return (node) => write(node, String(value));
  }

  /**
   * Who draws in a node, made when it is first needed.
   * @template {Chart | Figure} T @param {HTMLElement} node @param {new (node: HTMLElement, kernel: Kernel) => T} Kind
   */
  #drawer(node, Kind) {
    const drawer = this.#drawers.get(node) ?? new Kind(node, this.#kernel);
    this.#drawers.set(node, drawer);
    return /** @type {T} */ (drawer);
  }
}

/** Text without a space in so many characters makes a browser stand still: it measures the rest anew for each line. */
const WORD = 500;
const LONG_WORD = new RegExp(`\\S{${WORD}}`, "g");

/** @param {HTMLElement} node @param {string} text */
function write(node, text) {
  node.textContent = "";
  let from = 0;
  for (const match of text.matchAll(LONG_WORD)) {
    const end = match.index + WORD;
    node.append(text.slice(from, end), make("wbr")); // a place to break, and no character
    from = end;
  }
  node.append(text.slice(from));
}

/** @param {Output} output @returns {Shown[]} none for an error, which has a place of its own */
function describe(output) {
  if (output.type === "error") return [];
  if (output.type === "stream") {
    const { name, text } = output;
    return [{ kind: `stream ${name}`, value: text, alternative: "", key: `stream ${name} ${text}` }];
  }
  const kind = KINDS.find((kind) => output.data[media[kind]] !== undefined) ?? "text";
  const value = output.data[media[kind]] ?? "";
  const alternative = kind === "text" ? "" : String(output.data[media.text] ?? "");
  const key = `${kind} ${typeof value === "string" ? value : JSON.stringify(value)} ${alternative}`;
  return [{ kind, value, alternative, key }];
}

/** @param {string} kind */
function element(kind) {
  const [output, name] = kind.split(" ");
  const tags = /** @type {Record<string, "figure" | "div">} */ ({
    chart: "figure",
    svg: "figure",
    html: "div",
    latex: "div",
  });
  const tag = tags[output] ?? "pre";
  return make(tag, { data: { output, ...(name && { name }) } });
}

/** @param {HTMLElement} node @param {Shown} shown */
function label(node, { kind, alternative }) {
  if (kind !== "chart" && kind !== "svg") return;
  node.setAttribute("role", "img");
  node.setAttribute("aria-label", alternative || say(kind === "chart" ? "Chart" : "Picture"));
}
