/**
 * What kernel and worker say to each other: plain JSON objects over postMessage.
 *
 * @typedef {{type: "stream", name: string, text: string}} StreamOutput
 * @typedef {{type: "display" | "result", data: Record<string, any>}} DataOutput
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
 *
 * @typedef {{type: "open", page: string, cells: {id: string, source: string, names: Names, shown: string | null}[],
 *   expressions: string[]}} Open
 * @typedef {{type: "run", ticket: number, page: string, sources: Record<string, string>, targets: string[],
 *   agreed: string[], foreign: string[], left: Record<string, Output>, sight: Sight | null}} Run  foreign: code from a
 *   link; agreed: targets that the reader said Run of; left: cells that ended a Python, and the error they had: their
 *   sources are not among these; sight: what to run before the rest, if a control moved
 * @typedef {{cells: string[], expressions: string[], pause: number}} Sight  pause: milliseconds that the rest waits for
 *   a newer run
 * @typedef {{type: "call", ticket: number, page: string, cell: string, name: string, arguments: Record<string,
 *   unknown>,
 *   session: string, isNew: boolean, kept: unknown}} Call  `name(session, **arguments)`; a new session begins from
 *   `kept`
 * @typedef {Open | Run | Call} Request  kernel to worker
 *
 * @typedef {{type: "loading", phase: string, loaded: number, total: number}} Loading
 * @typedef {{type: "ready", python: string, milliseconds: number,
 *   times: Record<string, number>}} Ready  when each part of the start was done, in milliseconds since 1970
 * @typedef {{type: "failed", phase: string, message: string, ticket?: number, page?: string, id?: string}} Failed  id:
 *   the cell that it was at
 * @typedef {{type: "plan", ticket: number, ids: string[]}} Plan
 * @typedef {{type: "begin", ticket: number, id: string}} Begin
 * @typedef {{type: "result", ticket: number, id: string, outputs: Output[], milliseconds: number, defines: string[],
 *   reads: string[], parameters: Parameter[] | null, broken: Broken[], worn?: boolean}} Result  worn: this Python had
 *   better be replaced
 * @typedef {{type: "values", ticket: number, values: Record<string, Value>}} Values
 * @typedef {{type: "finished", ticket: number}} Finished
 * @typedef {{type: "called", ticket: number, value?: any, outputs?: Output[], error?: ErrorOutput, cell?: string,
 *   lacking?: boolean, worn?: boolean}} Called  lacking: the cell must be run before; cell: whose line the error goes
 *   back to
 * @typedef {Loading | Ready | Failed | Plan | Begin | Result | Values | Finished | Called} Report  worker to kernel
 */

/** The media types of what cells show, as `cells/page/outputs.py` gives them. */
export const media = Object.freeze({
  chart: "application/vnd.vegalite.v6+json",
  svg: "image/svg+xml",
  html: "text/html",
  latex: "text/latex",
  text: "text/plain",
  verdict: "application/vnd.cells.verdict+json",
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
/**
 * A chart is a table, which has rules of its own (`chart.mjs`); all else that is shown is text, and shown as what
 * it is.
 */
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

/**
 * @param {Record<string, Record<string, string>>} shapes
 * @param {any} message
 */
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
