/**
 * All that page and worker say to each other, in plain objects over the one port between them. Readers' code runs in
 * the worker: what comes from there is checked (`asReport`).
 */

/** @import { Facts } from "./download.mjs" */
/** @import { Way } from "./ways.mjs" */

/**
 * What cells show.
 *
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
 *
 * @typedef {{type: "start", way: Way, facts: Facts, patience: number}} Start
 * @typedef {{type: "go"}} Go  Python is wanted
 * @typedef {{type: "part", name: string, content: ArrayBuffer}} Part
 * @typedef {{type: "file", name: string, content?: ArrayBuffer}} Whole
 * @typedef {{type: "rest", isHere: boolean}} Rest  what the first result did not need has come, or cannot be had
 * @typedef {Start | Go | Part | Whole | Rest} Delivery
 */

/**
 * What is asked of Python, from page to worker.
 *
 * @typedef {{id: string, source: string, names: Names, shown: string | null}} Opened
 * @typedef {{type: "open", page: string, cells: Opened[], expressions: string[]}} Open
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
 *
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
 * @typedef {Loading | Ready | Failed | Plan | Begin | Result | Values | Finished | Called} Report
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
const most = { items: 10_000, text: 250_000, rich: 2_200_000, parts: 1_000_000, depth: 30 };

/** @typedef {(value: any) => boolean} Is */
/** @type {Is} */
const isText = (value) => typeof value === "string" && value.length <= most.text;
/** @type {Is} */
const isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** @type {Is} */
const isScalar = (value) => isText(value) || Number.isFinite(value) || typeof value === "boolean";
/** @param {Is} is @returns {Is} */
const orNothing = (is) => (value) => value === null || value === undefined || is(value);
/** @param {Is} is @returns {Is} */
const listOf = (is) => (value) => Array.isArray(value) && value.length <= most.items && value.every(is);
/** @param {Record<string, Is>} fields @returns {Is} */
const withFields = (fields) => (value) =>
  isTable(value) && Object.entries(fields).every(([name, is]) => is(value[name]));
/** @param {Is} is @returns {Is} */
const tableOf = (is) => (value) => isTable(value) && Object.values(value).every(is);

const isError = withFields({
  name: isText,
  message: isText,
  traceback: isText,
  hint: isText,
  line: orNothing(Number.isInteger),
});
/** A chart is a table, with rules of its own (`chart.mjs`); all else that is shown is text. */
const isShown = withFields({
  data: tableOf((value) => isTable(value) || (typeof value === "string" && value.length <= most.rich)),
});
const isStream = withFields({ name: (value) => value === "stdout" || value === "stderr", text: isText });
/** @type {Is} */
const isOutput = (value) =>
  isTable(value) &&
  (value.type === "stream" ? isStream(value) : value.type === "error" ? isError(value) : isShown(value));
const isParameter = withFields({
  name: isText,
  type: isText,
  value: isScalar,
  min: orNothing(Number.isFinite),
  max: orNothing(Number.isFinite),
  step: orNothing(Number.isFinite),
  options: orNothing(listOf(isScalar)),
});

/**
 * Plain values within each other, as many as a page can take.
 * @param {any} value @param {{left: number}} [room] @param {number} [depth] @returns {boolean}
 */
function isPlain(value, room = { left: most.parts }, depth = 0) {
  if (--room.left < 0 || depth > most.depth) return false;
  return (
    typeof value !== "object" || value === null || Object.values(value).every((part) => isPlain(part, room, depth + 1))
  );
}

/** @type {Record<string, Is>} */
const kinds = {
  text: isText,
  number: Number.isFinite,
  list: Array.isArray,
  table: isTable,
  "list of texts": listOf(isText),
  "list of outputs": listOf(isOutput),
  "list of outputs or nothing": orNothing(listOf(isOutput)),
  "list of parameters or nothing": orNothing(listOf(isParameter)),
  "list of words on lines": listOf(withFields({ line: Number.isInteger, message: isText })),
  "table of values": tableOf((value) => isTable(value) && (isText(value.text) || isText(value.error))),
  "table with an error's fields or nothing": orNothing(isError),
  "text or nothing": orNothing(isText),
  "plain value": isPlain,
};

/** @type {Record<string, Record<string, string>>} */
const requests = {
  open: { page: "text", cells: "list", expressions: "list" },
  run: {
    ticket: "number",
    page: "text",
    sources: "table",
    targets: "list",
    agreed: "list",
    foreign: "list",
    left: "table",
  },
  call: { ticket: "number", page: "text", cell: "text", name: "text", arguments: "table", session: "text" },
};

/** @type {Record<string, Record<string, string>>} */
const reports = {
  loading: { phase: "text", loaded: "number", total: "number" },
  ready: { python: "text", milliseconds: "number" },
  failed: { phase: "text", message: "text" },
  plan: { ticket: "number", ids: "list of texts" },
  begin: { ticket: "number", id: "text" },
  result: {
    ticket: "number",
    id: "text",
    outputs: "list of outputs",
    milliseconds: "number",
    defines: "list of texts",
    reads: "list of texts",
    parameters: "list of parameters or nothing",
    broken: "list of words on lines",
  },
  values: { ticket: "number", values: "table of values" },
  finished: { ticket: "number" },
  called: {
    ticket: "number",
    value: "plain value",
    outputs: "list of outputs or nothing",
    error: "table with an error's fields or nothing",
    cell: "text or nothing",
  },
};

/** @param {Record<string, Record<string, string>>} shapes @param {any} message */
function check(shapes, message) {
  const shape = kinds.table(message) && Object.hasOwn(shapes, message.type) ? shapes[message.type] : undefined;
  if (shape === undefined) {
    throw new TypeError(
      `unknown message ${JSON.stringify(message)?.slice(0, 80)}; known: ${Object.keys(shapes).join(", ")}`,
    );
  }
  for (const [field, kind] of Object.entries(shape)) {
    if (!kinds[kind](message[field])) throw new TypeError(`message '${message.type}': ${field} must be a ${kind}`);
  }
  return message;
}

/** @param {unknown} message @returns {Request} */
export const asRequest = (message) => check(requests, message);

/** @param {unknown} message @returns {Report} */
export const asReport = (message) => check(reports, message);
