/** A setting's next value: whole steps from any place, round numbers where there is no step, never out of its range. */

import assert from "node:assert/strict";
import test from "node:test";
import { stepped } from "../../../site/runtime/lab/stepper.mjs";

const RATE = { min: 0, max: 1000 };
const SCATTER = { min: 0, max: 1, step: 0.05 };
const EPOCHS = { min: 1, max: 5000, step: 50 };

for (const [name, range, value, by, next] of /** @type {const} */ ([
  ["a rate goes up by 1, 3, 10", RATE, 0.1, 1, 0.3],
  ["and on to the next power of ten", RATE, 0.3, 1, 1],
  ["and down the same way", RATE, 0.1, -1, 0.03],
  ["from between to the next", RATE, 0.2, -1, 0.1],
  ["from nothing to something", RATE, 0, 1, 0.000001],
  ["and no further than its range", RATE, 1000, 1, 1000],
  ["steps are whole", SCATTER, 0.05, 1, 0.1],
  ["without the dust of floats", SCATTER, 0.1, 1, 0.15],
  ["from between down to the grid", SCATTER, 0.07, -1, 0.05],
  ["from between up to the grid", SCATTER, 0.07, 1, 0.1],
  ["not below the least", EPOCHS, 50, -1, 1],
  ["from the least to the grid", EPOCHS, 1, 1, 50],
])) {
  test(name, () => assert.equal(stepped(range, value, by), next));
}
