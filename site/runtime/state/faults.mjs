/** What went wrong in a cell: what is told where Python did not come back, and what is known of it later. */

import { say } from "../words/say.mjs";

/** @import { Cell } from "./pages.mjs" */
/** @import { ErrorOutput, Output } from "../python/protocol.mjs" */

/** The name of an error that no code raised: something about the page's graph keeps the cell from running. */
export const FOLLOWS = "CellError";
export const TIME_LIMIT = say("Time limit");

/**
 * An error at no line of the code.
 * @param {string} name @param {string} message @param {string} hint @param {string} [traceback] @returns {ErrorOutput}
 */
export const fault = (name, message, hint, traceback = "") => ({
  ...{ type: /** @type {const} */ ("error"), name, message, line: null, traceback, hint },
});

/** Code that ended Python itself. @param {string} message @returns {ErrorOutput} */
export function crashed(message) {
  const isDeep = /call stack|recursion/i.test(message);
  const hint = isDeep
    ? say(
        "Something in it is nested, or calls itself, too deeply: this code ended Python itself, so it is left out " +
          "until you change it. Everything else runs on, in a fresh Python.",
      )
    : say(
        "This code ended Python itself, so it is left out until you change it. " +
          "Everything else runs on, in a fresh Python.",
      );
  return fault(say("Python stopped"), message, hint, message);
}

/** @param {number} seconds */
export const timedOut = (seconds) =>
  fault(
    TIME_LIMIT,
    say("stopped after {seconds} s", { seconds }),
    say(
      "A run may take {seconds} s. Is there a loop that never ends? " +
        "Make the work smaller, or allow more seconds at the end of this page.",
      { seconds },
    ),
  );

/** Whether a cell is as it was when it ended Python. @param {Cell} cell */
export const isLeft = ({ source, fell }) => fell?.source === source;

/** @param {Output[]} outputs */
export const errorOf = (outputs) =>
  /** @type {ErrorOutput | undefined} */ (outputs.find(({ type }) => type === "error"));

/** @param {Output[]} outputs */
export const hasError = (outputs) => errorOf(outputs) !== undefined;
