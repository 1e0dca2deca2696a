/** What a value from where readers' code runs may be, and in words where it is something else. No page in here. */

import { say } from "../words/say.mjs";

/**
 * What is wrong with a value; "" if nothing is. `of` is for types alone: what a value is that has nothing wrong.
 * @template [T=any] @typedef {((value: any, path: string) => string) & {of?: T}} Shape
 */
/** @template {Shape} S @typedef {S extends Shape<infer T> ? T : never} Of */

/** @param {any} value */
const told = (value) => {
  if (typeof value === "string") return say("the text {text}", { text: JSON.stringify(value.slice(0, 30)) });
  if (Array.isArray(value)) return say("a list of {most}", { most: value.length });
  if (value === null || value === undefined) return say("nothing");
  return typeof value === "object" ? say("a dictionary") : String(value);
};

/**
 * @param {() => string} what  asked when it is told: this may be loaded before the words of the page's language
 * @param {(value: any) => boolean} is @returns {Shape}
 */
export const must = (what, is) => (value, path) =>
  is(value) ? "" : say("{path} should be {what}, got {got}", { path, what: what(), got: told(value) });

/** @type {Shape<number>} */
export const number = must(() => say("a finite number"), Number.isFinite);
/** @type {Shape<number>} */
export const share = must(
  () => say("a number from 0 to 1"),
  (value) => Number.isFinite(value) && value >= 0 && value <= 1 + 1e-9,
);
/** @type {Shape<boolean>} */
export const truth = must(
  () => say("True or False"),
  (value) => typeof value === "boolean",
);
/** @param {number} [most] @returns {Shape<number>} */
export const whole = (most = 1e12) =>
  must(
    () => say("a whole number from 0 to {most}", { most }),
    (value) => Number.isInteger(value) && value >= 0 && value <= most,
  );
/** @param {number} [most] @returns {Shape<string>} */
export const words = (most = 200) =>
  must(
    () => say("a text of at most {most} characters", { most }),
    (value) => typeof value === "string" && value.length <= most,
  );
/** As long as one may be between page and worker. */
export const text = words(250_000);
/** @param {readonly string[]} known @returns {Shape<string>} */
export const oneOf = (known) =>
  must(
    () => say("one of {kinds}", { kinds: known.join(", ") }),
    (value) => known.includes(value),
  );
/** Python's `bytes`, as they come. @param {number} [most] @returns {Shape<string>} */
export const bytes = (most = 4e6) => {
  const isPacked = (/** @type {any} */ value) =>
    typeof value === "string" && value.length <= 1.4 * most && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
  return must(() => say("bytes, {most} at most", { most }), isPacked);
};
/** @template T @param {Shape<T>} shape @returns {Shape<T | null>} */
export const orNothing = (shape) => (value, path) => (value === null || value === undefined ? "" : shape(value, path));

/** @template T @param {Shape<T>} shape @param {number} [most] @param {number} [least] @returns {Shape<T[]>} */
export function list(shape, most = 10_000, least = 0) {
  const one = must(
    () => (most === least ? say("a list of {most}", { most }) : say("a list of {least} to {most}", { least, most })),
    (value) => Array.isArray(value) && value.length <= most && value.length >= least,
  );
  return (value, path) => one(value, path) || firstWrong(value, (part, i) => shape(part, `${path}[${i}]`));
}

/**
 * A list of so many things, each of its own shape.
 * @template {any[]} T @param {{[I in keyof T]: Shape<T[I]>}} shapes @returns {Shape<T>}
 */
export function tuple(...shapes) {
  const one = must(
    () => say("a list of {most}", { most: shapes.length }),
    (value) => Array.isArray(value) && value.length === shapes.length,
  );
  return (value, path) => one(value, path) || firstWrong(shapes, (shape, i) => shape(value[i], `${path}[${i}]`));
}

export const dictionary = must(
  () => say("a dictionary"),
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);

/**
 * A dictionary; nobody looks at what else is in it.
 * @template {Record<string, any>} T @param {{[K in keyof T]: Shape<T[K]>}} shapes @returns {Shape<T>}
 */
export function table(shapes) {
  const entries = Object.entries(shapes);
  return (value, path) =>
    dictionary(value, path) || firstWrong(entries, ([name, shape]) => shape(value[name], `${path}.${name}`));
}

/** A dictionary of things of one shape, whatever their names. @param {Shape} shape @returns {Shape} */
export const tableOf = (shape) => (value, path) =>
  dictionary(value, path) ||
  firstWrong(Object.values(value), (part) => shape(part, say("an entry of {path}", { path })));

/** Plain values within each other, so many and so deep at most. @param {number} parts @param {number} depth */
export function plain(parts, depth) {
  /** @param {any} value @param {{left: number}} room @param {number} deep @returns {boolean} */
  const isPlain = (value, room, deep) =>
    --room.left >= 0 &&
    deep <= depth &&
    (typeof value !== "object" ||
      value === null ||
      Object.values(value).every((part) => isPlain(part, room, deep + 1)));
  return must(
    () => say("a plain value"),
    (value) => isPlain(value, { left: parts }, 0),
  );
}

/**
 * A message of one of several types, each of its own shape.
 * @param {Record<string, Shape>} known @returns {(message: any) => any} throws what is wrong with it
 */
export const oneKindOf = (known) => (message) => {
  if (dictionary(message, "") || !Object.hasOwn(known, message.type)) {
    const got = JSON.stringify(message)?.slice(0, 80);
    throw new TypeError(say("unknown message {got}; known: {known}", { got, known: Object.keys(known).join(", ") }));
  }
  const wrong = known[message.type](message, message.type);
  if (wrong) throw new TypeError(wrong);
  return message;
};

/** @template T @param {T[]} parts @param {(part: T, i: number) => string} check */
function firstWrong(parts, check) {
  for (let i = 0; i < parts.length; i++) {
    const wrong = check(parts[i], i);
    if (wrong) return wrong;
  }
  return "";
}
