/**
 * The code of a cell: the built, highlighted `<pre>`, which can be typed into at once, and in its place, as soon as it
 * has come, the editor. What is typed meanwhile is taken over, and the caret stays where it was.
 */

import { makeEditable } from "../page/at-first.mjs";
import { isRun, worksInText } from "../page/keys.mjs";
import { lineIn, placeBand, rangeIn, showBands } from "./bands.mjs";
import { Latest } from "../page/latest.mjs";
import { make } from "../page/make.mjs";
import { once } from "../page/once.mjs";
import { urls } from "../config.mjs";
import { ends } from "./difference.mjs";
import { Folds } from "./folds.mjs";
import { literals } from "../state/parameters.mjs";

/** @import { Editor, Mark } from "./editor/editor.mjs" */

/**
 * @typedef {object} Owner
 * @property {string} label  the accessible name
 * @property {(source: string) => void} edited
 * @property {() => void} run
 * @property {() => {name: string, cell: string}[]} names  that the page defines
 * @property {(name: string, by: 1 | -1) => void} step  a number that has a control, by key
 */

/** What is behind `np.` and the like; an editor without it is still one. */
const completions = once(
  /** @returns {Promise<Record<string, string[][]>>} */
  () =>
    fetch(urls.completions)
      .then((response) => response.json())
      .catch(() => ({})),
);

export class Code {
  #part;
  #folds;
  #pre;
  #text;
  #owner;
  /** What the built text has after the source: a line's end. */
  #tail;
  #source;
  /** @type {Editor | undefined} */
  #editor;
  /** @type {Mark | undefined} */
  #mark;
  #band = make("span", { hidden: true, data: { part: "mark" } });
  /** Lines that are pointed at. @type {number[]} */
  #pointed = [];
  #sizes = new ResizeObserver(() => this.#place());
  /** @type {Promise<Editor | undefined> | undefined} */
  #opening;
  #latest = new Latest();
  #byPointer = false;
  /** @type {Promise<void> | undefined} a composed character is on its way */
  #composition;

