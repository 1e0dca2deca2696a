/**
 * What a chart may hold: `table.json` says it (`views.json`, of what is drawn), this holds a specification to it.
 * Whatever the table does not name is refused, in the page and at the build (`py/cells/build/figures.py`).
 */

import table from "./table.json" with { type: "json" };
import views from "./views.json" with { type: "json" };
import { wrongInExpression } from "./expressions.mjs";
import { say } from "../../words/say.mjs";

/** @typedef {{path: string, expected: string, got: string, advice: string}} Refusal */
/**
 * @typedef {string | any[] | Record<string, any>} Rule  a name in the table, a choice of rules, or what is asked of
 *   a value
 */

const RULES = /** @type {Record<string, Rule>} */ ({ ...table.rules, ...views });
const LIMITS = /** @type {Record<string, {most: number, what: string}>} */ (table.limits);
const ADVICE = /** @type {Record<string, string>} */ (table.advice);
const RESERVED = new Set(table.reserved);
/** A text in a row that is shorter needs no rule but that. */
const PLAIN = 100;

class Refused extends Error {
  /** @param {string[]} path @param {string} expected @param {unknown} value @param {string} [got] */
  constructor(path, expected, value, got = told(value)) {
    super(expected);
    this.path = path;
    this.expected = expected;
    this.got = got;
  }
}

/** Why a specification is not drawn; undefined if it is. @param {unknown} spec @returns {Refusal | undefined} */
export function refusal(spec) {
  try {
    new Check(spec).whole();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { path, expected, got } = error;
    const last = path.map((part) => part.slice(1)).findLast((part) => Object.hasOwn(ADVICE, part));
    return {
      path: ["spec", ...path].join(""),
      expected,
      got,
      advice: last === undefined ? "change it, or leave it out" : ADVICE[last],
    };
  }
  return undefined;
}

/** A refusal in one sentence. @param {Refusal} refusal */
export const inWords = ({ path, expected, got, advice }) =>
  say("This chart is not drawn. At {path}: expected {expected}, got {got}. What to do: {advice}.", {
    ...{ path, expected, got, advice },
  });

class Check {
  #spec;
  /** @type {Record<string, number>} */
  #counts = {};
  /** Names of `params`, which expressions may use. @type {Set<string>} */
  #named = new Set();

  /** @param {unknown} spec */
  constructor(spec) {
    this.#spec = spec;
  }

  whole() {
    this.#name(this.#spec, 0);
    this.#hold("chart", this.#spec, []);
    const { drawn, asked } = toDo(this.#spec, 0, 0, named(this.#spec, new Map()));
    this.#limit("drawn", drawn, []);
    this.#limit("asked", asked, []);
  }

  /** Collects the names of params, wherever they stand. @param {any} node @param {number} depth */
  #name(node, depth) {
    if (depth > LIMITS.depth.most || typeof node !== "object" || node === null) return;
    if (Array.isArray(node.params))
      for (const one of node.params) if (typeof one?.name === "string") this.#named.add(one.name);
    for (const key of ["layer", "hconcat", "vconcat", "concat"]) {
      if (Array.isArray(node[key])) for (const one of node[key].slice(0, LIMITS.views.most)) this.#name(one, depth + 1);
    }
  }

