/**
 * The lab “The stream of dogs”: trains a network in slices, lets pictures come past it, and keeps the dogs. Every number
 * comes from Python (`primer.stream`); here it is shown, and what was learned is kept.
 */

import { Curves } from "../../lab/curves.mjs";
import { Figures, Settings, Summary, bytesOf, make, makeButton, nextFrame, write } from "../../lab/parts.mjs";
import { AlbumView } from "./album-view.mjs";
import { Album } from "./album.mjs";
import { ANSWERS } from "./answers.mjs";
import { ExplainView } from "./explain-view.mjs";
import { InsideView } from "./inside-view.mjs";
import { OwnView } from "./own-view.mjs";
import { ask, base64Of, download } from "./paint.mjs";
import { StreamView } from "./stream-view.mjs";

/** @import { Host } from "../../lab/lab.mjs" */
/** @import { Field, Values } from "../../lab/parts.mjs" */
/** @import { Tests } from "./inside-view.mjs" */
/** @import { Passing } from "./stream-view.mjs" */

/**
 * @typedef {object} Report  of `primer.stream`
 * @property {number} step
 * @property {number} n_steps
 * @property {number} epoch
 * @property {number} n_epochs
 * @property {number} steps_per_epoch
 * @property {number | null} train_loss
 * @property {number | null} seconds_left
 * @property {boolean} is_done
 * @property {boolean} ran_away
 * @property {number[]} losses
 *
 * @typedef {object} Kept  a training as the browser keeps it
 * @property {{settings: Values, file: string}} keep
 * @property {Report} report
 * @property {Tests} [tests]
 * @property {(number | null)[][][]} curves
 * @property {number} number  stretches of the stream that have come past
 */

/** Milliseconds of a slice of training. */
const SLICE = 30;
/** Milliseconds within which Pause works by itself; then Python is ended. */
const PATIENCE = 1500;
/** Milliseconds between two Pythons that ended at work: a second one so soon is no accident. */
const AGAIN = 5000;
/** Pictures that are asked for at a time, and at how few more are. */
const [STRETCH, LOW] = [16, 6];
const NAME = "training";
const LARGEST_FILE = 16e6;

/** @type {Field[]} */
const FIELDS = [
  { name: "seed", label: "Seed", kind: "integer", min: 0, max: 999_999, step: 1 },
  { name: "hidden", label: "Hidden neurons", kind: "integer", min: 4, max: 192, step: 1 },
  { name: "activation", label: "Activation", kind: "choice", options: ["relu", "tanh", "sigmoid"] },
  { name: "learning_rate", label: "Learning rate", kind: "number", min: 0, max: 100 },
  { name: "batch_size", label: "Batch size", kind: "integer", min: 1, max: 1000, step: 1 },
  { name: "epochs", label: "Epochs", kind: "integer", min: 1, max: 60, step: 1 },
];
/** @type {Values} */
const DEFAULTS = { seed: 0, hidden: 96, activation: "relu", learning_rate: 0.03, batch_size: 64, epochs: 12 };

/** What an earlier visit has learned comes first: Train goes on from there. @param {Host} host */
export async function begin(host) {
  const album = new Album(`dog-primer/1${new URL("..", import.meta.url).pathname}album`);
  return new DogStream(host, album, await album.network(NAME).catch(() => undefined));
}

