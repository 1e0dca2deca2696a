/** Parameters in the code: finds lines `name = literal  # @param …`, reads and writes the literal. No page in here. */

/** @import { Parameter } from "../python/protocol.mjs" */

/**
 * A literal in the code: where it stands, how it is written, and what it means.
 * @typedef {{from: number, to: number, text: string, value: number | boolean | string}} Literal
 */

const NUMBER = String.raw`[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?`;
const STRING = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`;
const LINE = new RegExp(
  String.raw`^([\p{L}_][\p{L}\p{N}_]*)([ \t]*=[ \t]*)(${NUMBER}|${STRING}|True|False)[ \t]*#[ \t]*@param\b`,
  "gmu",
);

/** The literals behind `# @param`, by name. @param {string} source @returns {Map<string, Literal>} */
export function literals(source) {
  const found = new Map();
  for (const match of source.matchAll(LINE)) {
    const [, name, assignment, text] = match;
    if (/^["'](?:[^\\]|\\[^N])*\\N/.test(text)) continue; // \N{DOG}: characters by name are known to Python alone
    const from = match.index + name.length + assignment.length;
    found.set(name, { from, to: from + text.length, text, value: valueIn(text) });
  }
  return found;
}

/**
 * The source with another value for a parameter; undefined if the parameter is not there or cannot take the value.
 * @param {string} source @param {Parameter} parameter
 * @param {string | boolean} entered  as the control has it
 */
export function write(source, parameter, entered) {
  const old = literals(source).get(parameter.name);
  const text = old && literal(parameter, entered, old.text);
  return text === undefined || old === undefined ? undefined : source.slice(0, old.from) + text + source.slice(old.to);
}

/**
 * What was entered as a Python literal; undefined if it is none.
 * @param {Parameter} parameter @param {string | boolean} entered
 * @param {string} old  the literal that it replaces: a float stays a float, quotes stay as they are
 * @returns {string | undefined}
 */
export function literal(parameter, entered, old) {
  if (parameter.type === "boolean") return entered === true || entered === "True" ? "True" : "False";
  if (parameter.type === "dropdown") {
    const option = parameter.options?.find((option) => String(option) === entered || written(option) === entered);
    if (typeof option === "number") return number(String(option), parameter, old);
    return typeof option === "boolean" ? written(option) : option === undefined ? undefined : quoted(option, old);
  }
  return parameter.type === "string" ? quoted(String(entered), old) : number(String(entered), parameter, old);
}

/**
 * What a source sets, as literals by name, if it is another with its parameters at values that their controls have: no
 * code in it is anybody else's. Otherwise undefined.
 * @param {string} built @param {string} source @param {Parameter[]} parameters  of the built one
 * @returns {Record<string, string> | undefined}
 */
export function valuesOf(built, source, parameters) {
  const now = literals(source);
  const changed = parameters.filter(({ name }) => now.get(name)?.text !== literals(built).get(name)?.text);
  const values = Object.fromEntries(changed.map(({ name }) => [name, now.get(name)?.text ?? ""]));
  return withValues(built, values, parameters) === source ? values : undefined;
}

/**
 * The source with its parameters at those values; undefined if it has none of a name, or a control has no such value.
 * @param {string} built @param {Record<string, string>} values @param {Parameter[]} parameters
 */
export function withValues(built, values, parameters) {
  let made = built;
  for (const [name, text] of Object.entries(values)) {
    const parameter = parameters.find((one) => one.name === name);
    const [old, chosen] = [literals(made).get(name), literals(`${name} = ${text} # @param`).get(name)];
    if (!parameter || !old || chosen?.text !== text || !isInReach(parameter, old, chosen)) return undefined;
    made = made.slice(0, old.from) + text + made.slice(old.to);
  }
  return made;
}

/** Text that anybody can write is none. @param {Parameter} parameter @param {Literal} old @param {Literal} chosen */
function isInReach(parameter, old, { text, value }) {
  if (text === old.text) return true;
  if (parameter.type === "dropdown") return text === literal(parameter, String(value), old.text);
  if (parameter.type === "boolean") return typeof value === "boolean";
  const isWhole = parameter.type !== "integer" || /^[-+]?[\d_]+$/.test(text);
  const { min, max } = parameter;
  return typeof value === "number" && isWhole && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
}

/** @param {number | boolean | string} value  as Python writes it */
export const written = (value) => (value === true ? "True" : value === false ? "False" : String(value));

/** A number's smallest change. @param {Parameter} parameter */
export const stepOf = ({ step, type, min, max }) =>
  step ?? (type === "integer" ? 1 : min != null && max != null ? (max - min) / 100 : 0.1);

/** The nearest value that a parameter can take. @param {number} value @param {Parameter} parameter */
export function snap(value, parameter) {
  const step = stepOf(parameter);
  const [low, high] = [parameter.min ?? -Infinity, parameter.max ?? Infinity];
  const base = parameter.min ?? 0;
  const steps = Math.round((Math.min(Math.max(value, low), high) - base) / step);
  const most = Math.floor((high - base) / step + 1e-9);
  return Number((base + Math.min(steps, most) * step).toPrecision(12)); // 0.30000000000000004 is 0.3
}

/** @param {string} text @returns {number | boolean | string} */
function valueIn(text) {
  if (text === "True" || text === "False") return text === "True";
  return /^["']/.test(text) ? unquoted(text) : Number(text.replaceAll("_", ""));
}

/** @param {string} entered @param {Parameter} parameter @param {string} old */
function number(entered, parameter, old) {
  const match = /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(entered.trim());
  if (!match || !(match[2] || match[3]) || !Number.isFinite(Number(entered))) return undefined;
  const whole = Number(entered);
  if (parameter.type === "integer") return Number.isSafeInteger(whole) ? String(whole) : undefined;
  const sign = match[1] === "-" ? "-" : "";
  const digits = match[2].replace(/^0+(?=\d)/, "") || "0"; // 007 is no Python number
  if (match[4] !== undefined) return `${sign}${digits}${match[3] ? `.${match[3]}` : ""}e${match[4]}`;
  const decimals = Math.max(places(parameter.step), /[.eE]/.test(old) ? 1 : 0);
  const fraction = (match[3] ?? "").padEnd(decimals, "0");
  if (fraction === "") return whole === 0 ? "0" : sign + digits;
  return `${sign}${digits}.${fraction}`;
}

/** Decimals of a step: 1 for 0.1. @param {number | null | undefined} step */
function places(step) {
  if (!step || Number.isInteger(step)) return 0;
  const [mantissa, exponent = "0"] = String(step).split("e");
  return Math.max(0, (mantissa.split(".")[1] ?? "").length - Number(exponent));
}

/** @param {string} value @param {string} old */
function quoted(value, old) {
  const json = JSON.stringify(value); // its escapes are Python's too
  if (!old.startsWith("'") || value.includes("'")) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"')}'`;
}

/** @type {Record<string, string>} */
const ESCAPES = { n: "\n", t: "\t", r: "\r", "\\": "\\", "'": "'", '"': '"', a: "\x07", b: "\b", f: "\f", v: "\v" };

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|(.))/gs;

/** @param {string} text */
function unquoted(text) {
  return text.slice(1, -1).replace(ESCAPE, (whole, two, four, eight, octal, one) => {
    const hex = two ?? four ?? eight;
    if (hex !== undefined) return parseInt(hex, 16) <= 0x10ffff ? String.fromCodePoint(parseInt(hex, 16)) : whole;
    if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
    return ESCAPES[one] ?? whole;
  });
}
