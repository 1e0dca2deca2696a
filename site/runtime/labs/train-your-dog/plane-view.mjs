/** The plane of a lab: what the network says where, below the records that it learns from and is tested with. */

import { make, svg } from "../../lab/parts.mjs";
import { named } from "../animals.mjs";
import { paintKinds } from "./regions.mjs";
import { say } from "../../words/say.mjs";

/** @import { Points } from "./answers.mjs" */
/** @import { Palette } from "./regions.mjs" */

/** Outlines of the kinds' marks around 0, 0, as `primer.drawing.marks` has them. @type {Record<string, string>} */
const SHAPES = {
  toaster: "M-4 -4h8v8h-8z",
  bird: "M0 -5l5 9h-10z",
  cat: "M0 -5.6l5 5.6l-5 5.6l-5-5.6z",
  dog: "M-4.4 0a4.4 4.4 0 1 0 8.8 0a4.4 4.4 0 1 0-8.8 0z",
};

export class PlaneView {
  node = make("figure", { data: { part: "plane" } });
  #kinds;
  #reach;
  #regions;
  #marks = make("canvas", { ariaHidden: "true" });
  #square;
  /** @type {Points | undefined} */
  #points;
  /** Places of the records of the last step. @type {number[][]} */
  #lit = [];
  /** @type {Palette | undefined} */
  #colours;

  /** @param {string[]} kinds @param {number} grid @param {number} reach @param {[x: string, y: string]} titles */
  constructor(kinds, grid, reach, [x, y]) {
    this.#kinds = kinds;
    this.#reach = reach;
    this.#regions = make("canvas", { width: grid, height: grid, ariaHidden: "true" });
    const legend = make(
      "figcaption",
      {},
      ...kinds.map((kind) => {
        const path = svg("path", { d: SHAPES[kind] });
        path.style.fill = `var(--${kind})`;
        return make("span", {}, svg("svg", { viewBox: "-7 -7 14 14", "aria-hidden": true }, path), named(kind));
      }),
      make("span", { className: "hint" }, say("outlined: for testing")),
    );
    this.#square = make("div", { className: "square", role: "img" }, this.#regions, this.#marks);
    const axis = (/** @type {string} */ name, /** @type {string} */ title) =>
      make("span", { className: `axis ${name}`, ariaHidden: "true" }, `${title} →`);
    this.node.append(legend, this.#square, axis("x", x), axis("y", y));
  }

  /** @param {Palette} colours */
  recolour(colours) {
    this.#colours = colours;
    this.mark();
  }

  /** @param {Points} points */
  showPoints(points) {
    this.#points = points;
    this.#lit = [];
    this.mark();
  }

  /** @param {number[][]} places  of records that a step has learned from */
  light(places) {
    if (places.length === 0 && this.#lit.length === 0) return;
    this.#lit = places;
    this.mark();
  }

  /** @param {Uint8Array} probabilities */
  showRegions(probabilities) {
    if (this.#colours) paintKinds(this.#regions, probabilities, this.#colours);
  }

  /** @param {string} text */
  describe(text) {
    this.#square.setAttribute("aria-label", text);
  }

  /** The records, and where the size has changed: they change seldom, and have a canvas of their own. */
  mark() {
    const colours = this.#colours;
    const points = this.#points;
    const side = this.#marks.clientWidth;
    if (!colours || !points || side === 0) return;
    const sharp = Math.min(devicePixelRatio || 1, 2);
    this.#marks.width = this.#marks.height = Math.round(side * sharp);
    const pen = /** @type {CanvasRenderingContext2D} */ (this.#marks.getContext("2d"));
    const size = side < 300 ? 0.75 : 0.95;
    const shapes = this.#kinds.map((kind) => new Path2D(SHAPES[kind]));
    const css = ([red, green, blue] = [0, 0, 0]) => `rgb(${red} ${green} ${blue})`;
    const put = (/** @type {number[]} */ [x, y]) => {
      const [across, down] = [x, -y].map((at) => ((at / this.#reach + 1) / 2) * side);
      pen.setTransform(sharp * size, 0, 0, sharp * size, sharp * across, sharp * down);
    };
    const draw = (/** @type {number[][]} */ X, /** @type {number[]} */ labels, /** @type {boolean} */ isOutlined) => {
      X.forEach((place, i) => {
        put(place);
        pen.lineWidth = isOutlined ? 1.8 : 1;
        pen.fillStyle = css(isOutlined ? colours.paper : colours.kinds[labels[i]]);
        pen.strokeStyle = css(isOutlined ? colours.kinds[labels[i]] : colours.paper);
        pen.fill(shapes[labels[i]]);
        pen.stroke(shapes[labels[i]]);
      });
    };
    pen.strokeStyle = css(colours.ink);
    pen.lineWidth = 2;
    for (const place of this.#lit) {
      // below all marks, and wider than they are
      put(place);
      pen.beginPath();
      pen.arc(0, 0, 9, 0, 2 * Math.PI);
      pen.stroke();
    }
    draw(points.X_test, points.labels_test, true);
    draw(points.X_train, points.labels_train, false);
  }
}
