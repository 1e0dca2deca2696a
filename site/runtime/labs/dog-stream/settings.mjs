/** What the reader of “The stream of dogs” can set before a training begins. */

import { Settings } from "../../lab/parts.mjs";

/** @import { Host } from "../../lab/lab.mjs" */
/** @import { Field, Values } from "../../lab/parts.mjs" */

/** @type {Field[]} */
const FIELDS = [
  { name: "seed", label: "Seed", kind: "integer", min: 0, max: 999_999, step: 1 },
  { name: "hidden", label: "Hidden neurons", kind: "integer", min: 4, max: 192, step: 1 },
  { name: "activation", label: "Activation", kind: "choice", options: ["relu", "tanh", "sigmoid"] },
  { name: "learning_rate", label: "Learning rate", kind: "number", min: 0, max: 100 },
  { name: "batch_size", label: "Batch size", kind: "integer", min: 1, max: 1000, step: 1 },
  { name: "epochs", label: "Epochs", kind: "integer", min: 1, max: 60, step: 1 },
];
/** @type {Values} */
const DEFAULTS = { seed: 0, hidden: 96, activation: "relu", learning_rate: 0.03, batch_size: 64, epochs: 12 };

/** @param {Host} host @param {() => void} changed */
export const settingsOf = ({ element, announce }, changed) =>
  new Settings(element.id, "Settings of the training", FIELDS, DEFAULTS, changed, announce);
