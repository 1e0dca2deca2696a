/** `<py-prediction>`: a question that the reader answers before the page does. What was said is kept, and compared. */

import { announcer } from "../page/announcer.mjs";
import { partOf } from "../page/attributes.mjs";
import { guesses } from "../state/guesses.mjs";
import { counted, decimal, say } from "../words/say.mjs";

export class PyPrediction extends HTMLElement {
  /** What is done to it needs no keeping any more: see `early.mjs`. */
  hears = false;
  #stay = new AbortController();

  connectedCallback() {
    const { signal } = (this.#stay = new AbortController());
    const press = (/** @type {Event} */ { target }) =>
      /** @type {Element} */ (target).closest('[data-action="guess"]') && this.#make();
    this.addEventListener("click", press, { signal });
    this.addEventListener("keydown", (event) => this.#key(event), { signal });
    for (const type of ["input", "change"]) this.addEventListener(type, () => this.#touched(), { signal });
    guesses.addEventListener("change", () => this.#show(), { signal });
    guesses.addEventListener(
      "waive",
      (event) => /** @type {CustomEvent<string>} */ (event).detail === this.id && this.#tell(),
      { signal },
    );
    // a browser may fill in what stood there on an older visit
    addEventListener("pageshow", () => this.#made !== undefined && this.#show(), { signal });
    this.#show();
    this.hears = true;
  }

  disconnectedCallback() {
    this.#stay.abort();
  }

  get #page() {
    return this.getAttribute("page") ?? "";
  }

  /** What the reader has said. @returns {string | undefined} */
  get #made() {
    return guesses.said(this.#page, this.id);
  }

  get #isNumber() {
    return this.getAttribute("kind") === "number";
  }

  get #inputs() {
    return /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll("fieldset input")]);
  }

