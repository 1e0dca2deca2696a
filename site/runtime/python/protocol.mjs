/**
 * All that page and worker say to each other, in plain objects over the one port between them. Readers' code runs in
 * the worker: what comes from there is checked (`asReport`). What goes there is, too: see `worker/requests.mjs`.
 */

import * as shapes from "./shapes.mjs";
import { say } from "../words/say.mjs";

/** @import { Facts } from "./download.mjs" */
/** @import { Shape } from "./shapes.mjs" */
/** @import { Way } from "./ways.mjs" */

const { dictionary, list, must, number, oneOf, orNothing, table, tableOf, text } = shapes;

/**
 * What cells show.
 * @typedef {{type: "stream", name: string, text: string}} StreamOutput
 * @typedef {{type: "display" | "result", data: Record<string, any>}} DataOutput
 *
 * @typedef {{type: "error", name: string, message: string, line: number | null, traceback: string, hint: string}}
 *   ErrorOutput
 * @typedef {StreamOutput | DataOutput | ErrorOutput} Output
 *
 * @typedef {object} Parameter
 * @property {string} name
 * @property {string} type  slider, number, integer, boolean, string or dropdown
 * @property {number | boolean | string} value
 * @property {number | null} [min]
 * @property {number | null} [max]
 * @property {number | null} [step]
 * @property {(number | boolean | string)[] | null} [options]
 *
 * @typedef {{line: number, message: string}} Broken  a `# @param` comment that makes no control, and why
 *
 * @typedef {{text: string} | {error: string}} Value  of an inline expression
 *
 * @typedef {object} Names  what the build found in a cell; the kernel only passes it on
 */

/**
 * What a start is made of, from page to worker. A file comes whole, or in parts, and then without its content when all
 * of it was verified.
 * @typedef {{type: "start", way: Way, facts: Facts, patience: number}} Start
 * @typedef {{type: "go"}} Go  Python is wanted
 * @typedef {{type: "part", name: string, content: ArrayBuffer}} Part
 * @typedef {{type: "file", name: string, content?: ArrayBuffer}} Whole
 * @typedef {{type: "rest", isHere: boolean}} Rest  what the first result did not need has come, or cannot be had
 * @typedef {Start | Go | Part | Whole | Rest} Delivery
 */

/**
 * What is asked of Python, from page to worker.
 * @typedef {{id: string, source: string, names: Names, shown: string | null}} Opened
 * @typedef {{type: "open", page: string, cells: Opened[], expressions: string[]} & Spoken} Open
 * @typedef {{language: string, words: Record<string, string>}} Spoken  what Python says on a page that is not English
 *
 * @typedef {object} Run
 * @property {"run"} type
 * @property {number} ticket
 * @property {string} page
 * @property {Record<string, string>} sources  but of those that are left out
 * @property {string[]} targets
 * @property {string[]} agreed  targets that the reader said Run of
 * @property {string[]} foreign  cells with code from a link
 * @property {Record<string, Output>} left  cells that ended a Python, and the error they had
 * @property {Sight | null} sight  what to run before the rest, if a control moved
 *
 * @typedef {{cells: string[], expressions: string[], pause: number}} Sight  pause: milliseconds for a newer one
 *
 * @typedef {object} Call  `name(session, **arguments)`
 * @property {"call"} type
 * @property {number} ticket
 * @property {string} page
 * @property {string} cell
 * @property {string} name
 * @property {Record<string, unknown>} arguments
 * @property {string} session
 * @property {boolean} isNew
 * @property {unknown} kept  that a new session begins from
 *
 * @typedef {Open | Run | Call} Request
 */

