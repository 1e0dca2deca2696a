/** Literals behind `# @param`: found, understood as Python does, and written so that nothing else changes. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { literal, literals, snap, valuesOf, withValues, write } from "../../../site/runtime/state/parameters.mjs";

/** @param {string} type @param {object} [more] */
const parameter = (type, more = {}) => /** @type {any} */ ({ name: "x", type, value: 0, ...more });

/** @type {[string, unknown][]} */
const UNDERSTOOD = [
  ["2.0", 2],
  ["-1_000", -1000],
  [".5", 0.5],
  ["1e-3", 0.001],
  ["True", true],
  ["False", false],
  ['"dog"', "dog"],
  ["'it\\'s'", "it's"],
  ['"\\u00e9\\x41\\101\\n"', "éAA\n"],
];
for (const [text, value] of UNDERSTOOD) {
  test(`${text} is understood`, () => {
    const source = `y = 1\nx = ${text}  # @param {}\nprint(x)`;
    const found = literals(source).get("x");
    assert.equal(found?.value, value);
    assert.equal(source.slice(found?.from, found?.to), text);
  });
}

for (const line of [
  "x = y  # @param {}",
  "  x = 1  # @param {}",
  "x = 1  # param",
  "x == 1  # @param {}",
  'x = "\\N{DOG}"  # @param {}',
  "x = 1 + 1  # @param {}",
]) {
  test(`${line} is no literal of a parameter`, () => assert.equal(literals(line).size, 0));
}

/** @type {[any, string | boolean, string, string | undefined][]} */
const WRITTEN = [
  [parameter("slider", { step: 0.1 }), "3", "2.0", "3.0"],
  [parameter("slider", { step: 1 }), "3", "2", "3"],
  [parameter("slider", { step: 1 }), "3", "2.0", "3.0"],
  [parameter("slider", { step: 1e-3 }), "0.5", "0.1", "0.500"],
  [parameter("number"), "-0", "1", "0"],
  [parameter("number"), "-0.0", "1.0", "-0.0"],
  [parameter("number"), "007", "1", "7"],
  [parameter("number"), "1e-5", "1.0", "1e-5"],
  [parameter("number"), "", "1", undefined],
  [parameter("number"), "1e999", "1", undefined],
  [parameter("number"), "0x10", "1", undefined],
  [parameter("integer"), "2.5", "1", undefined],
  [parameter("integer"), "12", "1", "12"],
  [parameter("boolean"), true, "False", "True"],
  [parameter("string"), 'a "dog"', "'cat'", "'a \"dog\"'"],
  [parameter("string"), "it's", "'cat'", '"it\'s"'],
  [parameter("string"), "a\nb", '"cat"', '"a\\nb"'],
  [parameter("dropdown", { options: ["duck", "dog"] }), "dog", '"duck"', '"dog"'],
  [parameter("dropdown", { options: ["duck", "dog"] }), "cat", '"duck"', undefined],
  [parameter("dropdown", { options: [1, 2] }), "2", "1", "2"],
  [parameter("dropdown", { options: [true, false] }), "False", "True", "False"],
];
for (const [one, entered, old, expected] of WRITTEN) {
  const told = expected ?? "refused";
  test(`${JSON.stringify(entered)} as ${one.type} in place of ${old} is ${told}`, () =>
    assert.equal(literal(one, entered, old), expected));
}

test("writing changes the literal alone, wherever the name stands besides", () => {
  const source = 'y = x = 1\nx = 1.0  # @param {type:"number"}  x = 1.0\nprint("x = 1.0")';
  assert.equal(write(source, parameter("number"), "2.5"), source.replace("\nx = 1.0", "\nx = 2.5"));
});

test("a parameter that the code no longer has cannot be written", () =>
  assert.equal(write("print(1)", parameter("number"), "1"), undefined));

test("what is written is understood as what was entered", () => {
  for (const entered of ["0", "-3", "2.25", ".5", "6.02e23", "-1e-7"]) {
    const source = /** @type {string} */ (write("x = 1.0  # @param {}", parameter("number"), entered));
    assert.equal(literals(source).get("x")?.value, Number(entered));
  }
});

/** @type {[number, number, object][]} */
const SNAPPED = [
  [0.37, 0.4, {}],
  [0.37, 0, { type: "integer" }],
  [0.30000000000000004, 0.3, { step: 0.1 }],
  [12, 9, { min: 0, max: 10, step: 3 }],
  [-2, 0.5, { min: 0.5, max: 10, step: 1 }],
];
for (const [value, expected, more] of SNAPPED) {
  test(`${value} becomes ${expected}, which ${JSON.stringify(more)} can take`, () => {
    assert.equal(snap(value, parameter("number", more)), expected);
  });
}

const BUILT = 'a = 1.0  # @param {type: "number"}\nkind = "cat"  # @param ["cat", "dog"]\nprint(a, kind)';
const CONTROLS = [
  parameter("number", { name: "a", min: -2, max: 2 }),
  parameter("dropdown", { name: "kind", options: ["cat", "dog"] }),
];
/** @type {[string, string, boolean][]} */
const SOURCES = [
  ["as it was built", BUILT, true],
  ["other values", BUILT.replace("1.0", "-2").replace('"cat"', '"dog"'), true],
  ["a number out of reach", BUILT.replace("1.0", "2.5"), false],
  ["a word that is none of the options", BUILT.replace('"cat"', '"cow"'), false],
  ["an option written in another way", BUILT.replace('"cat"', '"\\x64og"'), false],
  ["a number where a word was", BUILT.replace('"cat"', "1"), false],
  ["code behind it", `${BUILT}\nprint(1)`, false],
  ["another comment", BUILT.replace("number", "integer"), false],
  ["a line less", BUILT.replace(/^.*\n/, ""), false],
  ["a name twice", BUILT.replace("print", 'a = 2.0  # @param {type: "number"}\nprint'), false],
];
for (const [what, source, expected] of SOURCES) {
  test(`${what}: ${expected ? "no more than controls do" : "code"}`, () => {
    const values = valuesOf(BUILT, source, CONTROLS);
    assert.equal(values !== undefined, expected);
    if (values) assert.equal(withValues(BUILT, values, CONTROLS), source);
  });
}

test("text that a reader could type, and whole numbers, are looked at, too", () => {
  const built = 'name = "Rex"  # @param {}\nn = 3  # @param {}';
  const parameters = [parameter("string", { name: "name" }), parameter("integer", { name: "n" })];
  assert.deepEqual(valuesOf(built, built.replace("3", "4"), parameters), { n: "4" });
  assert.equal(valuesOf(built, built.replace("3", "4.5"), parameters), undefined);
  assert.equal(valuesOf(built, built.replace("Rex", "Bello"), parameters), undefined);
});

for (const values of [{ b: "1" }, { a: "1; import js" }, { a: "1 # @param\nb = 1" }, { a: "" }, { kind: '"cow"' }]) {
  test(`${JSON.stringify(values)} cannot be set`, () => assert.equal(withValues(BUILT, values, CONTROLS), undefined));
}