  /** Enter in a field says it, as in every form. @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Enter" || !(/** @type {Element} */ (event.target).matches("input"))) return;
    event.preventDefault();
    this.#make();
  }

  /** What is said is said. */
  #touched() {
    if (this.#made !== undefined) this.#show();
    else this.#note("");
  }

  #make() {
    for (const input of this.#inputs) input.disabled = false; // as it is from an early press on
    if (this.#made !== undefined || this.hasAttribute("told")) return;
    const guess = this.#now();
    const lacks = guess === "" ? this.#lacks() : "";
    this.#note(lacks);
    if (lacks) return announcer.say(lacks);
    const { verdict, reply, isRight } = this.#judged(guess);
    const isKept = guesses.make(this.#page, this.id, guess, isRight);
    const lost = say("Your browser keeps nothing for this site, so it counts until you leave.");
    if (!isKept) this.#note(lost);
    announcer.say([verdict, reply, isKept ? "" : lost].join(" "));
  }

  /** Its answer is shown without a guess, and then there is nothing left to guess on this visit. */
  #tell() {
    this.toggleAttribute("told", true);
    /** @type {HTMLDetailsElement} */ (partOf(this, "answer")).open = true;
  }

  get #isCurve() {
    return this.getAttribute("kind") === "curve";
  }

  /** What stands there now; empty if that is nothing yet. */
  #now() {
    if (this.#isCurve) {
      const isDrawn = this.#inputs.some(({ value, defaultValue }) => value !== defaultValue);
      return isDrawn ? this.#inputs.map(({ valueAsNumber }) => Number(valueAsNumber.toPrecision(3))).join(" ") : "";
    }
    if (!this.#isNumber) return this.#inputs.flatMap(({ checked, value }) => (checked ? value : [])).join(" ");
    const [field] = this.#inputs;
    return field.validity.valid ? field.value : "";
  }

  #lacks() {
    if (this.#isCurve) return say("Draw first: move each of the sliders to where you think the curve is.");
    if (!this.#isNumber) return say("Choose first. A wrong guess teaches more than none.");
    const [{ min, max, value, validity }] = this.#inputs;
    const number = min
      ? say("a number between {min} and {max}", { min: signed(min), max: signed(max) })
      : say("a number");
    if (validity.badInput) return say("Expected {number}; that is none.", { number });
    return value ? say("Expected {number}; got {value}.", { number, value }) : say("Set {number} first.", { number });
  }

  /** @param {string} words */
  #note(words) {
    partOf(this, "note").textContent = words;
  }

  /** Brings the element in line with what is kept. */
  #show() {
    const guess = this.#made;
    const said = new Set(guess?.split(" "));
    const button = partOf(this, "guess-bar").querySelector("button");
    this.toggleAttribute("made", guess !== undefined);
    if (guess !== undefined) this.removeAttribute("told");
    button?.setAttribute("aria-disabled", String(guess !== undefined)); // it keeps the focus that it may have
    const curve = this.#isCurve ? (guess?.split(" ") ?? []) : [];
    for (const [i, input] of this.#inputs.entries()) {
      if (this.#isNumber) input.readOnly = guess !== undefined;
      else input.setAttribute("aria-disabled", String(guess !== undefined));
      if (guess === undefined) continue;
      if (this.#isNumber) input.value = guess;
      else if (this.#isCurve) input.value = curve[i] ?? input.defaultValue;
      else input.checked = said.has(input.value);
    }
    const answer = /** @type {HTMLDetailsElement} */ (partOf(this, "answer"));
    if (guess === undefined) {
      if (this.hasAttribute("right")) this.#clear(answer);
      return;
    }
    const { verdict, isRight, replies } = this.#judged(guess);
    if (!this.hasAttribute("right")) answer.open = true;
    this.setAttribute("right", String(isRight));
    const part = partOf(this, "verdict");
    if (part.textContent !== verdict) part.textContent = verdict;
    for (const item of this.#replies) item.toggleAttribute("data-chosen", replies.includes(item));
  }

  /** It was forgotten. @param {HTMLDetailsElement} answer */
  #clear(answer) {
    this.removeAttribute("right");
    answer.open = false;
    partOf(this, "verdict").textContent = "";
    this.#note("");
    for (const input of this.#inputs) {
      if (this.#isNumber || this.#isCurve) input.value = input.defaultValue;
      else input.checked = false;
    }
  }

  get #replies() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll('[data-part="replies"] > li')]);
  }

  /** @param {string} guess */
  #judged(guess) {
    if (this.#isCurve) return { ...this.#judgedCurve(guess.split(" ").map(Number)), reply: "" };
    const judged = this.#isNumber ? this.#judgedNumber(Number(guess)) : this.#judgedBoxes(guess.split(" "));
    return { ...judged, reply: judged.replies.map(wordsOf).join(" ") };
  }

  /** @param {number} guess */
  #judgedNumber(guess) {
    const right = partOf(this, "right");
    const truth = truthOf(right);
    const off = Math.abs(guess - truth);
    const isRight = off <= withinOf(this.querySelector("[data-within]"));
    const said = right.querySelector("b");
    const it = `${said?.textContent}${(said?.nextSibling?.textContent ?? "").replace(/\.$/, "")}`;
    const values = { guess: signed(guess), it, off: short(off) };
    const far = off === 0 ? say("You said {guess}, it is {it}.", values) : "";
    const verdict = praised(isRight, far || say("You said {guess}, it is {it}: off by {off}.", values));
    const near = isRight ? [] : this.#replies.filter((item) => Math.abs(guess - truthOf(item)) <= withinOf(item));
    return { isRight, verdict, replies: near.slice(0, 1) };
  }

  /** Also shows, at each slider, where the curve is. @param {number[]} guess */
  #judgedCurve(guess) {
    const places = partOf(this, "options");
    const truths = /** @type {number[]} */ (
      JSON.parse(partOf(this, "right").querySelector("b")?.dataset.truth ?? "[]")
    );
    const offs = truths.map((truth, i) => Math.abs(truth - guess[i]));
    const mean = offs.reduce((sum, off) => sum + off, 0) / offs.length;
    const worst = offs.indexOf(Math.max(...offs));
    for (const [i, label] of [...places.children].entries()) {
      const { min, max } = this.#inputs[i];
      const share = (truths[i] - Number(min)) / (Number(max) - Number(min));
      /** @type {HTMLElement} */ (label).style.setProperty("--truth", String(share));
    }
    const isRight = mean <= withinOf(places);
    const where = wordsOf(places.children[worst]);
    const verdict = praised(
      isRight,
      say("Off by {mean} on average, most at {where}: it is {it} there.", {
        ...{ mean: short(mean), where, it: signed(truths[worst]) },
      }),
    );
    return { isRight, verdict, replies: /** @type {HTMLElement[]} */ ([]) };
  }

  /** @param {string[]} said */
  #judgedBoxes(said) {
    const labels = [...this.querySelectorAll("fieldset label")];
    const replies = this.#replies.filter(({ dataset }) => said.includes(dataset.for ?? ""));
    const named = (/** @type {Element[]} */ some) =>
      some.map((label) => say("“{title}”", { title: wordsOf(label) })).join(` ${say("and")} `);
    const isSaid = (/** @type {Element} */ label) => said.includes(String(labels.indexOf(label)));
    const right = labels.filter((label) => label.hasAttribute("data-right"));
    const missed = right.filter((label) => !isSaid(label));
    const wrong = labels.filter((label) => isSaid(label) && !right.includes(label));
    if (missed.length + wrong.length === 0) return { isRight: true, verdict: say("Right."), replies };
    if (this.getAttribute("kind") === "one")
      return { isRight: false, verdict: say("No: it is {right}.", { right: named(right) }), replies };
    const parts = [
      missed.length > 0 && say("you missed {missed}", { missed: named(missed) }),
      wrong.length > 0 &&
        counted(wrong.length, "{wrong} does not belong", "{wrong} do not belong", { wrong: named(wrong) }),
    ];
    const verdict = say("Not quite: {parts}.", { parts: parts.filter(Boolean).join("; ") });
    return { isRight: false, verdict, replies };
  }
}

/** What a part says: a formula once, and a reply without what it replies to. @param {Element} part */
function wordsOf(part) {
  const copy = /** @type {Element} */ (part.cloneNode(true));
  for (const shown of copy.querySelectorAll(".katex-html, annotation, q")) shown.remove();
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** @param {Element} part */
const truthOf = (part) => Number(part.querySelector("b")?.dataset.truth);

/** @param {Element | null} part */
const withinOf = (part) => Number(part?.getAttribute("data-within")) * (1 + 1e-9); // 0.6 is within 0.1 of 0.5

/** A distance, as far as it matters: 0.341 is 0.34, 1234.5 is 1235. @param {number} off */
const short = (off) => decimal(off >= 100 ? Math.round(off) : Number(off.toPrecision(2)));

/** With a true minus. @param {number | string} number */
const signed = (number) => decimal(String(number).replace("-", "−"));

/** @param {boolean} isRight @param {string} words */
const praised = (isRight, words) => (isRight ? `${say("Right.")} ${words}` : words);
