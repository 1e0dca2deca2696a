/**
 * The lab “Train your dog”: lets the page's own `forward`, `backward` and `update` learn in slices, and draws what comes
 * back. Every number comes from Python (`primer.playground`); here it is only shown.
 */

import { Curves } from "../../lab/curves.mjs";
import { Figures, Settings, bytesOf, make, Summary, makeButton, nextFrame, write } from "../../lab/parts.mjs";
import { at, digits, lessonNodes } from "./lesson-view.mjs";
import { NetworkView } from "./network-view.mjs";
import { PlaneView } from "./plane-view.mjs";
import { palette } from "./regions.mjs";
import { answersOf } from "./answers.mjs";

/** @import { Host } from "../../lab/lab.mjs" */
/** @import { Field, Values } from "../../lab/parts.mjs" */
/** @import { Lesson } from "./lesson-view.mjs" */
/** @import { Layers, Place } from "./network-view.mjs" */
/** @import { Points } from "./plane-view.mjs" */

/**
 * @typedef {object} Value  a report of `primer.playground`
 * @property {number} epoch
 * @property {number} position
 * @property {number} steps
 * @property {number | null} train_loss
 * @property {number | null} test_loss
 * @property {number | null} train_accuracy
 * @property {number | null} test_accuracy
 * @property {Layers} layers
 * @property {string} regions
 * @property {string} neurons
 * @property {{loss: number | null, largest_weight: number, step: number} | null} ran_away
 * @property {{epoch: number, train_loss: number} | null} best
 * @property {Points} [points]
 * @property {Lesson} [lesson]
 * @property {any} [keep]
 */

/** What a lab needs to know before it draws; the cell shows it when the page is built. */
const OPENING = "application/vnd.primer.playground+json";
/** Milliseconds of a slice of training: what else Python is asked for waits no longer. */
const SLICE = 20;
/** Milliseconds between two pictures, for readers who want less motion. */
const CALM = 600;
/** Milliseconds within which Pause works by itself; then Python is ended. */
const PATIENCE = 1500;
const RESTARTING = ["data", "noise", "test_share", "seed", "hidden", "activation"];

/** @type {Field[]} */
const FIELDS = [
  { name: "data", label: "Data", kind: "choice", options: ["four quadrants", "checkerboard", "rings", "spirals"] },
  { name: "noise", label: "Scatter", kind: "number", min: 0, max: 1, step: 0.05 },
  { name: "test_share", label: "Share for the test", kind: "number", min: 0.1, max: 0.9, step: 0.05 },
  { name: "seed", label: "Seed", kind: "integer", min: 0, max: 999_999, step: 1 },
  { name: "hidden", label: "Hidden neurons", kind: "text", hint: "such as 8,8", check: checkHidden },
  { name: "activation", label: "Activation", kind: "choice", options: ["tanh", "relu", "sigmoid"] },
  { name: "learning_rate", label: "Learning rate", kind: "number", min: 0, max: 1000 },
  { name: "batch_size", label: "Batch size", kind: "integer", min: 1, max: 400, step: 1 },
  { name: "epochs", label: "Epochs to train", kind: "integer", min: 1, max: 5000, step: 1 },
];
/** @type {Values} */
const DEFAULTS = {
  data: "four quadrants",
  noise: 0.05,
  test_share: 0.25,
  seed: 1,
  hidden: "4",
  activation: "tanh",
  learning_rate: 0.1,
  batch_size: 10,
  epochs: 200,
};

/** @param {string} text */
function checkHidden(text) {
  const sizes = text.split(",").map((part) => part.trim());
  const isNone = text.trim() === "";
  const isFit = sizes.length <= 4 && sizes.every((size) => /^[1-8]$/.test(size));
  return isNone || isFit ? "" : "Hidden neurons are up to four numbers from 1 to 8, one for each layer, such as 8,8; nothing for none.";
}

/** @param {Host} host */
export const begin = (host) => new TrainYourDog(host);

