/** One control of a cell's form, in the markup that `cells/build/render.py` makes at the build. */

import { set } from "../page/attributes.mjs";
import { written } from "../state/parameters.mjs";
import { say } from "../words/say.mjs";

/** @import { Parameter } from "../python/protocol.mjs" */

/** @param {Parameter} parameter @param {Record<string, string>} attributes */
function input({ type, min, max, step }, attributes) {
  const node = document.createElement("input");
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
      const select = document.createElement("select");
      set(select, shared);
      select.append(...(options ?? []).map((option) => new Option(written(option), written(option))));
      return [select];
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
  const node = document.createElement("div");
  node.className = "control";
  node.dataset.control = parameter.type;
  const id = `${cell}-${parameter.name}`;
  const label = Object.assign(document.createElement("label"), { htmlFor: id, textContent: parameter.name });
  node.append(label, ...fields(parameter, { id, name: parameter.name, autocomplete: "off" }));
  return node;
}
