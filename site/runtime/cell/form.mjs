/** One control of a cell's form, in the markup that `cells/build/render.py` makes at the build. */

import { set } from "../page/attributes.mjs";
import { make } from "../page/make.mjs";
import { written } from "../state/parameters.mjs";
import { say } from "../words/say.mjs";

/** @import { Parameter } from "../python/protocol.mjs" */

/** @param {Parameter} parameter @param {Record<string, string>} attributes */
function input({ type, min, max, step }, attributes) {
  const node = make("input");
  const limits =
    type === "string" || type === "boolean" ? {} : { min, max, step: step ?? (type === "number" ? "any" : undefined) };
  set(node, { ...attributes, ...limits });
  return node;
}

/** @param {Parameter} parameter @param {Record<string, string>} shared */
function fields(parameter, shared) {
  const { name, type, options } = parameter;
  switch (type) {
    case "slider": {
      const box = {
        type: "number",
        "data-for": name,
        autocomplete: "off",
        "aria-label": say("{name}, as a number", { name }),
      };
      return [input(parameter, { type: "range", ...shared }), input(parameter, box)];
    }
    case "dropdown": {
      const choices = (options ?? []).map((option) => new Option(written(option), written(option)));
      return [make("select", shared, ...choices)];
    }
    case "boolean":
      return [input(parameter, { type: "checkbox", ...shared })];
    case "string":
      return [input(parameter, { type: "text", ...shared })];
    default:
      return [input(parameter, { type: "number", ...shared })];
  }
}

/** @param {string} cell  its id @param {Parameter} parameter */
export function controlNode(cell, parameter) {
  const { name, type } = parameter;
  const id = `${cell}-${name}`;
  const label = make("label", { htmlFor: id }, name);
  const own = fields(parameter, { id, name, autocomplete: "off" });
  return make("div", { className: "control", data: { control: type } }, label, ...own);
}
