/** How far a training is and how well it does: figures, a bar, and the two curves. */

import { LearningCurves } from "../../lab/curves.mjs";
import { Figures, make } from "../../lab/parts.mjs";
import { say } from "../../words/say.mjs";

/** @import { Report, Tests } from "./answers.mjs" */

export class ProgressView {
  figures = new Figures({
    epoch: [say("epoch"), 0],
    "train-loss": [say("training loss"), 4],
    "test-loss": [say("test loss"), 4],
    "test-accuracy": [say("known breeds"), 3],
    "new-breeds-accuracy": [say("new breeds"), 3],
  });
  curves = new LearningCurves();
  #progress = make("progress", { max: 1, value: 0, "aria-label": say("Training, so far") });
  #left = make("span", { className: "hint", data: { part: "time-left" } });
  bar = make("div", { className: "so-far" }, this.#progress, this.#left);

  constructor() {
    this.curves.draw();
    this.curves.describe();
  }

  /**
   * What the training has.
   * @param {{buttons: Node[], files: Node[], summary: Node, notice: Node, settings: Node}} rest
   */
  section({ buttons, files, summary, notice, settings }) {
    const head = make("h3", { id: "dog-stream-train", textContent: say("The training") });
    const bar = make("div", { data: { part: "bar" } }, ...buttons);
    const apart = make("div", { data: { part: "files" } }, ...files);
    const fold = make("details", {}, make("summary", {}, say("Settings")), settings);
    const names = { data: { part: "training" }, "aria-labelledby": head.id };
    const shown = [this.bar, summary, notice, this.figures.node, this.curves.node];
    return make("section", names, head, bar, ...shown, fold, apart);
  }

  /** How much longer, in words. */
  get left() {
    return this.#left.textContent ?? "";
  }

  set left(words) {
    this.#left.textContent = words;
  }

  /** @param {Report} report */
  show(report) {
    this.figures.show("epoch", report.epoch);
    if (report.train_loss !== null) {
      this.figures.show("train-loss", report.train_loss);
      if (report.losses.length > 0) this.curves.add(placeOf(report), [report.train_loss, null]);
    }
    this.#progress.value = report.step / report.n_steps;
    const seconds = report.seconds_left;
    this.left = report.is_done
      ? say("done")
      : seconds === null || report.step === 0
        ? ""
        : say("about {seconds} s left", { seconds: Math.max(1, Math.round(seconds)) });
    this.curves.draw();
  }

  /** What a test came to. @param {Tests} tests @param {Report} [report]  of the moment, for the curves */
  showTests(tests, report) {
    this.figures.show("test-loss", tests.test.loss);
    this.figures.show("test-accuracy", tests.test.accuracy);
    this.figures.show("new-breeds-accuracy", tests.new_breeds.accuracy);
    if (!report) return;
    const { met, test } = tests;
    this.curves.add(placeOf(report), [report.train_loss, test.loss], [met.accuracy, test.accuracy]);
    this.curves.draw();
  }

  /** The curves end where a training goes on from. @param {Report} report */
  cut(report) {
    this.curves.cut(placeOf(report));
  }

  /** There is no training. */
  clear() {
    this.curves.clear();
    this.figures.clear();
    this.#progress.value = 0;
    this.left = "";
  }
}

/** Where the curves are, in epochs. @param {Report} report */
const placeOf = ({ step, steps_per_epoch }) => step / steps_per_epoch;

/** The lab's state when nothing goes on. @param {Report} report */
export const restOf = ({ is_done, step }) => (is_done ? "trained" : step > 0 ? "paused" : "idle");