  /** @param {string} what @param {number} count @param {string[]} path */
  #limit(what, count, path) {
    const { most, what: words } = LIMITS[what];
    if (count > most) throw new Refused(path, `at most ${most} ${words}`, null, String(count));
  }

  /** @param {Rule} rule @param {any} value @param {string[]} path */
  #hold(rule, value, path) {
    if (path.length > LIMITS.depth.most)
      throw new Refused(path, `at most ${LIMITS.depth.most} ${LIMITS.depth.what}`, null, "more");
    const meant = typeof rule === "string" ? RULES[rule] : rule;
    if (Array.isArray(meant)) this.#either(meant, value, path);
    else this.#one(/** @type {Record<string, any>} */ (meant), value, path);
  }

  /** By those rules of a choice that fit its kind. @param {Rule[]} rules @param {any} value @param {string[]} path */
  #either(rules, value, path) {
    const kind = kindOf(value);
    const meant = rules.filter((rule) => kindsFor(rule).has(kind));
    if (meant.length === 0) throw new Refused(path, rules.map((rule) => expectedBy(rule)).join(", or "), value);
    if (meant.length === 1) return this.#hold(meant[0], value, path);
    /** @type {Refused[]} */
    const wrong = [];
    for (const rule of meant) {
      try {
        return this.#hold(rule, value, path);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.path.length > path.length) throw error; // something in it is wrong
        wrong.push(error);
      }
    }
    throw new Refused(path, wrong.map(({ expected }) => expected).join(", or "), value);
  }

  /** @param {Record<string, any>} rule @param {any} value @param {string[]} path */
  #one(rule, value, path) {
    const wrong = () => new Refused(path, saying(rule), value);
    if (!kindsFor(rule).has(kindOf(value))) throw wrong();
    switch (rule.is) {
      case "null":
      case "boolean":
        return;
      case "number":
        if (!Number.isFinite(value) || !(value >= (rule.from ?? -Infinity) && value <= (rule.to ?? Infinity)))
          throw wrong();
        return;
      case "one of":
        if (!rule.values.includes(value)) throw wrong();
        return;
      case "text":
      case "expression":
        return this.#text(rule, value, path);
      case "list":
        if (value.length > rule.most || value.length < (rule.least ?? 0)) throw wrong();
        for (const [i, one] of value.entries()) this.#hold(rule.of, one, [...path, `[${i}]`]);
        return;
      case "rows":
        return this.#rows(rule, value, path);
    }
    if (rule.counts) this.#limit(rule.counts, (this.#counts[rule.counts] = (this.#counts[rule.counts] ?? 0) + 1), path);
    if (rule.is === "table") return this.#table(rule, value, path);
    const may = allowed(rule);
    for (const [key, one] of Object.entries(value)) {
      if (!Object.hasOwn(may, key))
        throw new Refused([...path, step(key)], `one of ${Object.keys(may).join(", ")}`, key);
      this.#hold(may[key], one, [...path, step(key)]);
    }
    const lacking = (rule.must ?? []).find((/** @type {string} */ key) => !Object.hasOwn(value, key));
    if (lacking) throw new Refused(path, `${lacking} in it`, value);
  }

  /** @param {Record<string, any>} rule @param {string} text @param {string[]} path */
  #text(rule, text, path) {
    if (text.length > rule.most || (rule.fits && !patternOf(rule).test(text)))
      throw new Refused(path, saying(rule), text);
    if (RESERVED.has(text)) throw new Refused(path, "another word: JavaScript itself uses this one", text);
    if (rule.is !== "expression") return;
    const wrong = wrongInExpression(text, this.#named);
    if (wrong) throw new Refused(path, rule.say, text, wrong);
  }

  /** @param {Record<string, any>} rule @param {Record<string, any>} value @param {string[]} path */
  #table(rule, value, path) {
    const keys = Object.keys(value);
    if (keys.length > rule.most) throw new Refused(path, `at most ${rule.most} entries`, value);
    for (const key of keys) {
      this.#hold(rule.key, key, [...path, step(key)]);
      this.#hold(rule.of, value[key], [...path, step(key)]);
    }
  }

  /** Each column once. @param {Record<string, any>} rule @param {any[]} rows @param {string[]} path */
  #rows(rule, rows, path) {
    this.#limit("rows", (this.#counts.rows = (this.#counts.rows ?? 0) + rows.length), path);
    const known = new Set();
    rows.forEach((row, i) => {
      if (!isTable(row)) throw new Refused([...path, `[${i}]`], "a dictionary of plain values", row);
      for (const key of Object.keys(row)) {
        if (!known.has(key)) {
          this.#hold(rule.key, key, [...path, `[${i}]`, step(key)]);
          known.add(key);
          if (known.size > rule.columns) throw new Refused(path, `at most ${rule.columns} columns`, null, "more");
        }
        const value = row[key];
        const isShort = typeof value === "string" && value.length < PLAIN && !RESERVED.has(value);
        if (isShort || value === null || Number.isFinite(value)) continue;
        this.#hold(rule.value, value, [...path, `[${i}]`, step(key)]);
      }
    });
  }
}

const PARTS = ["layer", "hconcat", "vconcat", "concat"];
/** @param {any} view @returns {any[]} */
const partsOf = (view) => PARTS.flatMap((key) => view[key] ?? []);

