/**
 * A view of Vega that can do one thing: turn a specification into the text of an SVG. It is the second wall behind the
 * table (`rules.mjs`) and stands by itself: whatever the specification says, nothing is loaded, nothing is listened to,
 * nothing of the page is within reach of an expression, and there is no element that belongs to it.
 */

import { expressionInterpreter } from "vega-interpreter";
import { compile } from "vega-lite";
import config from "../chart-config.json" with { type: "json" };
import table from "./table.json" with { type: "json" };
import { parts } from "./vega-parts.mjs";

const { EventStream, parse, read, SVGStringRenderer, transforms, View } = parts;

/** What Vega-Lite itself writes into charts, beside what the table lists for their authors. */
const FUNCTIONS = new Set([
  ...table.functions,
  ...(
    "bandspace bandwidth domain flush format gradient isArray isDate join lerp range " +
    "scale sequence span timeFormat toDate"
  ).split(" "),
]);
/** What Vega's own titles and legends ask of the things they belong to. */
const OF_ITEMS = new Set(
  (
    "_anchor align anchor angle baseline bounds color datum group height items length limit mark orient padding text " +
    "title width x y"
  ).split(" "),
);
const RESERVED = new Set(table.reserved);
/** What would bring something into the page, or the page into it. */
const WITHOUT = "bind on url async usermeta projections events href cursor bindings streams".split(" ");
/** Items of a sequence, characters of a text, of all texts that expressions make for a picture, and of the picture. */
const [MOST_ITEMS, MOST_TEXT, MOST_TEXTS, MOST_SVG] = [10_000, 20_000, 4_000_000, 8_000_000];
/** Ways to look: Vega makes a dataflow for each bar with a name and each line, with three of them in it. */
const MOST_LOOKS = 6_000;
/** Looks of the parts of axes and legends (two for each), and cells of a stack: each series at each place. */
const [MOST_PARTS, MOST_CELLS] = [20_000, 200_000];
/** Between numbers that are nearer to each other Vega would look for the width of a bin for ever: it comes to 0. */
const NARROWEST_BIN = 1e-300;

/** Nothing comes from elsewhere: a loader of Vega's that has no address to give. */
const nothing = () => Promise.reject(new Error("a chart loads nothing"));
const loader = Object.freeze({ load: nothing, sanitize: nothing, http: nothing, file: nothing });

/** Vega's functions, but one that could take for ever. @param {Record<string, any>} functions  of a context */
function cut(functions) {
  /** @type {Record<string, any>} */
  const kept = Object.create(null);
  for (const name of FUNCTIONS) if (typeof functions[name] === "function") kept[name] = functions[name];
  kept.context = functions.context; // by which `scale` finds its scale
  kept.sequence = (/** @type {number} */ start, /** @type {number} */ stop, /** @type {number} */ step = 1) => {
    if (!(Math.abs((stop - start) / step) <= MOST_ITEMS))
      throw new Error(`a sequence of more than ${MOST_ITEMS} items`);
    return functions.sequence(start, stop, step);
  };
  return kept;
}

/** Holds an expression to the row and to what the chart itself computes. @param {any} node */
function check(node) {
  if (Array.isArray(node)) return node.forEach(check);
  if (typeof node !== "object" || node === null) return;
  const { type, callee, name, value } = node;
  if (type === "Literal" && value instanceof RegExp) throw new Error("a regular expression");
  if (type === "Identifier" && (name === "event" || name === "item" || RESERVED.has(name)))
    throw new Error(`the name ${name}`);
  if (type === "CallExpression") {
    if (!FUNCTIONS.has(String(callee?.name).replace(/^_/, ""))) throw new Error(`the function ${callee?.name}`);
    return check(node.arguments);
  }
  if (type === "MemberExpression") return checkMember(node);
  for (const part of Object.values(node)) check(part);
}

/** @param {any} node  `datum["column"]`, for instance */
function checkMember(node) {
  /** @type {string[]} */
  const names = [];
  while (node.type === "MemberExpression") {
    const { computed, property } = node;
    if (property.type !== (computed ? "Literal" : "Identifier")) throw new Error("a member that is computed");
    names.push(String(computed ? property.value : property.name));
    node = node.object;
  }
  const isItem = node.type === "Identifier" && node.name === "item";
  const wrong = names.find((name) => RESERVED.has(name) || (isItem && !OF_ITEMS.has(name)));
  if (wrong !== undefined) throw new Error(`the member ${wrong}`);
  if (!isItem) check(node);
}

const plain = /** @type {any} */ (expressionInterpreter);

/** Vega's own interpreter, behind the checks. What answers to events is never called: there are none. */
class Interpreter {
  #texts = 0;
  #parts = 0;
  #looks = 0;

  /** Another drawing begins. */
  begin() {
    this.#texts = this.#parts = this.#looks = 0;
  }

