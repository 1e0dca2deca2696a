/** Pictures that come past: each is tagged, and what is above the threshold is saved. */

import { Figures, Summary, bytesOf, labelled, make } from "../../lab/parts.mjs";
import { makeButton } from "../../page/button.mjs";
import { fill } from "../../page/at-first.mjs";
import { oneAtATime } from "../../page/latest.mjs";
import { keepOnScroll } from "../../page/touch.mjs";
import { animal, named } from "../animals.mjs";
import { bars, guessOf, share } from "./bars.mjs";
import { DOG } from "./kinds.mjs";
import { picture } from "./paint.mjs";
import { counted, decimal, say } from "../../words/say.mjs";

/** @import { Passing, Verdict } from "./answers.mjs" */

/**
 * @typedef {object} Wants  what the view asks of the lab
 * @property {() => void} start
 * @property {() => void} stop
 * @property {(threshold: number, scores: number[], kinds: string[]) => Promise<Verdict | undefined>} judge
 * @property {(title: string, pixels: Uint8Array, kind: string) => void} explain
 * @property {(text: string) => void} announce
 */

/** Pictures in sight, mistakes in sight, and pictures that precision and recall count, at most. */
const [STRIP, MISTAKES, MOST] = [8, 12, 5000];
/** Milliseconds in which the belt moves on by a place. */
const SLIDE = 240;
/** Milliseconds without a move of the threshold until what it came to is told. */
const SETTLE = 700;