/** How many rows each named table has, wherever it stands. @param {any} view @param {Map<string, number>} known */
function named(view, known) {
  for (const [name, rows] of Object.entries(view.datasets ?? {})) known.set(name, rows.length);
  const { name, values } = view.data ?? {};
  if (name !== undefined && values) known.set(name, Math.max(values.length, known.get(name) ?? 0));
  for (const part of partsOf(view)) named(part, known);
  return known;
}

/**
 * Rows that will be drawn, each counted as often as it is: by every view that has a mark, and by every column that it
 * is folded into. And what is asked of rows, each as often as it is asked.
 * @param {any} view @param {number} inherited
 * @param {number} questions  of the views around it
 * @param {Map<string, number>} tables @returns {{drawn: number, asked: number}}
 */
function toDo(view, inherited, questions, tables) {
  const { data, transform = [], encoding = {} } = view;
  let rows = data?.values?.length ?? tables.get(data?.name) ?? inherited;
  const all = { drawn: 0, asked: 0 };
  for (const one of transform) {
    all.asked += rows * questionsIn(one);
    rows *= Math.max(one.fold?.length ?? 0, 1);
  }
  questions += questionsIn(encoding);
  if (view.mark !== undefined) {
    all.drawn += rows;
    all.asked += rows * questions;
  }
  for (const part of partsOf(view)) {
    const { drawn, asked } = toDo(part, rows, questions, tables);
    all.drawn += drawn;
    all.asked += asked;
  }
  return all;
}

/** How long the expressions and tests are that stand in it. @param {any} node @returns {number} */
function questionsIn(node) {
  if (typeof node !== "object" || node === null) return 0;
  const sizes = Object.entries(node).map(([key, one]) =>
    /^(calculate|filter|test)$/.test(key) ? sizeOf(one) : questionsIn(one),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** @param {any} node @returns {number} */
function sizeOf(node) {
  if (typeof node === "string") return node.length;
  if (typeof node !== "object" || node === null) return 1;
  return Object.values(node).reduce((sum, one) => sum + sizeOf(one), 1);
}

/** What a rule comes to, worked out once. @template T @param {(rule: any) => T} work @returns {(rule: Rule) => T} */
function once(work) {
  /** @type {Map<Rule, T>} */
  const known = new Map();
  return (rule) => {
    if (!known.has(rule)) known.set(rule, work(rule));
    return /** @type {T} */ (known.get(rule));
  };
}

const patternOf = once(({ fits }) => new RegExp(fits, "u"));

/** What an object may hold, with what it may hold like others. @type {(rule: any) => Record<string, Rule>} */
const allowed = once(({ like = [], may }) =>
  Object.assign({}, ...like.map((/** @type {string} */ name) => allowed(RULES[name])), may),
);

/** @type {Record<string, string>} */
const KINDS = { text: "string", expression: "string", list: "list", rows: "list", object: "table", table: "table" };

/** Kinds of values that a rule may take. @type {(rule: Rule) => Set<string>} */
const kindsFor = once((rule) => {
  const meant = typeof rule === "string" ? RULES[rule] : rule;
  if (Array.isArray(meant)) return new Set(meant.flatMap((one) => [...kindsFor(one)]));
  return new Set(meant.is === "one of" ? meant.values.map(kindOf) : [KINDS[meant.is] ?? meant.is]);
});

/** @type {(rule: Rule) => string} */
const expectedBy = once((rule) => {
  const meant = typeof rule === "string" ? RULES[rule] : rule;
  return Array.isArray(meant) ? meant.map(expectedBy).join(", or ") : saying(meant);
});

/** @param {Record<string, any>} rule */
function saying(rule) {
  if (rule.say) return rule.say;
  if (rule.is === "one of")
    return `one of ${rule.values.map((/** @type {unknown} */ one) => JSON.stringify(one)).join(", ")}`;
  return rule.is === "number" ? `a number from ${rule.from} to ${rule.to}` : "a dictionary";
}

/** A step of a path: what reads as a name stands behind a dot. @param {string} key */
const step = (key) => (/^[$A-Za-z_][$\w]{0,40}$/.test(key) ? `.${key}` : `[${told(key)}]`);

/** @param {any} value  a plain dictionary, as JSON has them */
const isTable = (value) =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** @param {unknown} value */
const kindOf = (value) =>
  value === null ? "null" : Array.isArray(value) ? "list" : isTable(value) ? "table" : typeof value;

/** @param {unknown} value */
function told(value) {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return isTable(value) ? "a dictionary" : String(value);
}