  /** Of an expression: no text that grows for ever, nor names what all objects are made of. @param {any} value */
  #held(value) {
    if (typeof value !== "string") return value;
    if (value.length > MOST_TEXT || RESERVED.has(value)) throw new Error("a text that is not allowed");
    if ((this.#texts += value.length) > MOST_TEXTS) throw new Error(`texts of more than ${MOST_TEXTS} characters`);
    return value;
  }

  /** @param {any} context @param {any} expression */
  operator(context, expression) {
    check(expression.ast);
    const evaluate = plain.operator({ functions: cut(context.functions) }, expression);
    return (/** @type {any} */ _) => this.#held(evaluate(_));
  }

  /** Of a row: one plain value, and no list. @param {any} context @param {any} expression */
  parameter(context, expression) {
    check(expression.ast);
    const evaluate = plain.parameter({ functions: cut(context.functions) }, expression);
    return (/** @type {any} */ datum, /** @type {any} */ _) => {
      const value = this.#held(evaluate(datum, _));
      if (typeof value === "object" && value !== null && !(value instanceof Date))
        throw new Error("a value that is not plain");
      return value;
    };
  }

  /** @param {any} context @param {any} encode */
  encode(context, encode) {
    if (++this.#looks > MOST_LOOKS) throw new Error(`more than ${MOST_LOOKS / 3} series`);
    for (const channel of Object.values(encode.channels)) check(/** @type {any} */ (channel).ast);
    const draw = plain.encode({ functions: cut(context.functions) }, encode);
    return (/** @type {any} */ item, /** @type {any} */ _) => {
      const isGuide = /^(?:axis|legend)/.test(item.mark.role ?? "");
      if (isGuide && ++this.#parts > MOST_PARTS)
        throw new Error(`axes and legends of more than ${MOST_PARTS / 2} parts`);
      return draw(item, _);
    };
  }

  event = () => () => false;
  handler = () => () => undefined;
}

/** What Vega-Lite has filled in for a stack, which is each series at each place, so that a few rows come to many. */
const { transform: fillIn } = transforms.impute.prototype;
/** @param {any} _ @param {any} pulse */
transforms.impute.prototype.transform = function (_, pulse) {
  const [series, places] = [new Set(), new Set()];
  pulse.visit(pulse.SOURCE, (/** @type {any} */ row) => {
    series.add(String((_.groupby ?? []).map((/** @type {any} */ column) => column(row))));
    places.add(_.key(row));
  });
  if (series.size * places.size > MOST_CELLS) throw new Error(`a stack of more than ${MOST_CELLS} cells`);
  return fillIn.call(this, _, pulse);
};

/** Takes out of Vega's specification what would listen, load or lead away. @param {any} node @returns {any} */
function bare(node) {
  if (Array.isArray(node)) return node.map(bare);
  if (typeof node !== "object" || node === null) return node;
  const kept = Object.entries(node).filter(([key]) => !WITHOUT.includes(key) && !RESERVED.has(key));
  if (node.type === "bin") kept.push(["minstep", NARROWEST_BIN]);
  return Object.fromEntries(kept.map(([key, part]) => [key, bare(part)]));
}

class Silent extends View {
  /** Whatever is to be listened to: nothing ever comes. */
  events() {
    return new EventStream();
  }

  timer() {}

  /** There is no element for a control, and none for the chart. */
  initialize() {
    return this;
  }
}

class Text extends SVGStringRenderer {
  /** Nothing leads away. */
  href() {
    return null;
  }

  /** @param {any} scene @param {any} item @param {any} attributes @param {string | null} tag */
  attr(scene, item, attributes, tag) {
    const object = super.attr(scene, item, attributes, tag);
    if (tag && !tag.startsWith("bg") && item?.tooltip != null) object.title = tip(item.tooltip);
    return object;
  }
}

/** What the pointer is told on a mark. @param {any} value */
function tip(value) {
  if (typeof value !== "object" || value instanceof Date) return String(value);
  return Object.entries(value)
    .map(([name, one]) => `${name}: ${one}`)
    .join("\n");
}

/** One chart: compiled once, drawn again whenever its data are others. */
export class Picture {
  /** @type {any} */
  #view;
  #interpreter = new Interpreter();
  /** Of all data that it draws, how the columns are read. @type {Map<string, Record<string, string> | undefined>} */
  #columns = new Map();
  #failure = "";

  /** @param {Record<string, any>} spec  Vega-Lite; the data in it are named and come by `draw` */
  constructor(spec) {
    const whole = { ...spec };
    // as at the build: the style sheet scales it
    if (whole.width === "container") whole.width = config.view.continuousWidth;
    const note = (/** @type {any[]} */ ...told) => {
      this.#failure ||= told.map(String).join(" ");
      return logger;
    };
    const silence = () => logger;
    const logger = /** @type {any} */ ({ level: silence, error: note, warn: silence, info: silence, debug: silence });
    const compiled = bare(compile(/** @type {any} */ (whole), { config: /** @type {any} */ (config), logger }).spec);
    for (const { name, format } of compiled.data ?? []) this.#columns.set(name, format?.parse);
    const options = /** @type {any} */ ({ expr: this.#interpreter, hover: false, loader, logger, renderer: "none" });
    this.#view = new /** @type {any} */ (Silent)(parse(compiled, undefined, { ast: true }), options);
  }

  /** @param {Map<string, any[]>} data  by name @returns {Promise<string>} the picture as SVG */
  async draw(data) {
    for (const [name, rows] of data) {
      if (!this.#columns.has(name)) continue; // nothing is drawn of it
      const parse = this.#columns.get(name);
      const own = structuredClone(rows); // Vega writes on what it is given
      this.#view.data(name, parse ? read(own, { type: "json", parse }) : own);
    }
    this.#interpreter.begin();
    await this.#view.runAsync();
    if (this.#failure) throw new Error(this.#failure);
    const svg = this.#written();
    if (svg.length > MOST_SVG) throw new Error(`a picture of more than ${MOST_SVG} characters`);
    return svg;
  }

  /** As the view's own `toSVG` does; but that has another renderer, which Vega's bundle holds apart. */
  #written() {
    const { _viewWidth: width, _viewHeight: height } = this.#view;
    const { left, right, top, bottom } = this.#view.padding();
    const [x, y] = this.#view.origin();
    const text = new /** @type {any} */ (Text)(loader);
    const [across, down] = [width + left + right, height + top + bottom].map((size) => Math.max(0, size));
    text.initialize(null, across, down, [left + x, top + y], 1);
    return String(text.background(this.#view.background()).render(this.#view.scenegraph().root).svg());
  }

  dispose() {
    this.#view.finalize();
  }
}
