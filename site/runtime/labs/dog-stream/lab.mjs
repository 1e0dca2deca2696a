/**
 * The lab “The stream of dogs”: trains a network in slices, lets pictures come past it, and keeps the dogs. Every
 * number comes from Python (`primer.stream`); here it is shown, and what was learned is kept.
 */

import { Notice } from "../../lab/notice.mjs";
import { Summary, nextFrame, write } from "../../lab/parts.mjs";
import { makeButton } from "../../page/button.mjs";
import { Settings } from "../../lab/settings.mjs";
import { Task } from "../../lab/task.mjs";
import { AlbumView } from "./album-view.mjs";
import { Album } from "./album.mjs";
import { ANSWERS } from "./answers.mjs";
import { InsideView } from "./inside-view.mjs";
import { Keeper, download, recall, textOf } from "./keeping.mjs";
import { Looks } from "./looks.mjs";
import { ask } from "./paint.mjs";
import { Stream } from "./passing.mjs";
import { ProgressView, restOf } from "./progress-view.mjs";
import { StreamView } from "./stream-view.mjs";
import * as words from "./words.mjs";
import { say } from "../../words/say.mjs";

/** @import { Host } from "../../lab/lab.mjs" */
/** @import { Report, Tests } from "./answers.mjs" */
/** @import { Kept } from "./keeping.mjs" */

/** Milliseconds of a slice of training. */
const SLICE = 30;
/** Milliseconds between two Pythons that ended at work: a second so soon is no accident. */
const AGAIN = 5000;

/** What an earlier visit has learned comes first: Train goes on from there. @param {Host} host */
export async function begin(host) {
  const album = new Album(`${host.prefix}album`);
  return new DogStream(host, album, await recall(album));
}

class DogStream {
  #host;
  #album;
  #keeper;
  #task;
  #summary;
  #settings;
  #progress = new ProgressView();
  #notice;
  #main = makeButton(say("Train"), "train", () => this.#task.press(() => this.#train()));
  #step = makeButton(say("Step"), "step", () => void this.#task.do(() => this.#takeStep()));
  #reset = makeButton(say("Reset"), "reset", () => void this.#restart());
  #save = makeButton(say("Save network"), "save", () => void this.#task.do(() => this.#saveFile(), true));
  #load = makeButton(say("Load network"), "load", () =>
    ask(".dogs,application/octet-stream", (file) => void this.#task.do(() => this.#loadFile(file), true)),
  );
  #stream;
  #view;
  #looks;
  #inside = new InsideView();
  /** @type {Report | undefined} */
  #report;
  /** @type {Tests | undefined} */
  #tests;
  /** The epoch of the last test. */
  #tested = -1;
  #brokeAt = -Infinity;

