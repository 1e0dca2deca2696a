/** Which cell reads from which, as far as the page can know it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { above, below, parentsOf } from "../../../site/runtime/state/graph.mjs";

/** @param {string} id @param {object} [facts] @returns {any} */
const cell = (id, facts = {}) => ({ id, source: "", ran: "", defines: [], reads: [], ...facts });

/** @param {any[]} cells */
const ids = (cells) => cells.map(({ id }) => id);

const scores = cell("scores", { defines: ["scores"] });
const shares = cell("shares", { defines: ["shares"], reads: ["scores", "np"] });
const loss = cell("loss", { reads: ["shares"] });
const apart = cell("apart");

test("what a cell reads from is found near and far, the nearest first, and what reads from it too", () => {
  const parents = parentsOf([scores, shares, loss, apart]);
  assert.deepEqual(ids(above(parents, loss)), ["shares", "scores"]);
  assert.deepEqual(ids(below(parents, scores)), ["shares", "loss"]);
  assert.deepEqual(ids(below(parents, apart)), []);
});

test("of an edited cell it is guessed from its words, but not from its comments", () => {
  const edited = cell("edited", { source: "print(scores)  # not shares", ran: "print(1)" });
  assert.deepEqual(ids(above(parentsOf([scores, shares, edited]), edited)), ["scores"]);
});

for (const source of [
  "breeds = 3",
  "breeds: int = 3",
  "def breeds():\n    pass",
  "async def breeds(): ...",
  "class breeds: ...",
]) {
  test(`an edited cell owns what it newly defines: ${JSON.stringify(source)}`, () => {
    const edited = cell("edited", { source, ran: "" });
    const reader = cell("reader", { reads: ["breeds"] });
    assert.deepEqual(ids(above(parentsOf([edited, reader]), reader)), ["edited"]);
  });
}

for (const source of ["_breeds = 3", "breeds == 3", "    breeds = 3"]) {
  test(`it does not own what is no public name of its own: ${JSON.stringify(source)}`, () => {
    const reader = cell("reader", { reads: ["breeds", "_breeds"] });
    assert.deepEqual(ids(above(parentsOf([cell("edited", { source, ran: "" }), reader]), reader)), []);
  });
}

test("a circle ends", () => {
  const one = cell("one", { defines: ["a"], reads: ["b"] });
  const two = cell("two", { defines: ["b"], reads: ["a"] });
  assert.deepEqual(ids(above(parentsOf([one, two]), one)), ["two"]);
});
