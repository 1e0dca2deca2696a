/**
 * The network of a lab: a picture of what each neuron does, and the weights between them as lines that can be chosen.
 * Tab leads to one of them, the arrow keys to the others.
 */

import { make, svg } from "../../lab/parts.mjs";
import { animal, named } from "../animals.mjs";
import { ledTo } from "../../page/keys.mjs";
import { paintInput, paintKind, paintNeuron } from "./regions.mjs";
import { say } from "../../words/say.mjs";

/** @import { Layers } from "./answers.mjs" */
/** @import { Palette } from "./regions.mjs" */

/**
 * @typedef {{layer: number, row: number, column: number}} Place  of a weight; row -1 is the bias of the neuron
 *   `column`
 */

/** Layers, and neurons of each: an edited snippet may say that there are more than a page can draw. */
const [LAYERS, NEURONS] = [12, 64];

/** @param {Place} place */
const keyOf = ({ layer, row, column }) => `${layer} ${row} ${column}`;

export class NetworkView {
  node = make("div", { role: "group", data: { part: "network" } });
  #inputs;
  #kinds;
  #grid;
  #choose;
  #picture = svg("svg");
  /** @type {number[]} */
  #sizes = [];
  #width = 0;
  /** One for each neuron of each layer, the inputs' layer first. @type {HTMLCanvasElement[][]} */
  #canvases = [];
  /** @type {Map<string, {place: Place, line: SVGElement, part: SVGElement, value: number}>} */
  #parts = new Map();
  #next = "";
  #chosen = "";
  /** @type {{layers: Layers, probabilities: Uint8Array, outputs: Uint8Array} | undefined} */
  #shown;
  /** @type {Palette | undefined} */
  #colours;

