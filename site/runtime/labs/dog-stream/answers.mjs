/** What the functions that the stream's lab calls may give back: they are the reader's, or a stranger's. */

import { bytes, list, number, oneOf, orNothing, share, table, truth, whole, words } from "../../python/shapes.mjs";
import { KINDS } from "./kinds.mjs";

/** @import { Of } from "../../python/shapes.mjs" */

const n = KINDS.length;
const kind = oneOf(KINDS);
const shares = list(share, n, n);
const scores = list(number, n, n);
const pixels = bytes(400);
const colours = bytes(4 * 400);
const report = table({
  step: whole(),
  n_steps: whole(),
  epoch: whole(),
  n_epochs: whole(),
  steps_per_epoch: whole(),
  train_loss: orNothing(number),
  seconds_left: orNothing(number),
  is_done: truth,
  ran_away: truth,
  losses: list(orNothing(number), 100_000),
  keep: orNothing(table({ file: bytes(16e6) })),
});
const tested = table({
  loss: orNothing(number),
  accuracy: orNothing(share),
  confusion: list(list(whole(), n, n), n, n),
});
const picture = table({
  pixels,
  kind,
  breed: words(60),
  is_new: truth,
  probabilities: shares,
  loss: orNothing(number),
});

/** By the name of the function. */
export const ANSWERS = {
  begin: report,
  go_on: report,
  train: report,
  step: report,
  load: report,
  exam: table({ met: tested, test: tested, new_breeds: tested }),
  watch: list(picture, 100),
  judge: table({
    precision: orNothing(share),
    recall: orNothing(share),
    saved_dogs: whole(),
    saved_others: whole(),
    missed_dogs: whole(),
  }),
  look: table({
    logits: scores,
    shifted: scores,
    exponentials: scores,
    total: number,
    probabilities: shares,
    guess: kind,
    spoke_for: colours,
    kind: orNothing(kind),
    loss: orNothing(number),
    spoke_for_truth: orNothing(colours),
  }),
  inside: table({ neurons: list(table({ number: whole(), picture: colours, says: words(20) }), 200) }),
  save: bytes(16e6),
};

/**
 * @typedef {Omit<Of<typeof report>, "keep">} Report  how far a training is
 * @typedef {Of<typeof ANSWERS.exam>} Tests
 * @typedef {Of<typeof ANSWERS.inside>} Inside
 * @typedef {Of<typeof picture>} Passing
 * @typedef {Of<typeof ANSWERS.judge>} Verdict
 * @typedef {Of<typeof ANSWERS.look>} Look
 */
