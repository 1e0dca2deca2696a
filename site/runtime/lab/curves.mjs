/** Two curves over the epochs, of training and of test: a chart that is drawn at every step. */

import { make, svg } from "./parts.mjs";
import { decimal, say } from "../words/say.mjs";

/** The picture's label says it. */
const SILENT = { "aria-hidden": "true" };
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [340, 150, 40, 54, 10, 24];
/** Units from one line of text to the next. */
const LINE = 13;
/** Points of a curve, at most: beyond, every second one goes. */
const MOST = 400;

/** @param {number} value */
const plain = (value) => String(Number(value.toPrecision(2)));

class Curves {
  node = make("figure", { data: { part: "curves" } });
  #picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
  #title;
  #top;
  #paths = { train: svg("path", { class: "train" }), test: svg("path", { class: "test" }) };
  /** Each curve has its name where it ends. */
  #names = {
    train: svg("text", { ...SILENT, dy: "0.34em" }, say("training")),
    test: svg("text", { ...SILENT, dy: "0.34em" }, say("test")),
  };
  #most = svg("text", { ...SILENT, x: LEFT - 6, y: TOP, dy: "0.34em", "text-anchor": "end" });
  #last = svg("text", { ...SILENT, x: WIDTH - RIGHT, y: HEIGHT - 7, "text-anchor": "end" });
  /** Epoch, training, test. @type {(number | null)[][]} */
  points = [];

  /** @param {string} title @param {number} [top]  of the axis; without it, the largest value */
  constructor(title, top) {
    this.#title = title;
    this.#top = top;
    const bottom = HEIGHT - BOTTOM;
    this.#picture.append(
      svg("path", { class: "axis", d: `M${LEFT} ${TOP}V${bottom}H${WIDTH - RIGHT}` }),
      this.#most,
      this.#last,
      svg("text", { ...SILENT, x: LEFT - 6, y: bottom, dy: "0.34em", "text-anchor": "end" }, "0"),
      svg("text", { ...SILENT, x: LEFT, y: HEIGHT - 7 }, `${say("epoch")} 0`),
      this.#paths.train,
      this.#paths.test,
      this.#names.train,
      this.#names.test,
    );
    this.node.append(make("figcaption", {}, make("strong", {}, title)), this.#picture);
  }

  /** What lies ahead of an epoch goes: the training went back. @param {number} epoch */
  cut(epoch) {
    this.points = this.points.filter(([at]) => Number(at) <= epoch);
  }

  /** @param {number} epoch @param {number | null} train @param {number | null} test */
  add(epoch, train, test) {
    const point = [epoch, train, test];
    if (this.points.at(-1)?.[0] === epoch) this.points.pop();
    this.points.push(point);
    if (this.points.length > MOST) this.points = this.points.filter((_, i) => i % 2 === 0 || i === MOST);
  }

  draw() {
    const numbers = this.points.flatMap(([, train, test]) => [train, test]).filter((value) => value !== null);
    const top = this.#top ?? Math.max(0.1, ...numbers);
    const end = Math.max(1, Number(this.points.at(-1)?.[0] ?? 1));
    const place = (/** @type {number} */ epoch, /** @type {number} */ value) => {
      const across = LEFT + (epoch / end) * (WIDTH - LEFT - RIGHT);
      const down = HEIGHT - BOTTOM - (Math.min(value, top) / top) * (HEIGHT - TOP - BOTTOM);
      return `${across.toFixed(1)} ${down.toFixed(1)}`;
    };
    [this.#paths.train, this.#paths.test].forEach((path, i) => {
      const whole = this.points.filter((point) => point[i + 1] !== null);
      const d = whole.map((point) => place(Number(point[0]), Number(point[i + 1]))).join("L");
      path.setAttribute("d", d && `M${d}${whole.length === 1 ? "h0" : ""}`); // one is a dot
    });
    this.#name((epoch, value) => place(epoch, value).split(" ").map(Number));
    this.#most.textContent = plain(top);
    this.#last.textContent = plain(end);
  }

  /**
   * Puts each name beside the end of its curve, and none upon the other.
   * @param {(epoch: number, value: number) => number[]} place
   */
  #name(place) {
    const [train, test] = [1, 2].map((i) => this.points.findLast((point) => point[i] !== null));
    this.#names.train.toggleAttribute("hidden", !train);
    this.#names.test.toggleAttribute("hidden", !test);
    if (!train || !test) return;
    const [[across, one], [, other]] = [
      place(Number(train[0]), Number(train[1])),
      place(Number(test[0]), Number(test[2])),
    ];
    const push = Math.max(0, LINE - Math.abs(one - other)) / 2;
    const up = one <= other ? push : -push;
    const lowest = place(0, 0)[1];
    const heights = [one - up, other + up];
    const shift = Math.min(0, lowest - Math.max(...heights));
    [this.#names.train, this.#names.test].forEach((name, i) => {
      name.setAttribute("x", String(across + 5));
      name.setAttribute("y", (heights[i] + shift).toFixed(1));
    });
  }

  /** Says in words what is drawn; not at every step. */
  describe() {
    const first = this.points[0];
    const last = this.points.at(-1);
    const said = (/** @type {number | null} */ value) => (value === null ? "nan" : decimal(value.toFixed(3)));
    let told = say("nothing yet.");
    if (first && first === last) {
      const [training, test] = [said(first[1]), said(first[2])];
      told = say("at epoch {epoch}: training {training}, test {test}.", { epoch: first[0], training, test });
    } else if (first && last) {
      const [epochs, training, test] = [0, 1, 2].map((i) => {
        const [from, to] = [first[i], last[i]].map((value) => (i === 0 ? Math.floor(Number(value)) : said(value)));
        return say(i === 0 ? "from epoch {from} to {to}" : "from {from} to {to}", { from, to });
      });
      told = say("{epochs}: training {training}, test {test}.", { epochs, training, test });
    }
    this.#picture.setAttribute("aria-label", `${this.#title}, ${told}`);
  }
}

/** Loss and accuracy of a training, beside each other. */
export class LearningCurves {
  #loss = new Curves(say("Loss in nats"));
  #accuracy = new Curves(say("Accuracy"), 1);
  #both = [this.#loss, this.#accuracy];
  /** What the build drew, in place of both until they have something. @type {Element | null} */
  #built = null;
  node = make("div", { data: { part: "charts" } }, this.#loss.node, this.#accuracy.node);

  set built(/** @type {Element | null} */ built) {
    this.#built = built;
    this.draw();
  }

  /** Both, as they are kept. */
  get points() {
    return this.#both.map(({ points }) => points.slice());
  }

  set points(kept) {
    this.#both.forEach((curves, i) => (curves.points = kept[i] ?? []));
    this.draw();
  }

  /** @typedef {[train: number | null, test: number | null]} Pair */

  /** @param {number} epoch @param {Pair} loss @param {Pair} [accuracy] */
  add(epoch, loss, accuracy) {
    this.#loss.add(epoch, ...loss);
    if (accuracy) this.#accuracy.add(epoch, ...accuracy);
  }

  /** They end where a training goes on from. @param {number} epoch */
  cut(epoch) {
    for (const curves of this.#both) curves.cut(epoch);
  }

  clear() {
    this.points = [];
  }

  draw() {
    for (const curves of this.#both) curves.draw();
    if (this.#built && this.#loss.points.length === 0) this.node.replaceChildren(this.#built);
    else if (this.#built?.parentNode) this.node.replaceChildren(this.#loss.node, this.#accuracy.node);
  }

  describe() {
    for (const curves of this.#both) curves.describe();
  }
}
