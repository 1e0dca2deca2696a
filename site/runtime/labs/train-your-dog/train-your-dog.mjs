/**
 * The lab “Train your dog”: lets the page's own `forward`, `backward` and `update` learn in slices, and draws what
 * comes back. Every number comes from Python (`primer.playground`); here it is only shown.
 */

import { Notice, faultNotice } from "../../lab/notice.mjs";
import { Summary, make, nextFrame, write } from "../../lab/parts.mjs";
import { makeButton } from "../../page/button.mjs";
import { Settings } from "../../lab/settings.mjs";
import { Task } from "../../lab/task.mjs";
import { answersOf } from "./answers.mjs";
import { digits } from "./lesson-view.mjs";
import { Panel } from "./panel.mjs";
import { bestOf, editedWords, goneWords, runawayWords, words } from "./reports.mjs";
import { arrivalWords, read, written } from "./shared.mjs";
import { counted, decimal, say } from "../../words/say.mjs";

/** @import { Host } from "../../lab/lab.mjs" */
/** @import { Field } from "../../lab/settings.mjs" */
/** @import { Layers, Lesson, Value } from "./answers.mjs" */
/** @import { Place } from "./network-view.mjs" */
/** @import { Opening } from "./reports.mjs" */

/** Milliseconds of a slice of training: what else Python is asked for waits no longer. */
const SLICE = 20;
/** Milliseconds between two pictures, for readers who want less motion. */
const CALM = 600;

/** @param {Host} host */
export const begin = (host) => new TrainYourDog(host);

