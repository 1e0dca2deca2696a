/**
 * Which cell reads from which, as far as it can be known before Python says: what has run is known, what was edited is
 * guessed from its words. Good enough to warn by; what runs is planned by Python (`cells/page/program.py`).
 */

/** @import { Cell } from "./pages.mjs" */

const NAME = String.raw`[\p{L}_][\p{L}\p{N}_]*`;
const WORD = new RegExp(NAME, "gu");
const DEFINITION = new RegExp(
  String.raw`^(?:(?:async[ \t]+)?def[ \t]+|class[ \t]+)(${NAME})|^(${NAME})[ \t]*(?::[^=\n]*)?=(?!=)`,
  "gmu",
);

/** @param {string} source */
const defined = (source) => Array.from(source.matchAll(DEFINITION), ([, first, second]) => first ?? second);

/** @param {string} source */
const read = (source) => Array.from(source.replace(/#.*$/gm, "").matchAll(WORD), ([word]) => word);

/** @param {Cell} cell */
const isKnown = ({ source, ran }) => source === ran;

/** The cells that each cell reads from. @param {Iterable<Cell>} cells @returns {Map<Cell, Cell[]>} */
export function parentsOf(cells) {
  const all = [...cells];
  /** @type {Map<string, Cell>} */
  const owners = new Map();
  for (const cell of all) for (const name of cell.defines) if (!owners.has(name)) owners.set(name, cell);
  for (const cell of all) {
    if (isKnown(cell)) continue;
    for (const name of defined(cell.source)) if (!name.startsWith("_") && !owners.has(name)) owners.set(name, cell);
  }
  return new Map(
    all.map((cell) => {
      const reads = isKnown(cell) ? cell.reads : read(cell.source);
      const parents = new Set(reads.flatMap((name) => owners.get(name) ?? []));
      parents.delete(cell);
      return [cell, [...parents]];
    }),
  );
}

/** All that a cell reads from, the nearest first. @param {Map<Cell, Cell[]>} parents @param {Cell} cell */
export function above(parents, cell) {
  const found = new Set([cell]);
  for (const one of found) for (const parent of parents.get(one) ?? []) found.add(parent);
  found.delete(cell);
  return [...found];
}

/** All that reads from a cell, near and far. @param {Map<Cell, Cell[]>} parents @param {Cell} cell */
export const below = (parents, cell) => [...parents.keys()].filter((other) => above(parents, other).includes(cell));