class TrainYourDog {
  #host;
  #element;
  #settings;
  /** @type {Summary} */
  #summary;
  #figures = new Figures({
    epoch: ["epoch", 0],
    "train-loss": ["training loss", 4],
    "test-loss": ["test loss", 4],
    "train-accuracy": ["training accuracy", 3],
    "test-accuracy": ["test accuracy", 3],
  });
  #loss = new Curves("Loss in nats");
  #accuracy = new Curves("Accuracy", 1);
  /** @type {PlaneView} */
  #plane;
  /** @type {NetworkView} */
  #network;
  #main = makeButton("Train", "train", () => this.#mainPressed());
  #step = makeButton("Step", "step", () => void this.#do(() => this.#takeStep()));
  #epoch = makeButton("One epoch", "epoch", () => void this.#do(() => this.#train((value) => value.position === 0)));
  #reset = makeButton("Reset", "reset", () => void this.#restart());
  #notice = make("div", { data: { part: "notice" } });
  #weight = make("form", { data: { part: "weight" }, hidden: true });
  #places = make("select", { id: "train-your-dog-place", name: "place" });
  #lesson = make("div", { data: { part: "lesson" } });
  /** @type {string[]} */
  #kinds;
  /** @type {string[]} */
  #inputs;
  /** The newest report. @type {Value | undefined} */
  #value;
  /** The last step's numbers, while the network is where it led. @type {Lesson | undefined} */
  #told;
  /** @type {Points | undefined} */
  #points;
  /** Weights to begin with in place of drawn ones: of a link, or edited. @type {Layers | undefined} */
  #weights;
  /** Whether weights were edited since the training began: then a link has them all. */
  #isEdited = false;
  #hasBegun = false;
  #isTraining = false;
  #isBusy = false;
  /** The end of what goes on now. @type {Promise<unknown>} */
  #work = Promise.resolve();
  #painted = 0;
  #goal = 0;
  /** @type {Place | undefined} */
  #chosen;

  /** @param {Host} host */
  constructor(host) {
    this.#host = host;
    this.#element = host.element;
    this.#summary = new Summary(host.announce);
    const { signal, session } = host;
    const cell = host.kernel.page(host.page).cells.get(host.element.getAttribute("opening") ?? "");
    const opening = openingOf(cell?.built.outputs ?? []);
    session.answers = answersOf(opening.kinds.length);
    this.#kinds = opening.kinds;
    this.#inputs = opening.inputs;
    this.#settings = new Settings(host.element.id, "Settings of the training", FIELDS, DEFAULTS, (name) => this.#changed(name), host.announce);
    this.#plane = new PlaneView(this.#kinds, opening.grid, opening.reach, [opening.inputs[0], opening.inputs[1]]);
    this.#network = new NetworkView(this.#inputs, this.#kinds, opening.grid, (place) => this.#choose(place));
    this.#build();
    this.#setState("idle");
    this.#recolour();
    const kept = session.kept?.shown ? session.kept : undefined;
    if (kept) this.#return(kept);
    else this.#show(opening.report);
    Object.defineProperty(host.element, "value", { configurable: true, get: () => structuredClone(this.#value) });
    host.onLink((state) => void this.#arrive(state));
    host.kernel.addEventListener("python", () => this.#isBusy && this.#showState(), { signal });
    host.kernel.addEventListener("cell", () => this.#showEdited(), { signal });
    this.#showEdited(); // a link may have come before
    for (const intent of ["pointerdown", "focusin"]) host.element.addEventListener(intent, () => host.kernel.start(), { signal, once: true });
    const resized = new ResizeObserver(() => void requestAnimationFrame(() => { // what they do changes what is observed
      this.#network.resize();
      this.#plane.resize();
    }));
    resized.observe(host.element);
    const recoloured = new MutationObserver(() => this.#recolour());
    recoloured.observe(document.body, { attributes: true, attributeFilter: ["data-md-color-scheme"] });
    signal.addEventListener("abort", () => {
      resized.disconnect();
      recoloured.disconnect();
    });
  }

  close() {
    this.#isTraining = false;
  }

  #build() {
    const link = makeButton("Copy link", "link", async () => this.#summary.say(await this.#host.copyLink()));
    const bar = make("div", { data: { part: "bar" } }, this.#main, this.#step, this.#epoch, this.#reset, link);
    const list = make("div", { className: "setting" }, make("label", { htmlFor: this.#places.id, textContent: "Weight or bias" }), this.#places);
    this.#places.addEventListener("change", () => (this.#places.value ? this.#choose(JSON.parse(this.#places.value), true) : this.#closeWeight()));
    const pictures = make(
      "div",
      { data: { part: "pictures" } },
      make("div", { className: "left" }, this.#network.node, list, this.#weight),
      this.#plane.node,
    );
    const curves = make("div", { data: { part: "charts" } }, this.#loss.node, this.#accuracy.node);
    this.#element.replaceChildren(bar, this.#figures.node, this.#summary.node, this.#notice, pictures, this.#settings.node, curves, this.#lesson);
    this.#element.setAttribute("role", "group");
    this.#element.setAttribute("aria-label", "Train your dog");
    this.#summary.show("Press Train, and watch the colours.");
  }

  #recolour() {
    const colours = palette(this.#element);
    this.#plane.recolour(colours);
    this.#network.recolour(colours);
    if (this.#value) this.#plane.showRegions(bytesOf(this.#value.regions));
  }

  get #session() {
    return this.#host.session;
  }

  /** @param {string} state */
  #setState(state) {
    this.#element.setAttribute("state", state);
    this.#showState();
  }

  get #state() {
    return this.#element.getAttribute("state") ?? "idle";
  }

  #showState() {
    const state = this.#state;
    const isAtWork = state === "training" || state === "loading";
    const hasRunAway = Boolean(this.#value?.ran_away);
    write(this.#main, isAtWork ? "Pause" : state === "paused" && (this.#value?.steps ?? 0) > 0 ? "Resume" : "Train");
    this.#main.disabled = hasRunAway;
    this.#step.disabled = this.#epoch.disabled = isAtWork || hasRunAway;
    if (state === "loading") {
      const { phase, loaded, total } = this.#host.kernel.python;
      const share = total > 0 ? `: ${Math.round((100 * loaded) / total)} %` : "";
      this.#summary.mention(this.#host.kernel.python.state === "ready" ? "Preparing …" : `${phase || "Starting Python"}${share} …`);
    }
  }

  #mainPressed() {
    if (this.#isTraining || this.#state === "loading") return void this.#pause();
    void this.#do(() => {
      this.#goal = (this.#value?.epoch ?? 0) + Number(this.#settings.values.epochs);
      return this.#train((value) => value.epoch >= this.#goal, true);
    });
  }

  /** The slice that is at work comes to its end; one that does not is ended. */
  async #pause() {
    this.#isTraining = false;
    const late = setTimeout(() => this.#session.stop(), this.#state === "loading" ? 0 : PATIENCE);
    await this.#work;
    clearTimeout(late);
  }

  /**
   * One thing at a time; what goes wrong is told.
   *
   * @param {() => Promise<unknown>} task
   */
  async #do(task) {
    if (this.#isBusy) return;
    this.#isBusy = true;
    const focused = this.#focused;
    this.#work = (async () => {
      try {
        await this.#ready();
        await task();
      } catch (error) {
        this.#trouble(/** @type {Error} */ (error));
      }
      this.#isBusy = false;
      this.#isTraining = false;
      this.#showState();
      focused?.isConnected && document.activeElement === document.body && focused.focus();
    })();
    await this.#work;
  }

  /** A button that is disabled loses the focus: it gets it back. */
  get #focused() {
    const { activeElement } = document;
    return activeElement instanceof HTMLElement && this.#element.contains(activeElement) ? activeElement : undefined;
  }

  /** Python is there, the reader's edits have run, and a training has begun. */
  async #ready() {
    this.#say([]);
    if (this.#host.kernel.python.state !== "ready" || !this.#hasBegun || this.#session.isBehind) this.#setState("loading");
    await this.#session.prepare();
    if (!this.#hasBegun) await this.#begin();
  }

  async #begin() {
    const { learning_rate, batch_size, epochs, ...settings } = this.#settings.values;
    this.#session.renew();
    const value = await this.#session.call("begin", { ...settings, weights: this.#weights ?? null });
    this.#hasBegun = true;
    this.#isEdited = this.#weights !== undefined;
    this.#loss.clear();
    this.#accuracy.clear();
    this.#lesson.replaceChildren();
    this.#told = undefined;
    this.#loss.add(0, value.train_loss, value.test_loss);
    this.#accuracy.add(0, value.train_accuracy, value.test_accuracy);
    this.#show(value);
    this.#share();
  }

  /**
   * Slice after slice, until it is done or paused. The next one is on its way to Python while the last is drawn.
   *
   * @param {(value: Value) => boolean} isDone
   * @param {boolean} [isWhole]  done is trained
   */
  async #train(isDone, isWhole = false) {
    this.#isTraining = true;
    this.#forgetLesson();
    this.#setState("training");
    const { signal } = this.#host;
    let next = this.#slice();
    for (;;) {
      const value = /** @type {Value} */ (await next);
      const isOver = value.ran_away !== null || isDone(value) || !this.#isTraining || signal.aborted;
      if (!isOver) {
        next = this.#slice();
        next.catch(() => {}); // it is told when its turn comes
      }
      await nextFrame();
      this.#follow(value, isOver);
      if (!isOver) continue;
      if (value.ran_away) return this.#ranAway(value);
      this.#setState(isWhole && isDone(value) ? "trained" : "paused");
      return this.#conclude();
    }
  }

  #slice() {
    const { learning_rate, batch_size } = this.#settings.values;
    return this.#session.call("train", { learning_rate, batch_size, milliseconds: SLICE });
  }

  async #takeStep() {
    const { learning_rate, batch_size } = this.#settings.values;
    const value = await this.#session.call("step", { learning_rate, batch_size });
    this.#follow(value, true);
    const lesson = /** @type {Lesson} */ (value.lesson);
    this.#told = lesson;
    this.#lesson.replaceChildren(...lessonNodes(lesson, { kinds: this.#kinds, inputs: this.#inputs, step: value.steps + (value.ran_away ? 1 : 0) }));
    this.#plane.light(lesson.records.map(({ place }) => place));
    this.#showWeight();
    if (value.ran_away) return this.#ranAway(value);
    this.#setState("paused");
    this.#summary.say(`Step ${value.steps}: the loss of its ${lesson.n_records === 1 ? "record" : `${lesson.n_records} records`} was ${digits(lesson.loss)} nats. Its numbers stand below.`);
  }

  /** The numbers of a step hold until the next. */
  #forgetLesson() {
    this.#told = undefined;
    this.#lesson.replaceChildren();
    this.#plane.light([]);
  }

  /** @param {Value} value @param {boolean} isLast */
  #follow(value, isLast) {
    const epoch = value.epoch + value.position / Math.max(1, this.#points?.X_train.length ?? 1);
    const isAway = value.ran_away !== null;
    this.#loss.add(epoch, isAway ? null : value.train_loss, isAway ? null : value.test_loss);
    this.#accuracy.add(epoch, isAway ? null : value.train_accuracy, isAway ? null : value.test_accuracy);
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches && performance.now() - this.#painted < CALM;
    if (isLast || !isCalm) this.#show(value);
    else this.#remember(value);
    if (!isLast) this.#summary.mention(this.#words(value));
  }

  /** @param {Value} value */
  #remember(value) {
    this.#value = value;
    if (value.points) this.#points = value.points;
    const { keep, ...shown } = value;
    if (keep) this.#session.kept = { ...keep, shown, points: this.#points, curves: [this.#loss.points, this.#accuracy.points], values: this.#settings.values };
  }

  /** @param {Value} value */
  #show(value) {
    this.#painted = performance.now();
    this.#remember(value);
    const away = value.ran_away;
    this.#figures.show("epoch", value.epoch);
    this.#figures.show("train-loss", away ? null : value.train_loss);
    this.#figures.show("test-loss", away ? null : value.test_loss);
    this.#figures.show("train-accuracy", value.train_accuracy);
    this.#figures.show("test-accuracy", value.test_accuracy);
    const regions = bytesOf(value.regions);
    if (value.points) this.#plane.showPoints(value.points);
    this.#plane.showRegions(regions);
    this.#network.show(value.layers, regions, bytesOf(value.neurons));
    this.#loss.draw();
    this.#accuracy.draw();
    this.#showWeight();
    this.#listPlaces();
    if (!this.#isTraining) this.#describe(value);
  }

  /** What is drawn, in words: not at every step. @param {Value} value */
  #describe(value) {
    this.#network.describe();
    this.#loss.describe();
    this.#accuracy.describe();
    const count = (/** @type {number[] | undefined} */ labels) => labels?.length ?? 0;
    const shares = sharesOf(bytesOf(value.regions), this.#kinds.length).map((share, k) => `${this.#kinds[k]} ${Math.round(100 * share)} %`);
    this.#plane.describe(
      `Plane of ${this.#inputs[1]} over ${this.#inputs[0]}, with ${count(this.#points?.labels_train)} records to learn from and ` +
        `${count(this.#points?.labels_test)} for the test. The network says: ${shares.join(", ")} of the plane.`,
    );
  }

  /** @param {Value} value */
  #words(value) {
    const right = value.test_accuracy === null ? "" : `, ${Math.round(100 * value.test_accuracy)} % of the test records right`;
    return `Epoch ${value.epoch}: test loss ${digits(value.test_loss)} nats${right}.`;
  }

  #conclude() {
    const value = /** @type {Value} */ (this.#value);
    this.#describe(value);
    this.#summary.say(`${this.#state === "trained" ? "Trained. " : "Paused. "}${this.#words(value)}`);
  }

  /** @param {Value} value */
  #ranAway(value) {
    this.#setState("failed");
    const { step, largest_weight, loss } = /** @type {NonNullable<Value["ran_away"]>} */ (value.ran_away);
    const rate = this.#settings.values.learning_rate;
    const best = value.best ? `epoch ${value.best.epoch}` : "the start";
    const back = makeButton(`Back to ${best}`, "back", () => void this.#goBack());
    const before = largest_weight === null ? "" : ` Before it, the largest weight had grown to ${Number(largest_weight.toPrecision(3))}.`;
    this.#say([
      make("p", {}, make("strong", { textContent: "The numbers ran away. " }),
        `In step ${step} ${loss === null ? "the loss was no number any more (nan, or infinite)" : "a new weight was no number any more (nan, or infinite)"}.${before} ` +
          `With a learning rate of ${rate} each step may overshoot further than the one before. That step was not taken. ` +
          `The training was at its best at ${best}: go back there, take a smaller learning rate, and train on.`),
      back,
    ]);
    this.#summary.show("Stopped: the numbers ran away.");
  }

  async #goBack() {
    if (this.#value) this.#value.ran_away = null;
    await this.#do(async () => {
      const value = await this.#session.call("back");
      this.#loss.cut(value.epoch);
      this.#accuracy.cut(value.epoch);
      this.#forgetLesson();
      this.#show(value);
      this.#setState("paused");
      this.#conclude();
    });
    this.#main.focus();
  }

  /** Epoch 0 again, with the same seed and so with the same weights. */
  async #restart() {
    await this.#pause();
    this.#weights = undefined;
    await this.#anew();
  }

  async #anew() {
    this.#hasBegun = false;
    if (this.#value) this.#value.ran_away = null;
    await this.#do(async () => {
      this.#setState("idle");
      this.#summary.say("Back at the start.");
    });
  }

  /** A setting was changed. @param {string} name */
  async #changed(name) {
    this.#share();
    if (!RESTARTING.includes(name)) return;
    await this.#pause();
    this.#weights = undefined;
    await this.#anew();
  }

  /** @param {Error} error */
  #trouble(error) {
    const { kernel, CellFault } = this.#host;
    const isStopped = error.name === "AbortError";
    this.#setState(kernel.python.state === "failed" ? "failed" : "paused");
    if (this.#value && !this.#hasBegun) this.#setState(kernel.python.state === "failed" ? "failed" : "idle");
    const epoch = this.#value?.epoch ?? 0;
    const where = `The training stands where it was, at epoch ${epoch}.`;
    if (error instanceof CellFault) {
      const cell = document.getElementById(error.cell);
      const link = make("a", { href: `#${error.cell}`, textContent: error.title });
      link.addEventListener("click", (event) => {
        event.preventDefault();
        for (const fold of cell?.querySelectorAll("details") ?? []) fold.open = true;
        cell?.scrollIntoView({ block: "start" });
      });
      const line = error.error.line === null ? "" : `, line ${error.error.line}`;
      this.#say([make("p", {}, make("strong", { textContent: "The code stopped with an error" }), " in “", link, `”${line}: ${error.message}. ${where} Mend the code, press Run there, then go on here.`)]);
      this.#summary.show("Stopped by an error in the code.");
    } else if (kernel.python.state === "failed") {
      const retry = makeButton("Retry", "retry", () => void this.#mainPressed());
      this.#say([make("p", { textContent: `Python could not be loaded: ${error.message}. Nothing is lost.` }), retry]);
    } else {
      const why = isStopped ? "Python was stopped at its work." : `Python ended in the middle of a step: ${error.message}.`;
      this.#say([make("p", { textContent: `${why} A fresh one takes over. ${where}` })]);
      this.#summary.show("Stopped.");
    }
  }

  /** @param {Node[]} nodes */
  #say(nodes) {
    const hadFocus = this.#notice.contains(document.activeElement);
    this.#notice.replaceChildren(...nodes);
    this.#host.announce(nodes.filter((node) => node instanceof HTMLParagraphElement).map(({ textContent }) => textContent).join(" "));
    if (hadFocus) this.#main.focus({ preventScroll: true }); // a button in it went
  }

  /** Edits that have not run, and code of a link: said before it counts. */
  #showEdited() {
    const { foreign, isBehind } = this.#session;
    const titles = foreign.map(({ title }) => `“${title}”`).join(", ");
    const text = foreign.length > 0
      ? `Code from a link has not run: ${titles}. Read it; Train and Step run it.`
      : isBehind ? "You edited code that has not run. Press Run there, or Train or Step here, and the network learns with it." : "";
    let note = /** @type {HTMLElement | null} */ (this.#element.querySelector('[data-part="edited"]'));
    if (text === "") return void note?.remove();
    if (note === null) this.#notice.after((note = make("p", { data: { part: "edited" } })));
    if (note.textContent !== text) note.textContent = text;
  }

  /** The same by name, for whom a line is too thin to meet. */
  #listPlaces() {
    const { places } = this.#network;
    if (places.length === this.#places.options.length - 1) return;
    const options = places.map((place) => make("option", { value: JSON.stringify(place), textContent: this.#network.nameOf(place) }));
    this.#places.replaceChildren(make("option", { value: "", textContent: "choose it here, or in the picture" }), ...options);
    this.#places.value = this.#chosen ? JSON.stringify(this.#chosen) : "";
  }

  /** A weight was chosen, in the picture or in the list. @param {Place} place @param {boolean} [isListed] */
  #choose(place, isListed = false) {
    this.#chosen = place;
    this.#places.value = JSON.stringify(place);
    this.#network.mark(place);
    const id = `${this.#element.id}-weight`;
    const input = make("input", { id, type: "number", step: "any", name: "weight", autocomplete: "off" });
    const set = make("button", { type: "submit", textContent: "Set" });
    const label = make("label", { htmlFor: id, textContent: this.#network.nameOf(place) });
    this.#weight.replaceChildren(label, input, set, makeButton("Close", "close", () => this.#closeWeight()), make("p", { className: "hint", data: { part: "worked" } }));
    this.#weight.hidden = false;
    this.#weight.onsubmit = (event) => {
      event.preventDefault();
      const value = input.valueAsNumber;
      if (Number.isFinite(value)) void this.#setWeight(place, value);
    };
    this.#weight.onkeydown = (event) => {
      if (event.key !== "Escape") return;
      this.#closeWeight();
      this.#network.focus(place);
    };
    this.#showWeight();
    if (isListed) return this.#host.announce(`${this.#network.nameOf(place)}: ${input.value}`); // the list keeps the focus
    input.focus();
    input.select();
  }

  #closeWeight() {
    const place = this.#chosen;
    this.#chosen = undefined;
    this.#network.mark();
    this.#places.value = "";
    this.#weight.hidden = true;
    if (place) this.#network.focus(place);
  }

  /** The number of the chosen weight, and how the last step made it. */
  #showWeight() {
    const value = this.#value;
    const place = this.#chosen;
    if (!place || !value) return;
    if (!this.#network.has(place)) return void (this.#weight.hidden = true);
    const input = /** @type {HTMLInputElement} */ (this.#weight.querySelector("input"));
    const now = at(value.layers, place);
    if (document.activeElement !== input || !this.#isTraining) input.value = now === null ? "" : String(Number(now.toFixed(4)));
    const worked = /** @type {HTMLElement} */ (this.#weight.querySelector("[data-part=worked]"));
    const told = this.#told;
    worked.textContent = told
      ? `Last step: from ${digits(at(told.before, place))} to ${digits(now)}. The slope of the loss was ${digits(at(told.gradients, place))}, the learning rate ${this.#settings.values.learning_rate}.`
      : "Press Step to see how one step changes it.";
  }

  /** @param {Place} place @param {number} number */
  async #setWeight(place, number) {
    await this.#pause();
    await this.#do(async () => {
      const value = await this.#session.call("set_weight", { ...place, value: number });
      this.#isEdited = true;
      this.#forgetLesson();
      this.#show(value);
      this.#setState("paused");
      this.#share();
      this.#summary.say(`The ${this.#network.nameOf(place)} is ${number} now. ${this.#words(value)}`);
    });
  }

  /** What a link to this page says of the lab: the settings, and the weights once one was edited. */
  #share() {
    const weights = this.#isEdited && this.#value ? { weights: rounded(this.#value.layers) } : {};
    const state = { ...this.#settings.changes, ...weights };
    this.#host.share(Object.keys(state).length > 0 ? JSON.stringify(state) : "");
  }

  /** What a link brings: settings, all checked, and weights; nothing runs. @param {string} text */
  async #arrive(text) {
    await this.#pause();
    /** @type {any} */
    let state = {};
    try {
      state = JSON.parse(text);
    } catch {
      return void this.#say([make("p", { textContent: "The settings in this link are damaged. You see those of the page." })]);
    }
    if (typeof state !== "object" || state === null) state = {};
    this.#settings.take(state);
    this.#weights = Array.isArray(state.weights) && JSON.stringify(state.weights).length < 20_000 ? state.weights : undefined;
    this.#hasBegun = false;
    this.#isEdited = this.#weights !== undefined;
    this.#session.renew();
    this.#setState("idle");
    this.#share();
    const told = Object.entries(this.#settings.changes).map(([name, value]) => `${FIELDS.find((field) => field.name === name)?.label}: ${value || "none"}`);
    if (this.#weights) told.push("weights of its own");
    this.#say([make("p", { textContent: `This link brings settings for the lab. ${told.join("; ")}. Press Train or Step to begin with them.` })]);
  }

  /** The training of before a reload, or of an earlier look at this page. @param {any} kept */
  #return(kept) {
    this.#settings.take(kept.values ?? {});
    this.#loss.points = kept.curves?.[0] ?? [];
    this.#accuracy.points = kept.curves?.[1] ?? [];
    this.#hasBegun = true;
    this.#points = kept.points;
    const value = { ...kept.shown, points: kept.points, ran_away: null };
    this.#show(value);
    this.#session.kept = kept;
    this.#share();
    this.#setState(value.steps > 0 ? "paused" : "idle");
    if (value.steps > 0) this.#summary.say(`Your training is back, at epoch ${value.epoch}. Press Resume to go on.`);
  }
}

/**
 * What the cell shows at the build: the start, before Python is there.
 *
 * @param {import("../../python/protocol.mjs").Output[]} outputs
 * @returns {{kinds: string[], inputs: string[], grid: number, reach: number, report: Value}}
 */
function openingOf(outputs) {
  for (const output of outputs) if ("data" in output && OPENING in output.data) return output.data[OPENING];
  throw new Error("no cell shows its opening");
}

/** Which share of the plane each kind has. @param {Uint8Array} probabilities @param {number} count */
function sharesOf(probabilities, count) {
  const cells = probabilities.length / count;
  const shares = Array.from({ length: count }, () => 0);
  for (let cell = 0; cell < cells; cell++) {
    const own = probabilities.subarray(cell * count, (cell + 1) * count);
    shares[own.indexOf(Math.max(...own))] += 1 / cells;
  }
  return shares;
}

/** @param {Layers} layers @returns {Layers} */
const rounded = (layers) => JSON.parse(JSON.stringify(layers, (_, value) => (typeof value === "number" ? Number(value.toFixed(4)) : value)));
