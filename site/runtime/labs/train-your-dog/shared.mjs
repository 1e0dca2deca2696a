/** What a link says of “Train your dog”: settings that differ from the page's, and weights once one was edited. */

import { say } from "../../words/say.mjs";

/** @import { Settings, Values } from "../../lab/settings.mjs" */
/** @import { Layers } from "./answers.mjs" */

/** Characters of weights that are taken. */
const MOST = 20_000;

/** @param {Values} changes @param {Layers} [layers] @returns {string} "" for nothing */
export function written(changes, layers) {
  const state = { ...changes, ...(layers && { weights: rounded(layers) }) };
  return Object.keys(state).length > 0 ? JSON.stringify(state) : "";
}

/**
 * What a link brings; its settings are checked by whoever takes them.
 * @param {string} text
 * @returns {{settings: Record<string, unknown>, weights: Layers | undefined} | undefined} nothing for what is
 *   damaged
 */
export function read(text) {
  try {
    const settings = Object(JSON.parse(text));
    const { weights } = settings;
    const isFit = Array.isArray(weights) && JSON.stringify(weights).length < MOST;
    return { settings, weights: isFit ? weights : undefined };
  } catch {
    return undefined;
  }
}

/** @param {Settings} settings @param {boolean} hasWeights */
export function arrivalWords(settings, hasWeights) {
  const told = Object.entries(settings.changes).map(
    ([name, value]) => `${settings.labelOf(name)}: ${value || say("none")}`,
  );
  if (hasWeights) told.push(say("weights of its own"));
  return say("This link brings settings for the lab. {settings}. Press Train or Step to begin with them.", {
    ...{ settings: told.join("; ") },
  });
}

/** Short enough for a link. @param {Layers} layers @returns {Layers} */
const rounded = (layers) =>
  JSON.parse(JSON.stringify(layers, (_, value) => (typeof value === "number" ? Number(value.toFixed(4)) : value)));