class TrainYourDog {
  #host;
  #task;
  #settings;
  #summary;
  #notice;
  #panel;
  #main = makeButton(say("Train"), "train", () => this.#task.press(() => this.#trainOn()));
  #step = makeButton(say("Step"), "step", () => void this.#task.do(() => this.#takeStep()));
  #epoch = makeButton(
    say("One epoch"),
    "epoch",
    () => void this.#task.do(() => this.#train((value) => value.position === 0)),
  );
  #reset = makeButton(say("Reset"), "reset", () => void this.#restart());
  #edited = make("p", { data: { part: "edited" }, hidden: true });
  /** The newest report. @type {Value | undefined} */
  #value;
  /** Weights to begin with in place of drawn ones: of a link, or edited. @type {Layers | undefined} */
  #weights;
  /** Whether weights were edited since the training began: then a link has them all. */
  #isEdited = false;
  #painted = 0;

  /** @param {Host} host */
  constructor(host) {
    this.#host = host;
    const { signal, session, kernel, element, announce } = host;
    /** @type {Opening} */
    const opening = host.opening;
    session.answers = answersOf(opening.kinds.length);
    this.#summary = new Summary(announce);
    this.#notice = new Notice(announce, this.#main);
    this.#settings = new Settings(element.id, opening.fields, (field) => this.#changed(field), announce);
    const set = (/** @type {Place} */ place, /** @type {number} */ value) => void this.#setWeight(place, value);
    this.#panel = new Panel(element, opening, { set, announce }, signal);
    this.#task = new Task(host, {
      heir: this.#reset,
      clear: () => this.#notice.clear(),
      begin: () => this.#begin(),
      shown: () => this.#showState(),
      trouble: (error) => this.#trouble(error),
    });
    this.#build();
    this.#task.state = "idle";
    this.#panel.recolour();
    const kept = session.kept?.shown ? session.kept : undefined;
    if (kept) this.#return(kept);
    else this.#show(opening.report);
    Object.defineProperty(element, "value", { configurable: true, get: () => structuredClone(this.#value) });
    host.onLink((state) => void this.#arrive(state));
    kernel.addEventListener("python", () => this.#task.isBusy && this.#showState(), { signal });
    kernel.addEventListener("cell", () => this.#showEdited(), { signal });
    this.#showEdited(); // a link may have come before
  }

  close() {
    this.#task.isGoing = false;
  }

  #build() {
    const link = makeButton(say("Copy link"), "link", async () => this.#summary.say(await this.#host.copyLink()));
    const bar = make("div", { data: { part: "bar" } }, this.#main, this.#step, this.#epoch, this.#reset);
    const { figures, pictures, lesson } = this.#panel;
    const words = [this.#summary.node, this.#notice.node, this.#edited];
    this.#host.show(say("Train your dog"), bar, figures.node, ...words, pictures, this.#settings.node, link, lesson);
    this.#summary.show(say("Press Train, and watch the colours."));
  }

  get #session() {
    return this.#host.session;
  }

  /** What each step is taken with: it may change in the middle of a training. */
  get #pace() {
    const { learning_rate, batch_size } = this.#settings.values;
    return { learning_rate, batch_size };
  }

  #showState() {
    const { state, isAtWork } = this.#task;
    const hasRunAway = Boolean(this.#value?.ran_away);
    const isBegun = state === "paused" && (this.#value?.steps ?? 0) > 0;
    write(this.#main, say(isAtWork ? "Pause" : isBegun ? "Resume" : "Train"));
    this.#main.disabled = hasRunAway;
    this.#step.disabled = this.#epoch.disabled = isAtWork || hasRunAway;
    if (state === "loading") this.#summary.mention(this.#task.loading(say("Preparing …")));
  }

  async #begin() {
    const { learning_rate, batch_size, epochs, ...settings } = this.#settings.values;
    this.#session.renew();
    const value = await this.#session.call("begin", { ...settings, weights: this.#weights ?? null });
    this.#task.hasBegun = true;
    this.#isEdited = this.#weights !== undefined;
    this.#panel.clear();
    this.#panel.add(value);
    this.#show(value);
    this.#share();
  }

  /** As many epochs more as are set. */
  #trainOn() {
    const goal = (this.#value?.epoch ?? 0) + Number(this.#settings.values.epochs);
    return this.#train((value) => value.epoch >= goal, true);
  }

  /**
   * Slice after slice, until it is done or paused. The next one is on its way to Python while the last is drawn.
   * @param {(value: Value) => boolean} isDone
   * @param {boolean} [isWhole]  done is trained
   */
  async #train(isDone, isWhole = false) {
    this.#task.isGoing = true;
    this.#panel.forgetLesson();
    this.#task.state = "training";
    const { signal } = this.#host;
    let next = this.#slice();
    for (;;) {
      const value = /** @type {Value} */ (await next);
      const isOver = value.ran_away !== null || isDone(value) || !this.#task.isGoing || signal.aborted;
      if (!isOver) {
        next = this.#slice();
        next.catch(() => {}); // it is told when its turn comes
      }
      await nextFrame();
      this.#follow(value, isOver);
      if (!isOver) continue;
      if (value.ran_away) return this.#ranAway(value);
      this.#task.state = isWhole && isDone(value) ? "trained" : "paused";
      return this.#conclude();
    }
  }

  #slice() {
    return this.#session.call("train", { ...this.#pace, milliseconds: SLICE });
  }

  async #takeStep() {
    const value = await this.#session.call("step", this.#pace);
    const lesson = /** @type {Lesson} */ (value.lesson);
    this.#panel.teach(lesson, value.steps + (value.ran_away ? 1 : 0));
    this.#follow(value, true);
    if (value.ran_away) return this.#ranAway(value);
    this.#task.state = "paused";
    const told = counted(
      lesson.n_records,
      "Step {step}: the loss of its record was {loss} nats. Its numbers stand below.",
      "Step {step}: the loss of its {count} records was {loss} nats. Its numbers stand below.",
      { step: value.steps, loss: decimal(digits(lesson.loss)) },
    );
    this.#summary.say(told);
  }

  /** @param {Value} value @param {boolean} isLast */
  #follow(value, isLast) {
    this.#panel.add(value);
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches && performance.now() - this.#painted < CALM;
    if (isLast || !isCalm) this.#show(value);
    else this.#remember(value);
    if (!isLast) this.#summary.mention(words(value));
  }

  /** @param {Value} value */
  #remember(value) {
    this.#value = value;
    if (value.points) this.#panel.points = value.points;
    const { keep, ...shown } = value;
    if (keep)
      this.#session.kept = {
        ...keep,
        shown,
        points: this.#panel.points,
        curves: this.#panel.curves.points,
        values: this.#settings.values,
      };
  }

  /** @param {Value} value */
  #show(value) {
    this.#painted = performance.now();
    this.#remember(value);
    this.#panel.show(value, { rate: this.#settings.values.learning_rate, isTraining: this.#task.isGoing });
  }

  #conclude() {
    const value = /** @type {Value} */ (this.#value);
    this.#panel.describe(value);
    this.#summary.say(`${say(this.#task.state === "trained" ? "Trained." : "Paused.")} ${words(value)}`);
  }

  /** @param {Value} value */
  #ranAway(value) {
    this.#task.state = "failed";
    const back = makeButton(say("Back to {best}", { best: bestOf(value.best) }), "back", () => void this.#goBack());
    const what = make("strong", {}, `${say("The numbers ran away.")} `);
    this.#notice.say(make("p", {}, what, runawayWords(value, this.#settings.values.learning_rate)), back);
    this.#summary.show(say("Stopped: the numbers ran away."));
  }

  async #goBack() {
    if (this.#value) this.#value.ran_away = null;
    await this.#task.do(async () => {
      const value = await this.#session.call("back");
      this.#panel.curves.cut(value.epoch);
      this.#panel.forgetLesson();
      this.#show(value);
      this.#task.state = "paused";
      this.#conclude();
    });
    this.#main.focus();
  }

  /** Epoch 0 again, with the same seed and so with the same weights. */
  async #restart() {
    await this.#task.pause();
    this.#weights = undefined;
    this.#task.hasBegun = false;
    if (this.#value) this.#value.ran_away = null;
    await this.#task.do(async () => {
      this.#task.state = "idle";
      this.#summary.say(say("Back at the start."));
    });
  }

  /** A setting was changed. @param {Field} field */
  #changed({ restarts }) {
    this.#share();
    if (restarts) void this.#restart();
  }

  /** @param {Error} error */
  #trouble(error) {
    const { kernel, CellFault } = this.#host;
    const isFailed = kernel.python.state === "failed";
    this.#task.state = isFailed ? "failed" : this.#value && !this.#task.hasBegun ? "idle" : "paused";
    const where = say("The training stands where it was, at epoch {epoch}.", { epoch: this.#value?.epoch ?? 0 });
    if (error instanceof CellFault) {
      this.#notice.say(faultNotice(error, `${where} ${say("Mend the code, press Run there, then go on here.")}`));
      this.#summary.show(say("Stopped by an error in the code."));
    } else if (isFailed) {
      this.#notice.retry(error.message, () => this.#main.click());
    } else {
      this.#notice.say(`${goneWords(error)} ${say("A fresh one takes over.")} ${where}`);
      this.#summary.show(say("Stopped."));
    }
  }

  /** Edits that have not run, and code of a link: said before it counts. */
  #showEdited() {
    const { foreign, isBehind } = this.#session;
    const text = editedWords(foreign, isBehind);
    write(this.#edited, text);
    this.#edited.hidden = text === "";
  }

  /** @param {Place} place @param {number} number */
  async #setWeight(place, number) {
    await this.#task.pause();
    await this.#task.do(async () => {
      const value = await this.#session.call("set_weight", { ...place, value: number });
      this.#isEdited = true;
      this.#panel.forgetLesson();
      this.#show(value);
      this.#task.state = "paused";
      this.#share();
      const told = say("The {name} is {number} now.", { name: this.#panel.nameOf(place), number: decimal(number) });
      this.#summary.say(`${told} ${words(value)}`);
    });
  }

  /** What a link to this page says of the lab: the settings, and the weights once one was edited. */
  #share() {
    this.#host.share(written(this.#settings.changes, this.#isEdited ? this.#value?.layers : undefined));
  }

  /** What a link brings: settings, all checked, and weights; nothing runs. @param {string} text */
  async #arrive(text) {
    await this.#task.pause();
    const state = read(text);
    if (!state) return void this.#notice.say(say("The settings in this link are damaged. You see those of the page."));
    this.#settings.take(state.settings);
    this.#weights = state.weights;
    this.#task.hasBegun = false;
    this.#isEdited = this.#weights !== undefined;
    this.#session.renew();
    this.#task.state = "idle";
    this.#share();
    this.#notice.say(arrivalWords(this.#settings, this.#weights !== undefined));
  }

  /** The training of before a reload, or of an earlier look at this page. @param {any} kept */
  #return(kept) {
    this.#settings.take(kept.values ?? {});
    this.#panel.curves.points = kept.curves ?? [];
    this.#task.hasBegun = true;
    this.#panel.points = kept.points;
    const value = { ...kept.shown, points: kept.points, ran_away: null };
    this.#show(value);
    this.#session.kept = kept;
    this.#share();
    this.#task.state = value.steps > 0 ? "paused" : "idle";
    if (value.steps === 0) return;
    this.#summary.say(say("Your training is back, at epoch {epoch}. Press Resume to go on.", { epoch: value.epoch }));
  }
}
