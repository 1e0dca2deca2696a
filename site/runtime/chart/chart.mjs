/**
 * One Vega-Lite chart, from code that is not trusted: held to a table of what a chart may hold, turned into text by a
 * view that has no way to the page, and let in as shapes and words alone. Compiled when its shape changes, fed when
 * only its data do.
 */

import { urls } from "../config.mjs";
import { adapt } from "../figure/figure.mjs";
import { oneAtATime } from "../page/latest.mjs";
import { make } from "../page/make.mjs";
import { once } from "../page/once.mjs";
import { say } from "../words/say.mjs";

/** @typedef {typeof import("./vega/vega.mjs")} Vega */
/** @typedef {Record<string, any>} Spec */

/** @type {() => Promise<Vega>} */
const loadVega = once(() => import(urls.vega));
/** @type {Vega | undefined} */
let vega;

export class Chart {
  #figure;
  /** @type {InstanceType<Vega["Picture"]> | undefined} */
  #picture;
  /** The spec without its data: as long as it stays, the view can stay. */
  #shape = "";
  #isGone = false;
  /** Draws the newest spec; those that come while one is being drawn give way to the last. */
  show = oneAtATime((/** @type {Spec} */ spec) => this.#show(spec));

  /** Loads the library, once. */
  static async load() {
    vega = await loadVega();
  }

  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.#figure = figure;
  }

  /** @param {Spec} spec */
  async #show(spec) {
    if (this.#isGone) return;
    await this.#draw(spec).catch((error) => {
      console.warn("This chart could not be drawn.", error);
      this.#refuse(say("This chart is not drawn: what it asks for is too much, or does not fit together."));
    });
  }

  dispose() {
    this.#isGone = true;
    this.#picture?.dispose();
  }

  /** @param {Spec} spec */
  async #draw(spec) {
    const { Picture, drawing, inWords, refusal } = /** @type {Vega} */ (vega);
    const wrong = refusal(spec);
    if (wrong) return this.#refuse(inWords(wrong));
    const { data, bare } = takeData(spec);
    const shape = JSON.stringify(bare);
    if (this.#picture === undefined || shape !== this.#shape) {
      this.#picture?.dispose();
      this.#picture = new Picture(bare);
      this.#shape = shape;
    }
    const fresh = drawing(await this.#picture.draw(data));
    if (this.#isGone) return;
    for (const name of ["width", "height"]) fresh.removeAttribute(name); // the style sheet scales it
    fresh.setAttribute("aria-hidden", "true"); // the figure's label says it all
    const { firstElementChild: old } = this.#figure;
    if (old?.localName === "svg")
      adapt(old, fresh); // most of it stays as it is from step to step of a slider
    else this.#figure.replaceChildren(fresh);
  }

  /** In its place stand why, and what it would have shown in words. @param {string} why */
  #refuse(why) {
    this.#picture?.dispose();
    this.#picture = undefined;
    const told = make("p", { data: { part: "refused" } }, why);
    const words = make("p", {}, this.#figure.getAttribute("aria-label") ?? "");
    this.#figure.removeAttribute("role"); // no picture any more; `label` of outputs.mjs says so again for the next one
    this.#figure.replaceChildren(told, words);
  }
}

/** Takes inline data out, by name. @param {Spec} spec @returns {{bare: Spec, data: Map<string, any[]>}} */
function takeData(spec) {
  /** @type {Map<string, any[]>} */
  const data = new Map();
  /** @param {any} node @returns {any} */
  const walk = (node) => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        if (key !== "data" || !Array.isArray(value?.values)) return [key, walk(value)];
        const name = value.name ?? `given_${data.size}`;
        data.set(name, value.values);
        const { values: _, ...others } = value;
        return [key, { ...others, name }];
      }),
    );
  };
  const { datasets = {}, description: _, ...rest } = spec; // the figure has the words
  const bare = walk(rest);
  for (const [name, values] of Object.entries(datasets)) data.set(name, /** @type {any[]} */ (values));
  return { bare, data };
}
