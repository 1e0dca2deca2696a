/** Keys: those that lead along a row of things of which Tab reaches one, and those of a listing. */

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

/** @param {KeyboardEvent} event */
export const isRun = ({ key, ctrlKey, metaKey, shiftKey }) => key === "Enter" && (ctrlKey || metaKey || shiftKey);

const PASSING = ["Tab", "Escape", "Shift", "Control", "Alt", "Meta"];

/**
 * Whether a key works in a listing, whose folded lines are to be seen then: a browser takes lines that have no height
 * away with what is typed beside them. @param {KeyboardEvent} event
 */
export const worksInText = (event) => !PASSING.includes(event.key) && !isRun(event);