export class StreamView {
  node = make("section", { data: { part: "stream" }, "aria-labelledby": "dog-stream-watch" });
  /** Above which P(dog) a picture is saved. */
  threshold = 0.5;
  #wants;
  #summary;
  #figures = new Figures({
    seen: [say("pictures seen"), 0],
    precision: [say("precision"), 3],
    recall: [say("recall"), 3],
  });
  #toggle = makeButton(say("Start stream"), "stream", () => (this.#isOn ? this.#wants.stop() : this.#wants.start()));
  #slider = make("input", {
    ...{ id: "dog-stream-threshold", name: "threshold", type: "range", min: "0", max: "1", step: "0.01", value: "0.5" },
  });
  #number = make("span", { className: "value" }, "0.50");
  #pace = make(
    "select",
    { id: "dog-stream-pace", name: "pace" },
    make("option", { value: "600" }, say("slow")),
    make("option", { value: "250", selected: true }, say("brisk")),
    make("option", { value: "60" }, say("fast")),
  );
  #verdict = make("p", { data: { part: "tally" } });
  #strip = make("ol", { className: "strip", ariaLabel: say("Pictures that came past, the newest first") });
  #mistakes = make("ul", { className: "mistakes", ariaLabel: say("Mistakes") });
  /** Apart, so that the belt and the album are in one view. */
  mistakes = make("section", { hidden: true }, make("h3", {}, say("Mistakes")), this.#mistakes);
  /** What came past when the page was built, and that it did: there until a reader's own network has seen one. */
  #before = /** @type {Element[]} */ ([]);
  #saidBefore = make("p", { className: "hint", data: { part: "untrained" }, hidden: true });
  /** Pictures that there is room for: what nobody sees cannot be reached by key either. */
  #room = STRIP;
  #isOn = false;
  /** P(dog) and kind of what has come past. @type {number[]} */
  #scores = [];
  /** @type {string[]} */
  #kinds = [];
  #seen = 0;
  /** The threshold was moved, and what that came to is not told yet. */
  #isMoved = false;
  #settling = 0;

  /** @param {Wants} wants */
  constructor(wants) {
    this.#wants = wants;
    this.#summary = new Summary(wants.announce);
    fill(this.#slider);
    this.#slider.addEventListener("input", () => {
      this.threshold = Number(this.#slider.value);
      this.#number.textContent = this.threshold.toFixed(2);
      fill(this.#slider);
      this.#isMoved = true;
      clearTimeout(this.#settling);
      this.#settling = 0;
      void this.#judge();
    });
    const slider = labelled(this.#slider, `${say("Save a picture if P(dog) is above")} `, this.#number);
    slider.classList.add("sliding");
    this.node.append(
      make("h3", { id: "dog-stream-watch", tabIndex: -1, textContent: say("The stream") }),
      make("div", { data: { part: "bar" } }, this.#toggle, slider, labelled(this.#pace, say("Pace"))),
      this.#summary.node,
      this.#figures.node,
      this.#verdict,
      this.#strip,
      this.#saidBefore,
    );
    keepOnScroll(this.node);
    new ResizeObserver(() => {
      const columns = getComputedStyle(this.#strip).gridTemplateColumns.split(" ").length;
      this.#room = Math.min(STRIP, Math.max(1, columns));
      const hasRoom = this.#room > this.#strip.childElementCount;
      if (hasRoom && !this.#saidBefore.hidden) this.#showBefore(this.#before);
      while (this.#strip.childElementCount > this.#room) this.#strip.lastElementChild?.remove();
    }).observe(this.#strip);
    this.#summary.show(say("Train first, then start the stream."));
  }

  set built(/** @type {Element | null} */ built) {
    this.#before = [...(built?.querySelectorAll(".strip > li") ?? [])];
    this.#saidBefore.textContent = built?.querySelector(".hint")?.textContent ?? "";
    this.#showBefore(this.#before);
  }

  /** @param {Element[]} cards */
  #showBefore(cards) {
    this.#strip.replaceChildren(...cards.slice(0, this.#room));
    this.#saidBefore.hidden = cards.length === 0;
  }

  /** Milliseconds from one picture to the next. */
  get pace() {
    return Number(this.#pace.value);
  }

  /** That starts and stops the stream; before there is a network, the heading. @returns {HTMLElement} */
  get button() {
    return this.#toggle.disabled ? /** @type {HTMLElement} */ (this.node.querySelector("h3")) : this.#toggle;
  }

  /** @param {boolean} isOn */
  set isOn(isOn) {
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    this.#toggle.textContent = say(isOn ? "Stop stream" : "Start stream");
    const past = say("{count} pictures have come past.", { count: this.#seen });
    this.#summary.say(isOn ? say("The stream is running.") : `${say("Stopped.")} ${past}`);
  }

  /** @param {boolean} isDisabled */
  set isDisabled(isDisabled) {
    this.#toggle.disabled = isDisabled;
  }

  /** A picture comes past. @param {Passing} one @returns whether it is to be saved */
  pass(one) {
    const score = one.probabilities[DOG];
    const isSaved = score > this.threshold;
    this.#scores.push(score);
    this.#kinds.push(one.kind);
    if (this.#scores.length > MOST)
      [this.#scores, this.#kinds] = [this.#scores.slice(-MOST / 2), this.#kinds.slice(-MOST / 2)];
    if (this.#seen === 0) this.#showBefore([]);
    this.#figures.show("seen", ++this.#seen);
    // A picture that has the focus stays: what comes past meanwhile counts, and is not shown.
    if (!this.#strip.contains(document.activeElement)) {
      this.#strip.prepend(this.#card(one, isSaved));
      while (this.#strip.childElementCount > this.#room) this.#strip.lastElementChild?.remove();
      this.#slide();
    }
    if (guessOf(one.probabilities) !== one.kind && !this.#mistakes.contains(document.activeElement))
      this.#addMistake(one);
    this.#summary.mention(say("{count} pictures have come past.", { count: this.#seen }), false);
    void this.#judge();
    return isSaved;
  }

  /** The belt moves on by a place, unless the next picture comes before it has. */
  #slide() {
    const [first, second] = /** @type {HTMLCollectionOf<HTMLElement>} */ (this.#strip.children);
    if (!second || this.pace < SLIDE || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const by = `${first.offsetLeft - second.offsetLeft}px`;
    for (const one of this.#strip.children)
      one.animate([{ translate: by }, { translate: "0px" }], { duration: SLIDE, easing: "ease-out" });
  }

  /** Another network: what the old one said counts no longer. */
  forget() {
    [this.#scores, this.#kinds, this.#seen] = [[], [], 0];
    this.#figures.clear();
    this.#verdict.textContent = "";
    this.#showBefore(this.#before);
    this.#mistakes.replaceChildren();
    this.mistakes.hidden = true;
  }

  /** Precision and recall follow, one question at a time, and the last is never left out. */
  #judge = oneAtATime(async (/** @type {void} */ _, isLast) => {
    if (this.#scores.length === 0) return;
    const verdict = await this.#wants.judge(this.threshold, this.#scores, this.#kinds);
    if (verdict) this.#showVerdict(verdict, isLast());
  });

  /** @param {Verdict} verdict @param {boolean} isLast */
  #showVerdict({ precision, recall, saved_dogs: dogs, saved_others: others, missed_dogs: missed }, isLast) {
    if (this.#seen === 0) return;
    this.#figures.show("precision", precision);
    this.#figures.show("recall", recall);
    this.#verdict.textContent = say("At this threshold: {saved} and {others} saved, {lost} missed.", {
      saved: counted(dogs, "1 dog", "{count} dogs"),
      others: counted(others, "1 other", "{count} others"),
      lost: counted(missed, "1 dog", "{count} dogs"),
    });
    if (!this.#isMoved || !isLast) return; // the last is on its way
    this.#settling ||= setTimeout(() => {
      this.#isMoved = false;
      this.#wants.announce(this.#verdict.textContent ?? "");
    }, SETTLE);
  }

  /** @param {Passing} one @param {boolean} isSaved */
  #card(one, isSaved) {
    const isRight = isSaved === (one.kind === "dog");
    const verdict = isSaved ? say(isRight ? "saved" : "saved, but no dog") : isRight ? "" : say("a dog, missed");
    const card = make(
      "li",
      { className: isSaved ? "saved" : "" },
      make("div", { className: "seen" }, this.#button(one), animal("dog", one.probabilities[DOG])),
      bars(one.probabilities, 2),
      make("span", { className: "verdict" }, verdict),
    );
    card.classList.toggle("wrong", !isRight);
    return card;
  }

  /** @param {Passing} one */
  #addMistake(one) {
    this.mistakes.hidden = false;
    const caption = make(
      "span",
      {},
      say("{kind}, said {guess}", { kind: named(one.kind), guess: named(guessOf(one.probabilities)) }),
      make("br"),
      make("span", {
        className: "hint",
        textContent: say("loss {loss} nats", { loss: decimal(one.loss?.toFixed(2) ?? "nan") }),
      }),
    );
    this.#mistakes.prepend(make("li", {}, this.#button(one), caption));
    while (this.#mistakes.childElementCount > MISTAKES) this.#mistakes.lastElementChild?.remove();
  }

  /** A picture that can be looked at closely. @param {Passing} one */
  #button(one) {
    const pixels = bytesOf(one.pixels);
    const values = { kind: named(one.kind), breed: one.breed };
    const name = say(one.is_new ? "{kind}, {breed}, a new breed" : "{kind}, {breed}", values);
    const guess = named(guessOf(one.probabilities));
    const button = make("button", { type: "button", className: "look", title: name }, picture(pixels));
    button.setAttribute(
      "aria-label",
      say("Look closely: {name}. It says {guess}, P(dog) {share}.", {
        ...{ name, guess, share: share(one.probabilities[DOG]) },
      }),
    );
    button.addEventListener("click", () => this.#wants.explain(name, pixels, one.kind));
    return button;
  }
}
