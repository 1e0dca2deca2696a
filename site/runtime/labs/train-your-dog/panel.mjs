/** What “Train your dog” shows: figures, the network, the plane, curves, a weight, and the numbers of a step. */

import { LearningCurves } from "../../lab/curves.mjs";
import { Figures, bytesOf, make } from "../../lab/parts.mjs";
import { lessonNodes } from "./lesson-view.mjs";
import { NetworkView } from "./network-view.mjs";
import { PlaneView } from "./plane-view.mjs";
import { palette } from "./regions.mjs";
import { planeWords } from "./reports.mjs";
import { WeightView } from "./weight-view.mjs";
import { say } from "../../words/say.mjs";

/** @import { Lesson, Points, Value } from "./answers.mjs" */
/** @import { Place } from "./network-view.mjs" */
/** @import { Opening } from "./reports.mjs" */

export class Panel {
  figures = new Figures({
    epoch: [say("epoch"), 0],
    "train-loss": [say("training loss"), 4],
    "test-loss": [say("test loss"), 4],
    "train-accuracy": [say("training accuracy"), 3],
    "test-accuracy": [say("test accuracy"), 3],
  });
  curves = new LearningCurves();
  lesson = make("div", { data: { part: "lesson" } });
  pictures;
  #element;
  #opening;
  #plane;
  /** @type {NetworkView} */
  #network;
  #weight;
  /** The newest report. @type {Value | undefined} */
  #value;
  /** The last step's numbers, while the network is where it led. @type {Lesson | undefined} */
  #told;
  /** @type {Points | undefined} */
  points;

  /**
   * @param {HTMLElement} element  the lab, whose size and colours count
   * @param {Opening} opening
   * @param {{set: (place: Place, value: number) => void, announce: (text: string) => void}} wants
   * @param {AbortSignal} signal
   */
  constructor(element, opening, wants, signal) {
    const { kinds, inputs, grid, reach } = (this.#opening = opening);
    this.#element = element;
    this.#plane = new PlaneView(kinds, grid, reach, [inputs[0], inputs[1]]);
    this.#network = new NetworkView(inputs, kinds, grid, (place) => this.#weight.choose(place));
    this.#weight = new WeightView(element.id, this.#network, wants);
    const below = [this.#weight.list, this.#weight.form, this.curves.node];
    const left = make("div", { className: "left" }, this.#network.node, ...below);
    this.add(opening.report); // the curves begin where the network does, before anything is trained
    this.pictures = make("div", { data: { part: "pictures" } }, left, this.#plane.node);
    const resize = () => {
      this.#network.resize();
      this.#plane.mark();
    };
    const resized = new ResizeObserver(() => requestAnimationFrame(resize)); // it changes what is observed
    resized.observe(element);
    const recoloured = new MutationObserver(() => this.recolour());
    recoloured.observe(document.body, { attributes: true, attributeFilter: ["data-md-color-scheme"] });
    signal.addEventListener("abort", () => {
      resized.disconnect();
      recoloured.disconnect();
    });
  }

  /** Once the element has what is shown, and when the page's colours change. */
  recolour() {
    const colours = palette(this.#element, this.#opening.kinds);
    this.#plane.recolour(colours);
    this.#network.recolour(colours);
    if (this.#value) this.#plane.showRegions(bytesOf(this.#value.regions));
  }

  /** @param {Place} place */
  nameOf(place) {
    return this.#network.nameOf(place);
  }

  /** A training begins. */
  clear() {
    this.curves.clear();
    this.forgetLesson();
  }

  /** The next place of the curves. @param {Value} value */
  add(value) {
    const epoch = value.epoch + value.position / Math.max(1, this.points?.X_train.length ?? 1);
    if (value.ran_away !== null) this.curves.add(epoch, [null, null], [null, null]);
    else this.curves.add(epoch, [value.train_loss, value.test_loss], [value.train_accuracy, value.test_accuracy]);
  }

  /** @param {Value} value @param {{rate: string | number, isTraining: boolean}} pace */
  show(value, { rate, isTraining }) {
    this.#value = value;
    const away = value.ran_away;
    this.figures.show("epoch", value.epoch);
    this.figures.show("train-loss", away ? null : value.train_loss);
    this.figures.show("test-loss", away ? null : value.test_loss);
    this.figures.show("train-accuracy", value.train_accuracy);
    this.figures.show("test-accuracy", value.test_accuracy);
    const regions = bytesOf(value.regions);
    if (value.points) this.#plane.showPoints(value.points);
    this.#plane.showRegions(regions);
    this.#network.show(value.layers, regions, bytesOf(value.neurons));
    this.curves.draw();
    this.#weight.show({ layers: value.layers, told: this.#told, rate, isTraining });
    if (!isTraining) this.describe(value);
  }

  /** What is drawn, in words: not at every step. @param {Value} value */
  describe(value) {
    this.#network.describe();
    this.curves.describe();
    this.#plane.describe(planeWords(this.#opening.inputs, this.#opening.kinds, this.points, bytesOf(value.regions)));
  }

  /** The numbers of a step, which hold until the next. @param {Lesson} lesson @param {number} step */
  teach(lesson, step) {
    this.#told = lesson;
    const { kinds, inputs } = this.#opening;
    this.lesson.replaceChildren(...lessonNodes(lesson, { kinds, inputs, step }));
    this.#plane.light(lesson.records.map(({ place }) => place));
  }

  forgetLesson() {
    this.#told = undefined;
    this.lesson.replaceChildren();
    this.#plane.light([]);
  }
}
