/** What the reader of “Train your dog” can set, and what begins a training anew. */

import { Settings } from "../../lab/parts.mjs";

/** @import { Host } from "../../lab/lab.mjs" */
/** @import { Field, Values } from "../../lab/parts.mjs" */

export const RESTARTING = ["data", "noise", "test_share", "seed", "hidden", "activation"];

/** @type {Field[]} */
export const FIELDS = [
  { name: "data", label: "Data", kind: "choice", options: ["four quadrants", "checkerboard", "rings", "spirals"] },
  { name: "noise", label: "Scatter", kind: "number", min: 0, max: 1, step: 0.05 },
  { name: "test_share", label: "Share for the test", kind: "number", min: 0.1, max: 0.9, step: 0.05 },
  { name: "seed", label: "Seed", kind: "integer", min: 0, max: 999_999, step: 1 },
  { name: "hidden", label: "Hidden neurons", kind: "text", hint: "such as 8,8", check: checkHidden },
  { name: "activation", label: "Activation", kind: "choice", options: ["tanh", "relu", "sigmoid"] },
  { name: "learning_rate", label: "Learning rate", kind: "number", min: 0, max: 1000 },
  { name: "batch_size", label: "Batch size", kind: "integer", min: 1, max: 400, step: 1 },
  { name: "epochs", label: "Epochs to train", kind: "integer", min: 1, max: 5000, step: 1 },
];
/** @type {Values} */
const DEFAULTS = {
  data: "four quadrants",
  noise: 0.05,
  test_share: 0.25,
  seed: 1,
  hidden: "4",
  activation: "tanh",
  learning_rate: 0.1,
  batch_size: 10,
  epochs: 200,
};

/** @param {string} text */
function checkHidden(text) {
  const sizes = text.split(",").map((part) => part.trim());
  const isNone = text.trim() === "";
  const isFit = sizes.length <= 4 && sizes.every((size) => /^[1-8]$/.test(size));
  return isNone || isFit
    ? ""
    : "Hidden neurons are up to four numbers from 1 to 8, one for each layer, such as 8,8; nothing for none.";
}

/** @param {Host} host @param {(name: string) => void} changed */
export const settingsOf = ({ element, announce }, changed) =>
  new Settings(element.id, "Settings of the training", FIELDS, DEFAULTS, changed, announce);