/**
 * What is told, from worker to page.
 * @typedef {{type: "loading", phase: string, loaded: number, total: number}} Loading
 * @typedef {{type: "ready", python: string, milliseconds: number, times: Record<string, number>}} Ready
 *   times: when each part of the start was done, in milliseconds since 1970
 * @typedef {{type: "failed", phase: string, message: string, ticket?: number, page?: string, id?: string}} Failed
 *   id: of the cell that it was at
 * @typedef {{type: "plan", ticket: number, ids: string[]}} Plan
 * @typedef {{type: "begin", ticket: number, id: string}} Begin
 *
 * @typedef {object} Result
 * @property {"result"} type
 * @property {number} ticket
 * @property {string} id
 * @property {Output[]} outputs
 * @property {number} milliseconds
 * @property {string[]} defines
 * @property {string[]} reads
 * @property {Parameter[] | null} parameters
 * @property {Broken[]} broken
 * @property {boolean} [worn]  this Python had better be replaced
 *
 * @typedef {{type: "progress", ticket: number, id: string, text: string}} Progress  how far a cell's run has come
 * @typedef {{type: "values", ticket: number, values: Record<string, Value>}} Values
 * @typedef {{type: "finished", ticket: number}} Finished
 *
 * @typedef {object} Called
 * @property {"called"} type
 * @property {number} ticket
 * @property {any} [value]
 * @property {Output[]} [outputs]
 * @property {ErrorOutput} [error]
 * @property {string} [cell]  whose line the error goes back to
 * @property {boolean} [lacking]  the cell must be run before
 * @property {boolean} [worn]
 *
 * @typedef {Loading | Ready | Failed | Plan | Begin | Progress | Result | Values | Finished | Called} Report
 *
 * @typedef {{type: "lacking"}} Lacking  code waits for the rest of Python
 * @typedef {{type: "several", reports: Report[], more: boolean}} Several  more: others come at once, to be shown with
 *   them
 * @typedef {Report | Lacking | Several} Message
 */

/** The media types of what cells show, as `cells/page/outputs.py` gives them. */
export const media = Object.freeze({
  chart: "application/vnd.vegalite.v6+json",
  svg: "image/svg+xml",
  html: "text/html",
  latex: "text/latex",
  text: "text/plain",
  verdict: "application/vnd.cells.verdict+json",
  lab: "application/vnd.cells.lab+json",
});

/** What one report may hold: it comes from where readers' code runs. */
const most = { rich: 2_200_000, parts: 1_000_000, depth: 30, progress: 100 };

const texts = list(text);
const line = must(() => say("a line's number"), Number.isInteger);
const error = table({ name: text, message: text, traceback: text, hint: text, line: orNothing(line) });
const stream = table({ name: oneOf(["stdout", "stderr"]), text });
const rich = shapes.words(most.rich);
/** A chart is a table, with rules of its own (`chart.mjs`); all else that is shown is text. */
const shown = table({
  data: tableOf((value, path) => (typeof value === "string" ? rich(value, path) : dictionary(value, path))),
});
/** @type {Shape} */
const output = (value, path) =>
  dictionary(value, path) || (value.type === "stream" ? stream : value.type === "error" ? error : shown)(value, path);
const scalar = must(
  () => say("a text, a number or a truth"),
  (value) => Number.isFinite(value) || typeof value === "boolean" || text(value, "") === "",
);
const limit = orNothing(number);
const parameter = table({
  ...{ name: text, type: text, value: scalar },
  ...{ min: limit, max: limit, step: limit, options: orNothing(list(scalar)) },
});
/** @type {Shape} */
const value = (value, path) => dictionary(value, path) || text(value.text ?? value.error, path);

/** @type {(message: unknown) => Report} */
export const asReport = shapes.oneKindOf({
  loading: table({ phase: text, loaded: number, total: number }),
  ready: table({ python: text, milliseconds: number }),
  failed: table({ phase: text, message: text }),
  plan: table({ ticket: number, ids: texts }),
  begin: table({ ticket: number, id: text }),
  progress: table({ ticket: number, id: text, text: shapes.words(most.progress) }),
  result: table({
    ...{ ticket: number, id: text, outputs: list(output), milliseconds: number, defines: texts, reads: texts },
    ...{ parameters: orNothing(list(parameter)), broken: list(table({ line, message: text })) },
  }),
  values: table({ ticket: number, values: tableOf(value) }),
  finished: table({ ticket: number }),
  called: table({
    ...{ ticket: number, value: shapes.plain(most.parts, most.depth), outputs: orNothing(list(output)) },
    ...{ error: orNothing(error), cell: orNothing(text) },
  }),
});
