/** What labs draw is what their functions may give back, and anything else is told with its place. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ANSWERS } from "../../../site/runtime/labs/dog-stream/answers.mjs";
import * as shapes from "../../../site/runtime/python/shapes.mjs";
import { answersOf } from "../../../site/runtime/labs/train-your-dog/answers.mjs";

const { list, number, orNothing, table, whole } = shapes;
const dog = table({ name: shapes.words(10), weights: list(list(number, 2, 2)), age: orNothing(whole(30)) });

test("what is as it should be is not objected to, whatever else a dictionary holds", () => {
  assert.equal(dog({ name: "Rex", weights: [[1, -2.5]], more: "html" }, "dog"), "");
});

/** @type {[unknown, string][]} */
const WRONG = [
  [null, "dog should be a dictionary, got nothing"],
  [{ name: "Rex" }, "dog.weights should be a list of 0 to 10000, got nothing"],
  [{ name: 3, weights: [] }, "dog.name should be a text of at most 10 characters, got 3"],
  [{ name: "Rex", weights: [[1, 2], [1]] }, "dog.weights[1] should be a list of 2, got a list of 1"],
  [{ name: "Rex", weights: [[1, "<img>"]] }, 'dog.weights[0][1] should be a finite number, got the text "<img>"'],
  [{ name: "Rex", weights: [], age: 2.5 }, "dog.age should be a whole number from 0 to 30, got 2.5"],
];
for (const [value, words] of WRONG) test(words, () => assert.equal(dog(value, "dog"), words));

test("bytes are base64 of a limited length", () => {
  const few = shapes.bytes(30);
  assert.equal(few(Buffer.from("a dog").toString("base64"), "pixels"), "");
  for (const value of ["<b>", "a b", "A".repeat(43), 7, null])
    assert.match(few(value, "pixels"), /pixels should be bytes/);
});

const REPORT = {
  epoch: 3,
  position: 0,
  steps: 60,
  train_loss: 0.5,
  test_loss: null,
  train_accuracy: 1,
  test_accuracy: 0.9,
  layers: [
    [
      [
        [1, 2, 3, 4],
        [0, null, 0, 1],
      ],
      [0, 0, 0, 0],
    ],
  ],
  regions: "AAAA",
  neurons: "",
  ran_away: null,
  best: { epoch: 2, train_loss: 0.4 },
};

test("a report of a training is drawn, one that is bent is not", () => {
  const { train } = answersOf(4);
  assert.equal(train(REPORT, "train(…)"), "");
  const bent = { layers: [[["a"], []]], epoch: -1, regions: "url(x)", train_loss: "0.5", best: [], ran_away: "soon" };
  for (const [name, value] of Object.entries(bent))
    assert.match(train({ ...REPORT, [name]: value }, "train(…)"), new RegExp(`train\\(…\\)\\.${name}`));
  assert.match(train({ ...REPORT, layers: [[[[1]]]] }, "train(…)"), /layers\[0\] should be a list of 2/);
  assert.match(
    train({ ...REPORT, layers: Array(13).fill([[], []]) }, "train(…)"),
    /layers should be a list of 1 to 12/,
  );
});

test("points of a kind that there is none of are not drawn", () => {
  const points = { X_train: [[0, 1]], X_test: [], labels_train: [4], labels_test: [] };
  assert.match(
    answersOf(4).begin({ ...REPORT, points }, "begin(…)"),
    /labels_train\[0\] should be a whole number from 0 to 3/,
  );
});

test("a picture of the stream is one of four kinds, with four probabilities", () => {
  const picture = { pixels: "AAAA", kind: "dog", breed: "Dackel", is_new: false, probabilities: [0, 0, 0, 1], loss: 0 };
  assert.equal(ANSWERS.watch([picture], "watch(…)"), "");
  const bent = { kind: "hamster", probabilities: [1], pixels: "A".repeat(1000), breed: "x".repeat(99), is_new: 1 };
  for (const [name, value] of Object.entries(bent))
    assert.match(ANSWERS.watch([{ ...picture, [name]: value }], "watch(…)"), new RegExp(name));
});
