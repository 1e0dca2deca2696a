/** What the functions that “Train your dog” calls may give back: they are the reader's, or a stranger's. */

import { bytes, list, number, orNothing, table, tuple, whole } from "../../python/shapes.mjs";

/** @import { Of } from "../../python/shapes.mjs" */

/** As many layers and neurons as the picture of the network has room for. */
const [LAYERS, NEURONS, RECORDS] = [12, 64, 10_000];
const figure = orNothing(number); // nothing where it was nan, or infinite
const figures = list(figure, NEURONS);

/** Of each layer its weights and its bias. */
const layers = list(tuple(list(figures, NEURONS), figures), LAYERS, 1);

/** By the name of the function. @param {number} n_kinds */
export function answersOf(n_kinds) {
  const kind = whole(n_kinds - 1);
  const kinds = list(kind, RECORDS);
  const places = list(list(number, 2, 2), RECORDS);
  const scores = list(figure, n_kinds, n_kinds);
  const record = table({
    place: list(number, 2, 2),
    kind,
    logits: scores,
    probabilities: scores,
    errors: scores,
    surprise: figure,
  });
  const report = {
    epoch: whole(),
    position: whole(),
    steps: whole(),
    train_loss: figure,
    test_loss: figure,
    train_accuracy: figure,
    test_accuracy: figure,
    layers,
    regions: bytes(),
    neurons: bytes(),
    ran_away: orNothing(table({ loss: figure, largest_weight: figure, step: whole() })),
    best: orNothing(table({ epoch: whole(), train_loss: figure })),
    points: orNothing(table({ X_train: places, X_test: places, labels_train: kinds, labels_test: kinds })),
  };
  const lesson = table({
    n_records: whole(),
    loss: figure,
    records: list(record, 100),
    gradients: layers,
    before: layers,
  });
  const plain = table(report);
  return {
    begin: plain,
    train: plain,
    set_weight: plain,
    back: plain,
    step: table({ ...report, lesson }),
  };
}

/**
 * @typedef {ReturnType<typeof answersOf>} Answers
 * @typedef {Of<typeof layers>} Layers
 * @typedef {Of<Answers["step"]>["lesson"]} Lesson
 * @typedef {Of<Answers["train"]> & {keep?: any}} Value  a report of `primer.playground`
 * @typedef {NonNullable<Value["points"]>} Points
 */
