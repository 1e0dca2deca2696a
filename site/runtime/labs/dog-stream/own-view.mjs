/** The reader's own picture: drawn by pointer, finger or keys, or out of an image file. */

import { make } from "../../lab/parts.mjs";
import { makeButton } from "../../page/button.mjs";
import { Latest } from "../../page/latest.mjs";
import { named } from "../animals.mjs";
import { bars, guessOf } from "./bars.mjs";
import { ask, fill } from "./paint.mjs";
import { say } from "../../words/say.mjs";

const SIZE = 20;
const [INK, PAPER] = [20, 240];
/** Pixels from the pen's middle to where its ink ends. */
const PEN = 1.15;
/** Milliseconds after a stroke before it is looked at. */
const REST = 120;
/** Milliseconds without a stroke until what the network says is told. */
const SETTLE = 700;
const LARGEST_FILE = 25e6;
/** @type {Record<string, [x: number, y: number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class OwnView {
  node = make("section", { data: { part: "own" }, "aria-labelledby": "dog-stream-own" });
  #canvas = make("canvas", {
    ...{ width: SIZE, height: SIZE, className: "board", tabIndex: 0, role: "application" },
    "aria-label": say("Your picture, 20 by 20 pixels. Arrow keys move the pen, Space draws, Delete erases."),
  });
  #cursor = make("span", { className: "cursor", hidden: true });
  #result = make("div", { data: { part: "verdict" } });
  #notice = make("div", { data: { part: "own-notice" } });
  #why = makeButton(say("Why?"), "why", () => this.#explain(this.#pixels));
  #pixels = new Uint8Array(SIZE * SIZE).fill(PAPER);
  #at = [SIZE / 2, SIZE / 2];
  #look;
  #explain;
  #announce;
  /** The guess that was told last. */
  #told = "";
  #settling = 0;
  /** @type {[number, number] | undefined} */
  #pen;
  #latest = new Latest();
  #rest = 0;

  /**
   * @param {(pixels: Uint8Array) => Promise<number[] | undefined>} look  the network's probabilities; undefined where
   *   there is no network yet
   * @param {(pixels: Uint8Array) => void} explain @param {(text: string, kind?: string) => void} announce
   */
  constructor(look, explain, announce) {
    this.#announce = announce;
    this.#look = look;
    this.#explain = explain;

    this.#why.hidden = true;
    const board = make("div", { className: "easel" }, this.#canvas, this.#cursor);
    const clear = makeButton(say("Clear"), "clear", () => this.#set(new Uint8Array(SIZE * SIZE).fill(PAPER)));
    const file = makeButton(say("Choose an image file"), "file", () => ask("image/*", (file) => void this.take(file)));
    const bar = make("div", { data: { part: "bar" } }, clear, file, this.#why);
    this.node.append(
      make("h3", { id: "dog-stream-own" }, say("Your own picture")),
      make(
        "p",
        {},
        say(
          "Draw a dog, fill its shape, or drop an image file here. " +
            "Simple dark shapes on a light ground come closest to what the network knows.",
        ),
      ),
      make("div", { className: "desk" }, make("div", {}, board, bar), this.#result),
      this.#notice,
    );
    this.#listen();
    fill(this.#canvas, this.#pixels);
  }

  /** Looks again: the network is another. */
  again() {
    if (this.#result.hasChildNodes()) void this.#ask();
  }

  /** @param {File} file */
  async take(file) {
    this.#notice.replaceChildren();
    try {
      const sizes = { size: (file.size / 1e6).toFixed(0), most: LARGEST_FILE / 1e6 };
      if (file.size > LARGEST_FILE) throw new Error(say("it has {size} MB; {most} MB are the most", sizes));
      this.#set(await pixelsOf(file));
    } catch (error) {
      const why = /** @type {Error} */ (error).message;
      const words = say("{name} is not used: {why}. Your picture is as it was.", {
        ...{ name: file.name || say("This file"), why },
      });
      this.#notice.replaceChildren(make("p", {}, words));
      this.#announce(words);
    }
  }

  #listen() {
    const canvas = this.#canvas;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      this.#pen = this.#place(event);
      this.#stroke(this.#pen, this.#pen);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (this.#pen === undefined) return;
      for (const one of event.getCoalescedEvents?.() ?? [event]) {
        const to = this.#place(one);
        this.#stroke(this.#pen, to);
        this.#pen = to;
      }
    });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (this.#pen = undefined));
    canvas.addEventListener("keydown", (event) => this.#key(event));
    canvas.addEventListener("focus", () => this.#showCursor());
    canvas.addEventListener("blur", () => (this.#cursor.hidden = true));
    this.node.addEventListener("dragover", (event) => {
      event.preventDefault();
      this.node.classList.add("over");
    });
    this.node.addEventListener("dragleave", () => this.node.classList.remove("over"));
    this.node.addEventListener("drop", (event) => {
      event.preventDefault();
      this.node.classList.remove("over");
      const file = event.dataTransfer?.files[0];
      if (file) void this.take(file);
    });
  }

  /** @param {PointerEvent} event @returns {[number, number]} */
  #place(event) {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    return [((event.clientX - left) / width) * SIZE, ((event.clientY - top) / height) * SIZE];
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const arrow = ARROWS[event.key];
    if (arrow) this.#at = this.#at.map((place, i) => Math.min(SIZE - 1, Math.max(0, Math.floor(place) + arrow[i])));
    else if (event.key === " ") this.#dot(INK);
    else if (event.key === "Delete" || event.key === "Backspace") this.#dot(PAPER);
    else return;
    event.preventDefault();
    this.#showCursor();
  }

  /** @param {number} grey */
  #dot(grey) {
    const [x, y] = this.#at.map(Math.floor);
    this.#pixels[y * SIZE + x] = grey;
    this.#changed();
  }

  #showCursor() {
    const [x, y] = this.#at.map(Math.floor);
    this.#cursor.hidden = false;
    Object.assign(this.#cursor.style, { left: `${(100 * x) / SIZE}%`, top: `${(100 * y) / SIZE}%` });
    const what = say(this.#pixels[y * SIZE + x] < 128 ? "ink" : "paper");
    this.#announce(say("Row {row}, column {column}, {what}", { row: y + 1, column: x + 1, what }), "pen");
  }

  /** @param {[number, number]} from @param {[number, number]} to */
  #stroke(from, to) {
    const steps = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) * 3));
    for (let i = 0; i <= steps; i++)
      this.#blot(from[0] + ((to[0] - from[0]) * i) / steps, from[1] + ((to[1] - from[1]) * i) / steps);
    this.#changed();
  }

  /** @param {number} x @param {number} y */
  #blot(x, y) {
    for (let row = Math.max(0, Math.floor(y - 2)); row < Math.min(SIZE, y + 2); row++) {
      for (let column = Math.max(0, Math.floor(x - 2)); column < Math.min(SIZE, x + 2); column++) {
        const away = Math.hypot(column + 0.5 - x, row + 0.5 - y);
        const ink = Math.min(1, Math.max(0, PEN + 0.5 - away));
        const at = row * SIZE + column;
        this.#pixels[at] = Math.min(this.#pixels[at], Math.round(PAPER + ink * (INK - PAPER)));
      }
    }
  }

  /** @param {Uint8Array} pixels */
  #set(pixels) {
    this.#pixels = pixels.slice();
    this.#notice.replaceChildren();
    this.#changed();
  }

  #changed() {
    fill(this.#canvas, this.#pixels);
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#ask(), REST);
  }

  async #ask() {
    const isLatest = this.#latest.begin();
    const probabilities = await this.#look(this.#pixels);
    if (!isLatest()) return;
    this.#why.hidden = probabilities === undefined;
    if (probabilities === undefined) {
      const words = say("There is no network yet that could look at it. Press Train first.");
      this.#result.replaceChildren(make("p", {}, words));
      return this.#tell(words);
    }
    const guess = named(guessOf(probabilities));
    this.#result.replaceChildren(make("p", {}, `${say("It says:")} `, make("strong", {}, guess)), bars(probabilities));
    this.#tell(say("It says {guess}.", { guess }));
  }

  /** What is said of the picture is told when it is another, and not at each dot. @param {string} words */
  #tell(words) {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      if (words !== this.#told) this.#announce((this.#told = words), "guess");
    }, SETTLE);
  }
}

/** An image as the network takes it: in the middle of white paper, 20 pixels across, grey. @param {File} file */
async function pixelsOf(file) {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error(say("it is no image that your browser can read"));
  });
  const { width, height } = bitmap;
  const scale = SIZE / Math.max(width, height);
  const [resizeWidth, resizeHeight] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  const small = await createImageBitmap(bitmap, { resizeWidth, resizeHeight, resizeQuality: "high" });
  bitmap.close();
  const canvas = make("canvas", { width: SIZE, height: SIZE });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  pen.fillStyle = "white"; // what the network knows as paper
  pen.fillRect(0, 0, SIZE, SIZE);
  pen.drawImage(small, Math.floor((SIZE - resizeWidth) / 2), Math.floor((SIZE - resizeHeight) / 2));
  small.close();
  const { data } = pen.getImageData(0, 0, SIZE, SIZE);
  // Luma of Rec. 601: how bright a colour looks.
  return Uint8Array.from({ length: SIZE * SIZE }, (_, i) =>
    Math.round(0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2]),
  );
}
