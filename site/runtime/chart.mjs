/** One Vega-Lite chart: compiled when its shape changes, fed when only its data do. No eval. */

import { urls } from "./config.mjs";

/** @typedef {typeof import("./bundle/vega.mjs")} Vega */
/** @typedef {Record<string, any>} Spec */

/** @type {Promise<Vega> | undefined} */
let loading;
/** @type {Vega | undefined} */
let vega;

export class Chart {
  #figure;
  /** @type {any} */
  #view;
  /** The spec without its data: as long as it stays, the view can stay. */
  #shape = "";
  /** @type {Spec | undefined} */
  #next;
  #isDrawing = false;
  #isGone = false;

  /** Loads the library, once. */
  static async load() {
    vega = await (loading ??= import(urls.vega).catch((error) => {
      loading = undefined;
      throw error;
    }));
  }

  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.#figure = figure;
  }

  /** Draws the newest spec; those that come while one is being drawn give way to the last. @param {Spec} spec */
  async show(spec) {
    this.#next = spec;
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    try {
      while (this.#next && !this.#isGone) {
        const newest = this.#next;
        this.#next = undefined;
        await this.#draw(newest);
      }
    } catch (error) {
      this.#shape = "";
      this.#figure.textContent = this.#figure.getAttribute("aria-label");
      console.warn("This chart could not be drawn.", error);
    } finally {
      this.#isDrawing = false;
    }
  }

  dispose() {
    this.#isGone = true;
    this.#view?.finalize();
  }

  /** @param {Spec} spec */
  async #draw(spec) {
    const { data, bare } = takeData(spec);
    const shape = JSON.stringify(bare);
    if (shape === this.#shape) {
      for (const [name, values] of data) this.#view.data(name, structuredClone(values)); // Vega writes on what it is given
      await this.#view.runAsync();
      return;
    }
    const { View, compile, parse, expressionInterpreter, config, quiet } = /** @type {Vega} */ (vega);
    const whole = /** @type {any} */ ({ ...bare, datasets: structuredClone(Object.fromEntries(data)) });
    if (whole.width === "container") whole.width = config.view.continuousWidth; // as at the build: the style sheet scales it
    const compiled = compile(whole, { config: /** @type {any} */ (config), logger: quiet }).spec;
    const place = document.createElement("div");
    const view = new View(parse(compiled, undefined, { ast: true }), {
      renderer: "svg",
      container: place,
      expr: expressionInterpreter,
      hover: false,
    });
    await view.runAsync();
    if (this.#isGone) return void view.finalize();
    this.#view?.finalize();
    this.#view = view;
    this.#shape = shape;
    place.firstElementChild?.setAttribute("aria-hidden", "true"); // the figure's label says it all
    this.#figure.replaceChildren(place);
  }
}

/**
 * Gives every piece of inline data a name and takes it out.
 *
 * @param {Spec} spec
 * @returns {{bare: Spec, data: Map<string, any[]>}}
 */
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