  /**
   * @param {string[]} inputs  what they are called
   * @param {string[]} kinds
   * @param {number} grid  cells along each side of a picture
   * @param {(place: Place) => void} choose
   */
  constructor(inputs, kinds, grid, choose) {
    this.#inputs = inputs;
    this.#kinds = kinds;
    this.#grid = grid;
    this.#choose = choose;
    this.node.setAttribute("aria-label", say("The network: choose a weight or a bias to see and change its number"));
    this.node.addEventListener("click", ({ target }) => this.#chosenBy(target));
    this.node.addEventListener("keydown", (event) => this.#key(event));
    this.node.addEventListener("focusin", ({ target }) => this.#lead(target));
  }

  /** @param {Palette} colours */
  recolour(colours) {
    this.#colours = colours;
    this.#lay();
  }

  resize() {
    if (this.node.clientWidth !== this.#width) this.#lay();
  }

  /** @param {Layers} layers @param {Uint8Array} probabilities @param {Uint8Array} outputs  of the hidden neurons */
  show(layers, probabilities, outputs) {
    this.#shown = { layers, probabilities, outputs };
    const sizes = [this.#inputs.length, ...layers.map(([, bias]) => bias.length)];
    if (sizes.length > LAYERS || !sizes.every((size) => size <= NEURONS)) {
      const got = sizes.slice(0, LAYERS).join(", ");
      throw new Error(
        say("a network is drawn with at most {layers} layers of {neurons} neurons, got {got}", {
          ...{ layers: LAYERS, neurons: NEURONS, got },
        }),
      );
    }
    if (String(sizes) === String(this.#sizes)) return this.#draw();
    this.#sizes = sizes;
    this.#lay();
  }

  /** What a weight or bias is called. @param {Place} place */
  nameOf({ layer, row, column }) {
    const to = this.#neuron(layer + 1, column);
    return row < 0
      ? say("bias of {to}", { to })
      : say("weight from {from} to {to}", { from: this.#neuron(layer, row), to });
  }

  /** All that can be chosen, layer by layer. @returns {Place[]} */
  get places() {
    return this.#sizes
      .slice(1)
      .flatMap((size, layer) =>
        Array.from({ length: size }, (_, column) =>
          Array.from({ length: this.#sizes[layer] + 1 }, (_, i) => ({ layer, row: i - 1, column })),
        ).flat(),
      );
  }

  /** @param {Place} place */
  has({ layer, row, column }) {
    return layer < this.#sizes.length - 1 && row < this.#sizes[layer] && column < this.#sizes[layer + 1];
  }

  /** Marks what is chosen; nothing, without a place. @param {Place} [place] */
  mark(place) {
    this.#parts.get(this.#chosen)?.part.setAttribute("aria-pressed", "false");
    this.#chosen = place ? keyOf(place) : "";
    this.#parts.get(this.#chosen)?.part.setAttribute("aria-pressed", "true");
  }

  /** @param {Place} place */
  focus(place) {
    this.#parts.get(keyOf(place))?.part.focus();
  }

  /** The numbers for those who hear the picture: not at every step. */
  describe() {
    for (const { place, part, value } of this.#parts.values()) {
      part.setAttribute("aria-label", `${this.nameOf(place)}: ${value.toFixed(3)}`);
    }
  }

  /** @param {number} layer @param {number} index */
  #neuron(layer, index) {
    if (layer === 0) return this.#inputs[index];
    if (layer === this.#sizes.length - 1) return named(this.#kinds[index]);
    const values = { index: index + 1, layer };
    return say(this.#sizes.length === 3 ? "neuron {index}" : "neuron {index} of layer {layer}", values);
  }

  /** Puts everything in its place, for the width that there is. */
  #lay() {
    const width = this.node.clientWidth;
    this.#width = width;
    if (width === 0 || this.#sizes.length === 0) return;
    const columns = this.#sizes.length;
    const label = width < 420 ? 54 : 66;
    const side = Math.max(22, Math.min(50, (width - 2 * label) / (1.8 * columns)));
    const pitch = side + (side < 32 ? 10 : 14);
    const height = Math.max(...this.#sizes) * pitch + 22;
    const across = (/** @type {number} */ layer) =>
      label + side / 2 + (layer / (columns - 1)) * (width - 2 * label - side);
    const down = (/** @type {number} */ layer, /** @type {number} */ i) =>
      18 + (height - 18) / 2 + (i - (this.#sizes[layer] - 1) / 2) * pitch;
    this.#picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.#parts.clear();
    const [lines, knobs] = [svg("g"), svg("g")];
    for (let layer = 0; layer < columns - 1; layer++) {
      const [start, end] = [across(layer) + side / 2, across(layer + 1) - side / 2];
      const middle = (start + end) / 2;
      for (let column = 0; column < this.#sizes[layer + 1]; column++) {
        for (let row = 0; row < this.#sizes[layer]; row++) {
          const [from, to] = [down(layer, row), down(layer + 1, column)];
          const d = `M${start} ${from}C${middle} ${from} ${middle} ${to} ${end} ${to}`;
          lines.append(this.#part({ layer, row, column }, "path", { d }));
        }
        const at = { cx: end + 1, cy: down(layer + 1, column) + side / 2 - 2, r: 4.5 };
        knobs.append(this.#part({ layer, row: -1, column }, "circle", at));
      }
    }
    this.#picture.replaceChildren(lines, knobs);
    this.#canvases = this.#sizes.map((size, layer) =>
      Array.from({ length: size }, (_, i) => {
        const canvas = make("canvas", { width: this.#grid, height: this.#grid, ariaHidden: "true" });
        const [left, top] = [across(layer) - side / 2, down(layer, i) - side / 2];
        canvas.style.cssText = `left:${left}px;top:${top}px;width:${side}px;height:${side}px`;
        return canvas;
      }),
    );
    const caption = (/** @type {number} */ layer, /** @type {number} */ i, /** @type {string} */ name) => {
      const isFirst = layer === 0;
      const node = make("span", { className: isFirst ? "from" : "to", title: name, ariaHidden: "true" });
      node.append(isFirst ? name : animal(name));
      const at = across(layer) + (isFirst ? -side / 2 - 6 : side / 2 + 8);
      node.style.cssText = `top:${down(layer, i)}px;${isFirst ? `right:${width - at}px` : `left:${at}px`}`;
      return node;
    };
    const captions = [
      ...this.#inputs.map((name, i) => caption(0, i, name)),
      ...this.#kinds.map((name, i) => caption(columns - 1, i, name)),
    ];
    this.node.style.height = `${height}px`;
    this.node.replaceChildren(...this.#canvases.flat(), this.#picture, ...captions);
    if (!this.#parts.has(this.#next)) this.#next = this.#parts.keys().next().value ?? "";
    this.#parts.get(this.#next)?.part.setAttribute("tabindex", "0");
    this.#parts.get(this.#chosen)?.part.setAttribute("aria-pressed", "true");
    if (this.#colours) {
      paintInput(this.#canvases[0][0], "x", this.#colours);
      paintInput(this.#canvases[0][1], "y", this.#colours);
    }
    this.#draw();
    this.describe();
  }

  /**
   * A line or a knob, within a broader one that a finger meets.
   * @param {Place} place @param {"path" | "circle"} tag @param {Record<string, unknown>} attributes
   */
  #part(place, tag, attributes) {
    const line = svg(tag, { class: tag === "circle" ? "knob" : "line", ...attributes });
    const reach = svg(tag, { class: "reach", ...attributes, ...(tag === "circle" && { r: 9 }) });
    const own = { role: "button", tabindex: -1, "aria-pressed": false, "data-place": keyOf(place) };
    const part = svg("g", own, reach, line);
    this.#parts.set(keyOf(place), { place, line, part, value: 0 });
    return part;
  }

  #draw() {
    const shown = this.#shown;
    const colours = this.#colours;
    if (!shown || this.#canvases.length !== shown.layers.length + 1) return;
    for (const entry of this.#parts.values()) {
      const { layer, row, column } = entry.place;
      const [weights, bias] = shown.layers[layer];
      const value = (row < 0 ? bias[column] : weights[row][column]) ?? NaN;
      const isBelow = value < 0;
      if (isBelow !== entry.value < 0 || Object.is(entry.value, 0)) entry.line.classList.toggle("below", isBelow);
      if (row >= 0) entry.line.style.strokeWidth = String(Math.min(7, 1 + 1.3 * Math.abs(value) || 1));
      entry.value = value;
    }
    if (!colours) return;
    const cells = this.#grid * this.#grid;
    let neuron = 0;
    for (const layer of this.#canvases.slice(1, -1))
      for (const canvas of layer) paintNeuron(canvas, shown.outputs, cells * neuron++, colours);
    (this.#canvases.at(-1) ?? []).forEach((canvas, kind) => paintKind(canvas, shown.probabilities, kind, colours));
  }

  /** @param {EventTarget | null} target */
  #placeOf(target) {
    const part = target instanceof Element ? target.closest("[data-place]") : null;
    return this.#parts.get(part?.getAttribute("data-place") ?? "")?.place;
  }

  /** @param {EventTarget | null} target */
  #chosenBy(target) {
    const place = this.#placeOf(target);
    if (place) this.#choose(place);
  }

  /** @param {EventTarget | null} target */
  #lead(target) {
    const place = this.#placeOf(target);
    if (!place) return;
    this.#parts.get(this.#next)?.part.setAttribute("tabindex", "-1");
    this.#next = keyOf(place);
    this.#parts.get(this.#next)?.part.setAttribute("tabindex", "0");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const place = this.#placeOf(event.target);
    if (!place) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return this.#choose(place);
    }
    const next = this.#parts.get(ledTo(event.key, [...this.#parts.keys()], keyOf(place)) ?? "");
    if (!next) return;
    event.preventDefault();
    next.part.setAttribute("aria-label", `${this.nameOf(next.place)}: ${next.value.toFixed(3)}`);
    next.part.focus();
  }
}
