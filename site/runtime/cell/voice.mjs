/**
 * What a reader's act on a cell came to, told once, when the page has settled: what that cell shows now, and how many
 * others follow. An error is told with its first line; results that merely follow are not told.
 */

import { announcer } from "../page/announcer.mjs";
import { media } from "../python/protocol.mjs";
import { isAtWork } from "../state/pages.mjs";
import { FOLLOWS, TIME_LIMIT, errorOf } from "../state/faults.mjs";
import { titled, words } from "./status.mjs";
import { counted, say } from "../words/say.mjs";

/** @import { Kernel } from "../state/kernel.mjs" */
/** @import { Cell } from "../state/pages.mjs" */
/** @import { ErrorOutput, Output } from "../python/protocol.mjs" */

/**
 * @typedef {object} Act
 * @property {Cell} cell
 * @property {string} opening  said first
 * @property {Map<Cell, number>} runs  of each cell of the page before
 * @property {string[]} lines  that the cell showed before
 * @property {number} begun
 * @property {number} ended  when the cell itself was done; 0 while it is not
 * @property {boolean} isTold  that it takes long
 */

/** Milliseconds between two looks, after which work is told, and for which a done cell waits for those that follow. */
const [LOOK, LONG, FOLLOWING] = [80, 1500, 1500];
/** Characters that are listened to. */
const MOST = 200;

export class Voice {
  #kernel;
  /** @type {Act | undefined} */
  #act;
  #timer = 0;

  /** @param {Kernel} kernel */
  constructor(kernel) {
    this.#kernel = kernel;
  }

  /**
   * The reader did something with a cell. More of it, such as the next step of a slider, is one act.
   * @param {Cell} cell
   * @param {{opening?: string, pause?: number}} [how]  what is said first, and the milliseconds without more of it that
   *   end it
   */
  follow(cell, { opening = "", pause = LOOK } = {}) {
    if (this.#act?.cell !== cell) {
      const runs = new Map([...this.#kernel.page(cell.page).cells.values()].map((one) => [one, one.runs]));
      this.#act = { cell, opening, runs, lines: linesOf(cell.outputs), begun: 0, ended: 0, isTold: false };
    }
    Object.assign(this.#act, { opening, begun: performance.now(), ended: 0 });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), pause);
  }

  /** Whether what was done is over; until then it looks again. */
  #look() {
    const act = this.#act;
    if (act === undefined) return;
    const { cell, begun } = act;
    const now = performance.now();
    const isBusy = isAtWork(cell);
    if (!isBusy) act.ended ||= now;
    if (isBusy && !act.isTold && now - begun > LONG) {
      act.isTold = true;
      announcer.say(words(cell, this.#kernel));
    }
    const others = [...act.runs.keys()].filter((one) => one !== cell && isAtWork(one));
    if (isBusy || (others.length > 0 && now - act.ended < FOLLOWING)) {
      this.#timer = setTimeout(() => this.#look(), LOOK);
      return;
    }
    this.#act = undefined;
    announcer.say([act.opening, result(act, this.#kernel)].filter(Boolean).join(" "));
  }
}

/** @param {Act} act @param {Kernel} kernel */
function result({ cell, runs, lines }, kernel) {
  if (kernel.isHeldUp(cell)) return `${say("Python could not be loaded.")} ${sentence(kernel.python.message)}`;
  const others = [...runs]
    .filter(([one, before]) => one !== cell && (one.runs > before || isAtWork(one)))
    .map(([one]) => one);
  const error = errorOf(cell.outputs);
  const hasRun = cell.runs > (runs.get(cell) ?? 0) || error !== undefined;
  if (cell.state === "stopped" && error?.name !== TIME_LIMIT) return say("Stopped.");
  if (error && cell.state !== "static") return `${errorWords(titled(error, kernel, cell.page))}${waiting(others)}`;
  if (!hasRun) return "";
  const faults = others.filter((one) => one.state === "error" && errorOf(one.outputs)?.name !== FOLLOWS);
  const follow = others.length === 0 ? "." : `; ${counted(others.length, "1 other follows", "{count} others follow")}.`;
  const [fault] = faults;
  const why = fault && errorOf(fault.outputs);
  const told = why && errorWords(titled(why, kernel, cell.page));
  const but = told ? ` ${say("An error in “{title}”: {error}", { title: fault.title, error: told })}` : "";
  return `${shortened(linesOf(cell.outputs), lines) || say("It ran, and shows nothing")}${follow}${but}`;
}

/** @param {Cell[]} others */
function waiting(others) {
  const count = others.filter(({ outputs }) => errorOf(outputs)?.name === FOLLOWS).length;
  return count === 0 ? "" : ` ${counted(count, "1 other waits for it.", "{count} others wait for it.")}`;
}

/** What an error is, where, and what to look at first. @param {ErrorOutput} error */
export function errorWords({ name, message, line, hint }) {
  if (name === FOLLOWS) return sentence(message);
  const what = sentence(`${name}${message ? `: ${message.split("\n")[0]}` : ""}`);
  const where = line === null ? "" : `${say("Line {line}", { line })}: `;
  return `${where}${cut(what, MOST)}${hint ? ` ${sentence(hint.split("\n")[0])}` : ""}`;
}

/** What outputs say in words, line by line. @param {Output[]} outputs */
function linesOf(outputs) {
  const texts = outputs.map((output) =>
    output.type === "stream" ? output.text : output.type === "error" ? "" : (output.data[media.text] ?? ""),
  );
  return texts
    .flatMap((text) => String(text).split("\n"))
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter(Boolean);
}

/** As much as is listened to: of more, what has changed. @param {string[]} lines @param {string[]} before */
function shortened(lines, before) {
  const isShort = lines.join(", ").length <= MOST;
  const changed = isShort ? lines : lines.filter((line) => !before.includes(line));
  const wanted = changed.length > 0 ? changed : lines;
  const told = [];
  let length = 0;
  for (const line of wanted) {
    if (told.length > 0 && length + line.length > MOST) break;
    told.push(cut(line, MOST));
    length += line.length + 2;
  }
  const rest = lines.length - told.length;
  const more = rest > 0 ? counted(rest, ", and 1 more line", ", and {count} more lines") : "";
  return `${told.join(", ").replace(/[.;,]$/, "")}${more}`;
}

/** @param {string} text @param {number} most */
const cut = (text, most) => (text.length <= most ? text : `${text.slice(0, most).replace(/\s+\S*$/, "")} …`);

/** @param {string} text */
const sentence = (text) => (/[.!?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);
