/** What `primer.playground` says of a training, and what of it can be said in words. */

import { named } from "../animals.mjs";
import { at, digits } from "./lesson-view.mjs";
import { decimal, say } from "../../words/say.mjs";

/** @import { Field } from "../../lab/settings.mjs" */
/** @import { Lesson, Points, Value } from "./answers.mjs" */

/**
 * @typedef {object} Opening  as `primer.playground.Opening` shows it
 * @property {string[]} kinds
 * @property {string[]} inputs
 * @property {number} grid
 * @property {number} reach
 * @property {Value} report
 * @property {Field[]} fields
 */

/** @param {Value} value */
export function words({ epoch, test_loss, test_accuracy }) {
  const values = { epoch, loss: decimal(digits(test_loss)) };
  return test_accuracy === null
    ? say("Epoch {epoch}: test loss {loss} nats.", values)
    : say("Epoch {epoch}: test loss {loss} nats, {share} % of the test records right.", {
        ...{ ...values, share: Math.round(100 * test_accuracy) },
      });
}

/** @param {Value} value @param {string | number} rate */
export function runawayWords({ ran_away, best }, rate) {
  const { step, largest_weight, loss } = /** @type {NonNullable<Value["ran_away"]>} */ (ran_away);
  const what =
    loss === null
      ? say("In step {step} the loss was no number any more (nan, or infinite).", { step })
      : say("In step {step} a new weight was no number any more (nan, or infinite).", { step });
  const weight = decimal(Number(largest_weight?.toPrecision(3)));
  const before = largest_weight === null ? "" : say("Before it, the largest weight had grown to {weight}.", { weight });
  const then = say(
    "With a learning rate of {rate} each step may overshoot further than the one before. That step was not taken. " +
      "The training was at its best at {best}: go back there, take a smaller learning rate, and train on.",
    { rate: decimal(rate), best: bestOf(best) },
  );
  return [what, before, then].filter(Boolean).join(" ");
}

/** Where a training was at its best. @param {Value["best"]} best */
export const bestOf = (best) => (best ? say("epoch {epoch}", { epoch: best.epoch }) : say("the start"));

/**
 * How the last step made a weight.
 * @param {Lesson} lesson @param {import("./network-view.mjs").Place} place @param {number | null} now
 * @param {string | number} rate
 */
export function workedWords({ before, gradients }, place, now, rate) {
  const [from, slope] = [digits(at(before, place)), digits(at(gradients, place))].map(decimal);
  return say("Last step: from {from} to {to}. The slope of the loss was {slope}, the learning rate {rate}.", {
    ...{ from, to: decimal(digits(now)), slope, rate: decimal(rate) },
  });
}

/**
 * The plane, for who does not see it.
 * @param {Opening["inputs"]} inputs @param {string[]} kinds @param {Points | undefined} points
 * @param {Uint8Array} regions
 */
export function planeWords(inputs, kinds, points, regions) {
  const shares = sharesOf(regions, kinds.length).map((share, k) => `${named(kinds[k])} ${Math.round(100 * share)} %`);
  return say(
    "Plane of {y} over {x}, with {train} records to learn from and {test} for the test. " +
      "The network says: {shares} of the plane.",
    {
      ...{ x: inputs[0], y: inputs[1], shares: shares.join(", ") },
      ...{ train: points?.labels_train.length ?? 0, test: points?.labels_test.length ?? 0 },
    },
  );
}

/** Which share of the plane each kind has. @param {Uint8Array} probabilities @param {number} count */
function sharesOf(probabilities, count) {
  const cells = probabilities.length / count;
  const shares = Array.from({ length: count }, () => 0);
  for (let cell = 0; cell < cells; cell++) {
    const own = probabilities.subarray(cell * count, (cell + 1) * count);
    shares[own.indexOf(Math.max(...own))] += 1 / cells;
  }
  return shares;
}

/** Edits that have not run, and a link's code. @param {{title: string}[]} foreign @param {boolean} isBehind */
export function editedWords(foreign, isBehind) {
  if (foreign.length > 0) {
    const titles = foreign.map(({ title }) => say("“{title}”", { title })).join(", ");
    return say("Code from a link has not run: {titles}. Read it; Train and Step run it.", { titles });
  }
  if (!isBehind) return "";
  return say(
    "You edited code that has not run. Press Run there, or Train or Step here, and the network learns with it.",
  );
}

/** Python is gone, and why. @param {Error} error */
export const goneWords = ({ name, message }) =>
  name === "AbortError"
    ? say("Python was stopped at its work.")
    : say("Python ended in the middle of a step: {message}.", { message });