  /** @param {Host} host @param {Album} album @param {Awaited<ReturnType<Album["network"]>>} kept */
  constructor(host, album, kept) {
    this.#host = host;
    host.session.answers = ANSWERS;
    this.#summary = new Summary(host.announce);
    this.#notice = new Notice(host.announce, this.#main);
    const changed = () => this.#report && this.#summary.say(words.LATER);
    this.#settings = new Settings(host.element.id, host.opening.fields, changed, host.announce);
    this.#album = album;
    this.#keeper = new Keeper(album, host.session, () => ({
      tests: this.#tests,
      curves: this.#progress.curves.points,
      number: this.#stream.number,
    }));
    this.#view = new StreamView({
      start: async () => {
        await this.#stream.start(this.#task, (error, before) => this.#trouble(error, before));
        void this.#keeper.keep();
      },
      stop: () => (this.#stream.isOn = false),
      judge: (threshold, scores, kinds) => this.#looks.ask("judge", { threshold, scores, kinds }),
      explain: (title, pixels, kind) => void this.#looks.show(title, pixels, kind),
      announce: host.announce,
    });
    this.#stream = new Stream(host, this.#view, album);
    this.#looks = new Looks(
      host,
      () => this.#task.hasBegun && (this.#report?.step ?? 0) > 0,
      () => this.#view.button,
    );
    this.#task = new Task(host, {
      heir: this.#reset,
      clear: () => this.#clear(),
      begin: () => this.#begin(),
      shown: () => this.#showState(),
      trouble: (error, before) => this.#trouble(error, before),
    });
    this.#build(new AlbumView(album, host.signal, host.announce));
    host.kernel.addEventListener("python", () => this.#showState(), { signal: host.signal });
    this.#task.state = "idle";
    if (kept) this.#recall(kept);
    else this.#session.kept = null;
  }

  close() {
    this.#task.isGoing = this.#stream.isOn = false;
    void this.#album.close();
  }

  /** @param {AlbumView} album */
  #build(album) {
    this.#progress.curves.built = this.#host.element.querySelector(".built");
    this.#view.built = this.#host.element.querySelector('[data-part="stream"]');
    const training = this.#progress.section({
      buttons: [this.#main, this.#step, this.#reset],
      files: [this.#save, this.#load],
      summary: this.#summary.node,
      notice: this.#notice.node,
      settings: this.#settings.node,
    });
    const [view, explain, own, inside] = [this.#view, this.#looks.explain, this.#looks.own, this.#inside];
    const nodes = [view.node, explain.node, album.node, view.mistakes, own.node, inside.node];
    this.#host.show(say("The stream of dogs"), training, ...nodes);
    this.#summary.show(words.OPENING);
  }

  get #session() {
    return this.#host.session;
  }

  #clear() {
    this.#stream.isOn = false;
    this.#notice.clear();
  }

  #showState() {
    const { state, isAtWork } = this.#task;
    const isOver = Boolean(this.#report?.is_done || this.#report?.ran_away);
    const isBegun = (this.#report?.step ?? 0) > 0 && !isOver;
    write(this.#main, say(isAtWork ? "Pause" : isBegun ? "Resume" : "Train"));
    this.#main.disabled = isOver && !isAtWork;
    this.#step.disabled = isAtWork || isOver || this.#stream.isOn;
    this.#reset.disabled = state === "loading" || !this.#report;
    this.#save.disabled = isAtWork || !this.#report || this.#report.ran_away;
    this.#load.disabled = isAtWork;
    this.#view.isDisabled = isAtWork || !this.#report || this.#report.step === 0 || this.#report.ran_away;
    this.#view.isOn = this.#stream.isOn;
    if (state !== "loading") return;
    const wait = this.#task.loading(say("Taking 10,000 photographs …"));
    this.#summary.mention(wait);
    this.#progress.left = wait;
  }

  /** Takes up what an earlier visit has learned. @param {NonNullable<Awaited<ReturnType<Album["network"]>>>} kept */
  #recall(kept) {
    try {
      this.#take(/** @type {Kept} */ (kept.state));
      this.#summary.say(words.backWords(/** @type {Report} */ (this.#report), kept.saved));
    } catch {
      this.#session.kept = null; // what is kept is none of ours: it counts as not there
      this.#report = undefined;
      this.#task.state = "idle";
    }
  }

  /** Takes up a training. Python takes it up when it is asked next. @param {Kept} kept */
  #take({ keep, report, tests, curves, number }) {
    if (typeof keep.file !== "string" || typeof report.step !== "number") throw new TypeError("no training");
    this.#settings.take(keep.settings);
    this.#session.renew();
    this.#session.kept = keep;
    this.#task.hasBegun = true;
    this.#stream.number = Number(number) || 0;
    this.#progress.curves.points = curves;
    this.#showReport(this.#keeper.take(report));
    this.#tested = report.epoch;
    if (tests) this.#showTests(tests);
    this.#progress.curves.describe();
    this.#task.state = restOf(report);
  }

  async #begin() {
    this.#session.renew();
    const report = await this.#session.call("begin", this.#settings.values);
    this.#task.hasBegun = true;
    this.#tested = -1;
    this.#progress.curves.clear();
    this.#view.forget();
    this.#showReport(report);
  }

  /** Slice after slice, until it is done or paused; a Python that ends in the middle is followed by another. */
  async #train() {
    this.#task.isGoing = true;
    this.#view.forget(); // what the network said before it learned more
    this.#task.state = "training";
    for (;;) {
      try {
        return await this.#slices();
      } catch (error) {
        const isFault = error instanceof this.#host.CellFault || /** @type {Error} */ (error).name === "AbortError";
        const isSecond = performance.now() - this.#brokeAt < AGAIN;
        this.#brokeAt = performance.now();
        if (isFault || isSecond || !this.#task.isGoing || this.#host.signal.aborted) throw error;
        this.#summary.say(words.lostWords(/** @type {Error} */ (error)));
        this.#progress.left = say("A fresh Python is on its way …");
        const report = await this.#session.call("go_on");
        this.#progress.cut(report);
        this.#tested = Math.min(this.#tested, report.epoch);
        this.#showReport(report);
        this.#summary.say(words.foundWords(report));
      }
    }
  }

  async #slices() {
    for (;;) {
      /** @type {Report} */
      const report = await this.#session.call("train", { milliseconds: SLICE });
      await nextFrame();
      this.#showReport(report);
      const isOver = report.is_done || report.ran_away || !this.#task.isGoing || this.#host.signal.aborted;
      if (report.ran_away) return this.#ranAway();
      if (report.epoch > this.#tested || isOver) await this.#test(report);
      if (isOver && !report.is_done) this.#showReport(await this.#session.call("go_on")); // and so it is kept
      if (isOver) return this.#finish(report);
      this.#summary.mention(words.epochWords(report, this.#progress.left));
    }
  }

  /** @param {Report} report */
  #finish(report) {
    this.#task.state = restOf(report);
    this.#progress.curves.describe();
    this.#summary.say(words.endWords(report, this.#tests));
    this.#looks.own.again();
  }

  async #takeStep() {
    this.#view.forget();
    const report = await this.#session.call("step");
    this.#showReport(report);
    if (report.ran_away) return this.#ranAway();
    await this.#test(report);
    this.#task.state = restOf(report);
    this.#summary.say(words.stepWords(report));
  }

  /** @param {Report} report */
  async #test(report) {
    this.#showTests(await this.#session.call("exam"), report);
    this.#tested = report.epoch;
    this.#inside.showNeurons(await this.#session.call("inside"));
    void this.#keeper.keep();
  }

  /** @param {Tests} tests @param {Report} [report]  of the moment of the test */
  #showTests(tests, report) {
    this.#tests = tests;
    this.#progress.showTests(tests, report);
    this.#inside.showTests(tests);
  }

  /** @param {Report & {keep?: unknown}} report */
  #showReport({ keep, ...report }) {
    this.#report = report;
    this.#progress.show(report);
    if (!keep) return;
    this.#keeper.take(report);
    void this.#keeper.keep();
  }

  /** Back to the beginning; what was learned can be had back. */
  async #restart() {
    await this.#task.pause();
    this.#clear();
    const isWorth = this.#report && this.#report.step > 0 && !this.#report.ran_away;
    const before = isWorth ? this.#keeper.kept : undefined;
    this.#session.renew();
    this.#task.hasBegun = false;
    this.#report = this.#tests = undefined;
    this.#progress.clear();
    this.#inside.clear();
    this.#looks.explain.hide();
    this.#view.forget();
    await this.#keeper.forget();
    this.#task.state = "idle";
    this.#summary.say(say("Everything it learned is gone. Train begins anew."));
    if (before)
      this.#notice.say(
        say("You can have the network back until you train another."),
        makeButton(say("Bring it back"), "bring-back", () => void this.#bringBack(before)),
      );
  }

  /** @param {Kept} before */
  async #bringBack(before) {
    this.#notice.clear();
    this.#take(before);
    await this.#keeper.keep();
    this.#main.focus();
    this.#summary.say(say("It is back."));
  }

  #ranAway() {
    this.#task.state = "paused";
    this.#notice.say(words.RAN_AWAY);
  }

  /** @param {Error} error @param {string} before  the state from before */
  #trouble(error, before) {
    const isThere = (this.#report?.step ?? 0) > 0;
    if (this.#host.kernel.python.state === "failed") {
      this.#task.state = isThere ? "paused" : "failed";
      return this.#notice.retry(error.message, () => this.#main.click());
    }
    this.#task.state =
      this.#report && isThere ? restOf(this.#report) : ({ loading: "idle", training: "paused" }[before] ?? before);
    if (error.name === "AbortError")
      return this.#summary.say(say(isThere ? "Stopped. What was kept last is still there." : "Stopped."));
    console.warn(error);
    this.#notice.say(words.troubleWords(error, isThere));
  }

  async #saveFile() {
    download(await this.#session.call("save"), "my-network.dogs");
    this.#summary.say(say("Saved as my-network.dogs. Load network takes it up again, here or in another browser."));
  }

  /** @param {File} file */
  async #loadFile(file) {
    const report = await this.#session.call("load", { file: await textOf(file) });
    this.#task.hasBegun = true;
    this.#settings.take(this.#session.kept.settings);
    this.#progress.curves.clear();
    this.#view.forget();
    this.#showReport(report);
    await this.#test(report);
    this.#progress.curves.describe();
    this.#task.state = restOf(report);
    this.#summary.say(words.loadedWords(file.name, report, this.#tests));
    this.#looks.own.again();
  }
}