class DogStream {
  #host;
  #element;
  #album;
  /** @type {Summary} */
  #summary;
  #figures = new Figures({
    epoch: ["epoch", 0],
    "train-loss": ["training loss", 4],
    "test-loss": ["test loss", 4],
    "test-accuracy": ["known breeds", 3],
    "new-breeds-accuracy": ["new breeds", 3],
  });
  #loss = new Curves("Loss in nats");
  #accuracy = new Curves("Accuracy", 1);
  /** @type {Settings} */
  #settings;
  #progress = make("progress", { max: 1, value: 0 });
  #left = make("span", { className: "hint", data: { part: "time-left" } });
  #notice = make("div", { data: { part: "notice" } });
  #main = makeButton("Train", "train", () => this.#mainPressed());
  #step = makeButton("Step", "step", () => void this.#do(() => this.#takeStep()));
  #reset = makeButton("Reset", "reset", () => void this.#restart());
  #save = makeButton("Save network", "save", () => void this.#do(() => this.#saveFile(), true));
  #load = makeButton("Load network", "load", () => ask(".dogs,application/octet-stream", (file) => void this.#do(() => this.#loadFile(file), true)));
  #stream;
  #own;
  #explain = new ExplainView(() => this.#stream.button);
  #inside = new InsideView();
  /** @type {Report | undefined} */
  #report;
  /** The report that belongs to what is kept. @type {Report | undefined} */
  #keptReport;
  /** @type {Tests | undefined} */
  #tests;
  /** The epoch of the last test. */
  #tested = -1;
  /** What Reset threw away. @type {Kept | undefined} */
  #before;
  #hasBegun = false;
  #isTraining = false;
  #isBusy = false;
  /** @type {Promise<unknown>} */
  #work = Promise.resolve();
  #brokeAt = -Infinity;
  /** The stream: the next stretch, and what waits to come past. */
  #number = 0;
  /** @type {Passing[]} */
  #waiting = [];
  #isStreaming = false;

  /** @param {Host} host @param {Album} album @param {Awaited<ReturnType<Album["network"]>>} kept */
  constructor(host, album, kept) {
    this.#host = host;
    this.#element = host.element;
    host.session.answers = ANSWERS;
    this.#summary = new Summary(host.announce);
    this.#settings = new Settings("dog-stream", "Settings of the training", FIELDS, DEFAULTS, () => this.#settingChanged(), host.announce);
    this.#album = album;
    const view = new AlbumView(this.#album, host.signal, host.announce);
    this.#stream = new StreamView({
      start: () => void this.#startStream(),
      stop: () => (this.#isStreaming = false),
      judge: (threshold, scores, kinds) => this.#ask("judge", { threshold, scores, kinds }),
      explain: (title, pixels, kind) => void this.#explainPicture(title, pixels, kind),
      announce: host.announce,
    });
    this.#own = new OwnView(
      async (pixels) => (await this.#ask("look", { pixels: base64Of(pixels) }))?.probabilities,
      (pixels) => void this.#explainPicture("Your picture", pixels, ""),
      host.announce,
    );
    this.#build(view);
    for (const intent of ["pointerdown", "focusin"]) host.element.addEventListener(intent, () => host.kernel.start(), { signal: host.signal, once: true });
    host.kernel.addEventListener("python", () => this.#showState(), { signal: host.signal });
    this.#setState("idle");
    if (kept) this.#recall(kept);
    else this.#session.kept = null;
  }

  close() {
    this.#isTraining = this.#isStreaming = false;
    void this.#album.close();
  }

  /** @param {AlbumView} album */
  #build(album) {
    this.#progress.setAttribute("aria-label", "Training, so far");
    const charts = make("div", { data: { part: "charts" } }, this.#loss.node, this.#accuracy.node);
    const fold = make("details", {}, make("summary", { textContent: "Settings" }), this.#settings.node);
    const training = make(
      "section",
      { data: { part: "training" } },
      make("h3", { id: "dog-stream-train", textContent: "The training" }),
      make("div", { data: { part: "bar" } }, this.#main, this.#step, this.#reset, this.#save, this.#load),
      make("div", { className: "so-far" }, this.#progress, this.#left),
      this.#summary.node,
      this.#notice,
      this.#figures.node,
      charts,
      fold,
    );
    training.setAttribute("aria-labelledby", "dog-stream-train");
    this.#element.replaceChildren(training, this.#stream.node, this.#explain.node, album.node, this.#own.node, this.#inside.node);
    this.#element.setAttribute("role", "group");
    this.#element.setAttribute("aria-label", "The stream of dogs");
    this.#summary.show("Press Train: the network learns from 8,000 photographs that your browser makes now.");
    this.#loss.draw();
    this.#accuracy.draw();
    this.#describe();
  }

  get #session() {
    return this.#host.session;
  }

  get #state() {
    return this.#element.getAttribute("state") ?? "idle";
  }

  /** @param {string} state */
  #setState(state) {
    this.#element.setAttribute("state", state);
    this.#showState();
  }

  #showState() {
    const state = this.#state;
    const isAtWork = state === "training" || state === "loading";
    const isOver = Boolean(this.#report?.is_done || this.#report?.ran_away);
    write(this.#main, isAtWork ? "Pause" : (this.#report?.step ?? 0) > 0 && !isOver ? "Resume" : "Train");
    this.#main.disabled = isOver && !isAtWork;
    this.#step.disabled = isAtWork || isOver || this.#isStreaming;
    this.#reset.disabled = state === "loading" || !this.#report;
    this.#save.disabled = isAtWork || !this.#report || this.#report.ran_away;
    this.#load.disabled = isAtWork;
    this.#stream.isDisabled = isAtWork || !this.#report || this.#report.step === 0 || this.#report.ran_away;
    this.#stream.isOn = this.#isStreaming;
    if (state !== "loading") return;
    const { python } = this.#host.kernel;
    const share = python.total > 0 ? `: ${Math.round((100 * python.loaded) / python.total)} %` : "";
    const words = python.state === "ready" ? "Taking 10,000 photographs …" : `${python.phase || "Starting Python"}${share} …`;
    this.#summary.mention(words);
    this.#left.textContent = words;
  }

  /** What an earlier visit has learned is taken up again, and so it is after a reload in the middle. @param {NonNullable<Awaited<ReturnType<Album["network"]>>>} kept */
  #recall(kept) {
    try {
      this.#take(/** @type {Kept} */ (kept.state));
      const { step, epoch, n_epochs, is_done } = /** @type {Report} */ (this.#report);
      const way = is_done ? "It is ready for the stream." : "Resume goes on from there.";
      this.#summary.say(`Back from ${new Date(kept.saved).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })}: what it had learned by step ${step}, epoch ${epoch} of ${n_epochs}. ${way} Reset begins anew.`);
    } catch {
      this.#session.kept = null; // what is kept is none of ours: it counts as not there
      this.#report = undefined;
      this.#setState("idle");
    }
  }

  /** Takes up a training. Python takes it up when it is asked next. @param {Kept} kept */
  #take({ keep, report, tests, curves, number }) {
    if (typeof keep.file !== "string" || typeof report.step !== "number") throw new TypeError("no training");
    this.#settings.take(keep.settings);
    this.#session.renew();
    this.#session.kept = keep;
    this.#hasBegun = true;
    this.#number = Number(number) || 0;
    this.#loss.points = curves[0];
    this.#accuracy.points = curves[1];
    this.#keptReport = { ...report, losses: [] };
    this.#showReport(this.#keptReport);
    this.#tested = report.epoch;
    if (tests) this.#showTests(tests);
    this.#describe();
    this.#setState(report.step === 0 ? "idle" : report.is_done ? "trained" : "paused");
  }

  #settingChanged() {
    if (this.#report) this.#summary.say("This counts from the beginning of a training: Reset, then Train.");
  }

  #mainPressed() {
    if (this.#isTraining || this.#state === "loading") return void this.#pause();
    void this.#do(() => this.#train());
  }

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
   * @param {boolean} [isQuiet]  it needs no training to have begun
   */
  async #do(task, isQuiet = false) {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#isStreaming = false;
    this.#notice.replaceChildren();
    const { activeElement } = document;
    const before = this.#state;
    this.#work = (async () => {
      try {
        if (this.#host.kernel.python.state !== "ready" || (!this.#hasBegun && !isQuiet)) this.#setState("loading");
        await this.#session.prepare();
        if (!this.#hasBegun && !isQuiet) await this.#begin();
        await task();
        if (this.#state === "loading") this.#setState(before);
      } catch (error) {
        this.#trouble(/** @type {Error} */ (error), before);
      }
      this.#isBusy = this.#isTraining = false;
      this.#showState();
      this.#refocus(activeElement);
    })();
    await this.#work;
  }

  /** A button that is disabled loses the focus: it gets it back, or hands it on. @param {Element | null} before */
  #refocus(before) {
    const isOurs = before instanceof HTMLElement && this.#element.contains(before);
    const isFree = document.activeElement === document.body || document.activeElement === before;
    if (isOurs && isFree) (before.matches(":disabled") ? this.#reset : before).focus({ preventScroll: true });
  }

  async #begin() {
    this.#session.renew();
    const report = await this.#session.call("begin", this.#settings.values);
    this.#hasBegun = true;
    this.#tested = -1;
    this.#before = undefined;
    this.#loss.clear();
    this.#accuracy.clear();
    this.#stream.forget();
    this.#showReport(report);
  }

  /** Slice after slice, until it is done or paused; a Python that ends in the middle is followed by another. */
  async #train() {
    this.#isTraining = true;
    this.#stream.forget(); // what the network said before it learned more
    this.#setState("training");
    for (;;) {
      try {
        await this.#slices();
        return;
      } catch (error) {
        const isFault = error instanceof this.#host.CellFault || /** @type {Error} */ (error).name === "AbortError";
        const isSecond = performance.now() - this.#brokeAt < AGAIN;
        this.#brokeAt = performance.now();
        if (isFault || isSecond || !this.#isTraining || this.#host.signal.aborted) throw error;
        this.#summary.say(`Python ended in the middle (${/** @type {Error} */ (error).message}). A fresh one goes on from what was kept.`);
        this.#left.textContent = "A fresh Python is on its way …";
        const report = await this.#session.call("go_on");
        this.#loss.cut(report.step / report.steps_per_epoch);
        this.#accuracy.cut(report.step / report.steps_per_epoch);
        this.#tested = Math.min(this.#tested, report.epoch);
        this.#showReport(report);
        this.#summary.say(`Python ended in the middle. A fresh one goes on from step ${report.step}, the last that was kept.`);
      }
    }
  }

  async #slices() {
    for (;;) {
      /** @type {Report} */
      const report = await this.#session.call("train", { milliseconds: SLICE });
      await nextFrame();
      this.#showReport(report);
      const isOver = report.is_done || report.ran_away || !this.#isTraining || this.#host.signal.aborted;
      if (report.ran_away) return this.#ranAway();
      if (report.epoch > this.#tested || isOver) await this.#test(report);
      if (isOver && !report.is_done) this.#showReport(await this.#session.call("go_on")); // and so it is kept
      if (isOver) return this.#finish(report);
      this.#summary.mention(`Epoch ${report.epoch} of ${report.n_epochs}, ${this.#left.textContent}.`);
    }
  }

  /** @param {Report} report */
  #finish(report) {
    this.#setState(report.is_done ? "trained" : "paused");
    this.#describe();
    const right = this.#tests ? `It names ${percent(this.#tests.test.accuracy)} of new photographs of known breeds rightly, and ${percent(this.#tests.new_breeds.accuracy)} of new breeds.` : "";
    this.#summary.say(`${report.is_done ? "Trained." : `Paused at step ${report.step}; what it learned is kept.`} ${right}`);
    this.#own.again();
  }

  async #takeStep() {
    this.#stream.forget();
    const report = await this.#session.call("step");
    this.#showReport(report);
    if (report.ran_away) return this.#ranAway();
    await this.#test(report);
    this.#setState(report.is_done ? "trained" : "paused");
    this.#summary.say(`Step ${report.step}: the loss of its batch was ${report.losses.at(-1)?.toFixed(4) ?? "unknown"} nats.`);
  }

  /** @param {Report} report */
  async #test(report) {
    const tests = await this.#session.call("exam");
    this.#tested = report.epoch;
    const at = report.step / report.steps_per_epoch;
    this.#loss.add(at, report.train_loss, tests.test.loss);
    this.#accuracy.add(at, tests.met.accuracy, tests.test.accuracy);
    this.#showTests(tests);
    this.#loss.draw();
    this.#accuracy.draw();
    this.#inside.showNeurons(await this.#session.call("inside"));
    void this.#keep();
  }

  /** @param {Tests} tests */
  #showTests(tests) {
    this.#tests = tests;
    this.#figures.show("test-loss", tests.test.loss);
    this.#figures.show("test-accuracy", tests.test.accuracy);
    this.#figures.show("new-breeds-accuracy", tests.new_breeds.accuracy);
    this.#inside.showTests(tests);
  }

  /** @param {Report & {keep?: unknown}} report */
  #showReport({ keep, ...report }) {
    this.#report = report;
    const at = report.step / report.steps_per_epoch;
    this.#figures.show("epoch", report.epoch);
    if (report.train_loss !== null) {
      this.#figures.show("train-loss", report.train_loss);
      if (report.losses.length > 0) this.#loss.add(at, report.train_loss, null);
    }
    this.#progress.value = report.step / report.n_steps;
    const left = report.seconds_left;
    this.#left.textContent = report.is_done ? "done" : left === null || report.step === 0 ? "" : `about ${Math.max(1, Math.round(left))} s left`;
    this.#loss.draw();
    if (!keep) return;
    this.#keptReport = { ...report, losses: [] };
    void this.#keep();
  }

  /** What was learned so far is kept in the browser. */
  async #keep() {
    const state = this.#kept;
    if (state) await this.#album.keepNetwork(NAME, state);
  }

  /** All that a training is, as the browser keeps it. @returns {Kept | undefined} */
  get #kept() {
    const { kept } = this.#session;
    if (!kept || !this.#keptReport) return undefined;
    return { keep: kept, report: this.#keptReport, tests: this.#tests, curves: [this.#loss.points.slice(), this.#accuracy.points.slice()], number: this.#number };
  }

  /** Back to the beginning; what was learned can be had back. */
  async #restart() {
    await this.#pause();
    this.#isStreaming = false;
    const isWorth = this.#report && this.#report.step > 0 && !this.#report.ran_away;
    this.#before = isWorth ? this.#kept : undefined;
    this.#session.renew();
    this.#hasBegun = false;
    this.#report = this.#keptReport = this.#tests = undefined;
    this.#loss.clear();
    this.#accuracy.clear();
    this.#figures.clear();
    this.#inside.clear();
    this.#explain.hide();
    this.#stream.forget();
    this.#progress.value = 0;
    this.#left.textContent = "";
    await this.#album.forgetNetwork(NAME).catch(() => {});
    this.#setState("idle");
    this.#notice.replaceChildren();
    this.#summary.say("Everything it learned is gone. Train begins anew.");
    const before = this.#before;
    if (before) this.#tell("You can have the network back until you train another.", makeButton("Bring it back", "bring-back", () => void this.#bringBack(before)));
  }

  /** @param {Kept} before */
  async #bringBack(before) {
    this.#notice.replaceChildren();
    this.#take(before);
    await this.#keep();
    this.#main.focus();
    this.#summary.say("It is back.");
  }

  #ranAway() {
    this.#setState("paused");
    this.#tell("The loss is no number any more: the steps were so large that they threw the weights ever further away. Take a smaller learning rate, press Reset, then Train.");
  }

  /** @param {Error} error @param {string} before  the state from before */
  #trouble(error, before) {
    const isStopped = error.name === "AbortError";
    const { python } = this.#host.kernel;
    const isThere = (this.#report?.step ?? 0) > 0;
    if (python.state === "failed") {
      this.#setState(isThere ? "paused" : "failed");
      return this.#tell(`Python could not be loaded: ${error.message}. Nothing is lost.`, makeButton("Retry", "retry", () => this.#mainPressed()));
    }
    this.#setState(isThere ? (this.#report?.is_done ? "trained" : "paused") : before === "loading" ? "idle" : before === "training" ? "paused" : before);
    if (isStopped) return this.#summary.say(isThere ? "Stopped. What was kept last is still there." : "Stopped.");
    console.warn(error);
    const words = error.message.replace(/^\w*(Error|Exception): /, "");
    this.#tell(`${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? "" : "."} ${isThere ? "The network is as it was." : ""}`);
  }

  /** @param {string} text @param {Node[]} nodes */
  #tell(text, ...nodes) {
    this.#notice.replaceChildren(make("p", { textContent: text }), ...nodes);
    this.#host.announce(text);
  }

  async #saveFile() {
    const file = bytesOf(await this.#session.call("save"));
    download(/** @type {Uint8Array<ArrayBuffer>} */ (file), "my-network.dogs", "application/octet-stream");
    this.#summary.say("Saved as my-network.dogs. Load network takes it up again, here or in another browser.");
  }

  /** @param {File} file */
  async #loadFile(file) {
    if (file.size > LARGEST_FILE) throw new Error(`${file.name} has ${(file.size / 1e6).toFixed(0)} MB; a network has 16 MB at most`);
    const report = await this.#session.call("load", { file: base64Of(new Uint8Array(await file.arrayBuffer())) });
    this.#hasBegun = true;
    this.#settings.take(this.#session.kept.settings);
    this.#loss.clear();
    this.#accuracy.clear();
    this.#stream.forget();
    this.#showReport(report);
    await this.#test(report);
    this.#describe();
    this.#setState(report.is_done ? "trained" : report.step > 0 ? "paused" : "idle");
    this.#summary.say(`${file.name} is loaded: ${report.is_done ? "trained" : `at step ${report.step} of ${report.n_steps}`}, ${percent(this.#tests?.test.accuracy ?? 0)} right on known breeds.`);
    this.#own.again();
  }

  /** Asks Python something about the network there is. @param {string} name @param {Record<string, unknown>} named @returns {Promise<any>} undefined where there is none, or no answer */
  async #ask(name, named) {
    if (!this.#hasBegun || !this.#report || this.#report.step === 0) return undefined;
    try {
      await this.#session.prepare();
      return await this.#session.call(name, named);
    } catch (error) {
      if (/** @type {Error} */ (error).name !== "AbortError") console.warn(error);
      return undefined;
    }
  }

  /** @param {string} title @param {Uint8Array} pixels @param {string} kind */
  async #explainPicture(title, pixels, kind) {
    const look = await this.#ask("look", { pixels: base64Of(pixels), kind });
    if (!look) return;
    this.#explain.show(title, pixels, look);
    this.#explain.node.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  async #startStream() {
    if (this.#isBusy || this.#isStreaming) return;
    this.#isStreaming = true;
    const before = this.#state;
    this.#setState("streaming");
    this.#waiting = []; // tagged by the network as it was
    try {
      await this.#session.prepare();
      let next = performance.now();
      while (this.#isStreaming && !this.#host.signal.aborted) {
        if (this.#waiting.length <= LOW) await this.#fetchStretch();
        const one = this.#waiting.shift();
        if (one === undefined) break;
        await nextFrame();
        if (!this.#isStreaming) break;
        if (this.#stream.pass(one)) await this.#saveDog(one);
        next = Math.max(performance.now(), next + this.#stream.pace);
        await new Promise((resolve) => setTimeout(resolve, next - performance.now()));
      }
    } catch (error) {
      this.#trouble(/** @type {Error} */ (error), before);
    }
    this.#isStreaming = false;
    void this.#keep();
    if (this.#state === "streaming") this.#setState(before);
    this.#showState();
  }

  async #fetchStretch() {
    this.#waiting.push(...(await this.#session.call("watch", { number: this.#number++, n_pictures: STRETCH })));
  }

  /** @param {Passing} one */
  async #saveDog({ pixels, kind, breed, is_new: isNew, probabilities }) {
    const bytes = bytesOf(pixels);
    await this.#album.add([
      { added: Date.now(), kind, breed, isNew, size: Math.round(Math.sqrt(bytes.length)), pixels: bytes, probabilities, threshold: this.#stream.threshold },
    ]);
  }

  #describe() {
    this.#loss.describe();
    this.#accuracy.describe();
  }
}

/** @param {number} value */
const percent = (value) => `${(100 * value).toFixed(1)} %`;