  /** @param {HTMLElement} part  `[data-part="code"]` @param {string} source  as it was built @param {Owner} owner */
  constructor(part, source, owner) {
    this.#part = part;
    this.#folds = new Folds(part, (isFolded) => {
      this.#editor?.fold(isFolded);
      this.#place();
    });
    this.#pre = /** @type {HTMLElement} */ (part.querySelector("pre"));
    this.#text = /** @type {HTMLElement} */ (part.querySelector("pre code"));
    this.#owner = owner;
    this.#tail = source.endsWith("\n") ? "" : "\n"; // as Pygments ends it
    this.#source = this.#written;
    if (this.#source !== source) this.#folds.fold(false); // somebody worked in it before: it is seen
    this.#pre.append(this.#band);
    this.#sizes.observe(part);
    this.#makeEditable();
  }

  /** As it stands in the listing; when that is made, what the reader has typed may stand there already. */
  get source() {
    return this.#source;
  }

  /** @param {string} source */
  show(source) {
    if (source === this.#source) return;
    if (this.#editor) this.#editor.show(source);
    else splice(this.#text, this.#source, source);
    this.#source = source;
    this.#place();
  }

  /** Marks the line of an error. @param {Mark | undefined} mark */
  mark(mark) {
    if (mark?.line === this.#mark?.line && mark?.message === this.#mark?.message) return;
    this.#mark = mark;
    this.#editor?.mark(mark);
    this.#place();
    if (mark && !this.#editor && this.#band.hidden) this.#folds.fold(false); // or nobody sees it
  }

  /** Bands over these lines, from 1 on. @param {number[]} lines */
  point(lines) {
    if (lines.length === 0 && this.#pointed.length === 0) return;
    this.#pointed = lines;
    if (lines.length === 0) showBands(this.#part, lines, () => undefined); // the last of them go
    this.#place();
  }

  /** Bands lie where their lines are now. */
  #place() {
    if (this.#pointed.length === 0 && this.#mark === undefined && this.#band.hidden) return;
    const place = (/** @type {number} */ line) =>
      this.#editor ? this.#editor.place(line, this.#part) : lineIn(this.#text, line, this.#part);
    showBands(this.#part, this.#pointed, place);
    placeBand(this.#band, this.#mark && !this.#editor ? lineIn(this.#text, this.#mark.line, this.#part) : undefined);
  }

  /** The number of a parameter, to be typed over. @param {string} name */
  async pick(name) {
    this.#byPointer = true;
    const literal = literals(this.#source).get(name);
    this.#text.focus();
    const range = literal && !this.#editor && rangeIn(this.#text, literal.from, literal.to);
    if (range) {
      document.getSelection()?.removeAllRanges();
      document.getSelection()?.addRange(range); // typed over before the editor has come
    }
    const editor = await this.#open();
    if (literal && literals(this.#source).get(name)?.text === literal.text) editor?.select(literal.from, literal.to);
  }

  /** The caret to a line. @param {number} line */
  async goTo(line) {
    this.#byPointer = true;
    this.#folds.fold(false);
    this.#text.focus();
    (await this.#open())?.goTo(line);
  }

  /** The text again in the place of the editor, which comes back when it is needed. */
  close() {
    this.#latest.begin(); // an editor that is on its way is not wanted
    this.#opening = undefined;
    this.#byPointer = false;
    if (this.#editor === undefined) return;
    splice(this.#text, this.#text.textContent ?? "", this.#source + this.#tail);
    this.#editor.dom.remove();
    this.#editor.destroy();
    this.#editor = undefined;
    this.#pre.hidden = false;
  }

  #makeEditable() {
    const text = this.#text;
    makeEditable(text, this.#owner.label);
    text.addEventListener("pointerdown", () => (this.#byPointer = true));
    text.addEventListener("focus", () => this.#open());
    text.addEventListener("keydown", (event) => this.#key(event));
    text.addEventListener("input", () => this.#typed());
    text.addEventListener("compositionstart", () => {
      this.#folds.fold(false);
      this.#composition = new Promise((resolve) =>
        text.addEventListener("compositionend", () => resolve(), { once: true }),
      );
    });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (worksInText(event)) this.#folds.fold(false);
    if (!isRun(event)) return;
    event.preventDefault();
    this.#owner.run();
  }

  #typed() {
    this.#byPointer = true; // whoever types has arrived: Tab may indent
    this.#source = this.#written;
    this.#unfoldAtCaret();
    this.#owner.edited(this.#source);
  }

  /** Who has gone into lines that are folded away sees them; whoever comes by Tab has the caret before all of them. */
  #unfoldAtCaret() {
    const { head } = this.#selection();
    if (head > 0 && this.#folds.ranges.some(({ from, to }) => head >= from && head <= to)) this.#folds.fold(false);
  }

  /** What the listing says. */
  get #written() {
    const text = this.#text.textContent ?? "";
    return this.#tail && text.endsWith(this.#tail) ? text.slice(0, -this.#tail.length) : text;
  }

  #open() {
    return (this.#opening ??= this.#load());
  }

  async #load() {
    const isLatest = this.#latest.begin();
    try {
      /** @type {typeof import("./editor/editor.mjs")} */
      const { createEditor } = await import(urls.editor);
      await this.#composition;
      if (!isLatest()) return undefined;
      const hadFocus = document.activeElement === this.#text;
      this.#unfoldAtCaret();
      const selection = this.#selection();
      const scroll = this.#text.scrollLeft;
      const editor = createEditor({
        ...this.#owner,
        source: this.#source,
        selection,
        completions,
        folds: this.#folds.ranges,
        isFolded: this.#folds.isFolded,
        unfold: () => this.#folds.fold(false),
        moved: () => requestAnimationFrame(() => this.#place()),
        isPassedThrough: !this.#byPointer,
        edited: (source) => {
          this.#source = source;
          this.#owner.edited(source);
        },
      });
      this.#pre.hidden = true;
      this.#pre.after(editor.dom);
      editor.mark(this.#mark);
      editor.scroll(scroll);
      if (hadFocus) editor.focus();
      this.#editor = editor;
      this.#place();
      return editor;
    } catch (error) {
      console.warn("The editor could not be loaded; the plain text can still be changed.", error);
      if (isLatest()) this.#opening = undefined; // the next focus tries again
      return undefined;
    }
  }

  /** The caret, in characters from the start. */
  #selection() {
    const selection = document.getSelection();
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection ?? {};
    /** @param {Node | null | undefined} node @param {number | undefined} offset */
    const position = (node, offset) => {
      if (!node || !this.#text.contains(node)) return 0;
      const range = document.createRange();
      range.selectNodeContents(this.#text);
      range.setEnd(node, offset ?? 0);
      return Math.min(range.toString().length, this.#source.length);
    };
    return { anchor: position(anchorNode, anchorOffset), head: position(focusNode, focusOffset) };
  }
}

/**
 * Changes what differs in a highlighted text and leaves the rest, with its colours, as it is.
 * @param {HTMLElement} element @param {string} before @param {string} after
 */
export function splice(element, before, after) {
  const { start, end } = ends(before, after);
  replace(element, start, before.length - end, after.slice(start, after.length - end));
}

/** @param {HTMLElement} element @param {number} from @param {number} to @param {string} text */
function replace(element, from, to, text) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let offset = 0;
  let isPlaced = false;
  for (let node = walker.nextNode(), next; node; node = next) {
    next = walker.nextNode(); // a token may lose its colour, and with that its element
    const value = /** @type {Text} */ (node);
    const { length } = value.data;
    const [start, end] = [Math.max(from - offset, 0), Math.min(to - offset, length)];
    const isTouched = from === to ? start === end && !isPlaced && offset + length >= from : end > start;
    if (isTouched) {
      put(value, value.data.slice(0, start) + (isPlaced ? "" : text) + value.data.slice(end));
      isPlaced = true;
    }
    offset += length;
    if (offset >= to && isPlaced) return;
  }
  if (!isPlaced) element.append(text);
}

/** What a token of a kind looks like, by the beginning of its class. @type {[RegExp, RegExp][]} */
const KINDS = [
  [/^m/, /^[\d._eE]*$/],
  [/^s/, /^(["'])(?!.*\1.)[^\n]*\1$/],
  [/^c/, /^#[^\n]*$/],
];

/**
 * Another text in a token's place, in its colour only if it may be such a token.
 * @param {Text} node @param {string} data
 */
function put(node, data) {
  const token = /** @type {HTMLElement} */ (node.parentElement);
  const isAlike = KINDS.some(([name, form]) => name.test(token.className) && form.test(data));
  node.data = data;
  if (token.matches("span[class]") && !isAlike) token.replaceWith(node);
}
