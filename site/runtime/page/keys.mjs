/** Keys that lead along a row of things of which Tab reaches one. */

const STEPS = new Map([
  ["ArrowRight", 1],
  ["ArrowDown", 1],
  ["ArrowLeft", -1],
  ["ArrowUp", -1],
  ["Home", -Infinity],
  ["End", Infinity],
]);

/**
 * The one that a key leads to; undefined where it means something else.
 * @template T @param {string} key @param {T[]} row @param {T} from @returns {T | undefined}
 */
export function ledTo(key, row, from) {
  const step = STEPS.get(key);
  return step === undefined ? undefined : row[Math.min(Math.max(row.indexOf(from) + step, 0), row.length - 1)];
}
