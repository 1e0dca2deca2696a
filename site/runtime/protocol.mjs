/**
 * What kernel and worker say to each other: plain JSON objects over postMessage.
 *
 * @typedef {{type: "stream", name: string, text: string}} StreamOutput
 * @typedef {{type: "display" | "result", data: Record<string, any>}} DataOutput
 * @typedef {{type: "error", name: string, message: string, line: number | null, traceback: string, hint: string}} ErrorOutput
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
 * @typedef {{type: "open", page: string, cells: {id: string, source: string, names: Names, shown: string | null}[], expressions: string[]}} Open
 * @typedef {{type: "run", ticket: number, page: string, sources: Record<string, string>, targets: string[],
 *   agreed: string[], foreign: string[]}} Run  foreign: code from a link; agreed: targets that the reader said Run of
 * @typedef {{type: "call", ticket: number, page: string, cell: string, name: string, arguments: Record<string, unknown>,
 *   session: string, isNew: boolean, kept: unknown}} Call  `name(session, **arguments)`; a new session begins from `kept`
 * @typedef {Open | Run | Call} Request  kernel to worker
 *
 * @typedef {{type: "loading", phase: string, loaded: number, total: number}} Loading
 * @typedef {{type: "ready", python: string, numpy: string, milliseconds: number}} Ready
 * @typedef {{type: "failed", phase: string, message: string}} Failed
 * @typedef {{type: "plan", ticket: number, ids: string[]}} Plan
 * @typedef {{type: "begin", ticket: number, id: string}} Begin
 * @typedef {{type: "result", ticket: number, id: string, outputs: Output[], milliseconds: number, defines: string[],
 *   reads: string[], parameters: Parameter[] | null, broken: Broken[], worn?: boolean}} Result  worn: this Python had better be replaced
 * @typedef {{type: "values", ticket: number, values: Record<string, Value>}} Values
 * @typedef {{type: "finished", ticket: number}} Finished
 * @typedef {{type: "called", ticket: number, value?: any, outputs?: Output[], error?: ErrorOutput, cell?: string,
 *   lacking?: boolean, worn?: boolean}} Called  lacking: the cell must be run before; cell: whose line the error goes back to
 * @typedef {Loading | Ready | Failed | Plan | Begin | Result | Values | Finished | Called} Report  worker to kernel
 */

/** @type {Record<string, (value: unknown) => boolean>} */
const kinds = {
  text: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  list: (value) => Array.isArray(value),
  table: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

/** @type {Record<string, Record<string, string>>} */
const requests = {
  open: { page: "text", cells: "list", expressions: "list" },
  run: { ticket: "number", page: "text", sources: "table", targets: "list", agreed: "list", foreign: "list" },
  call: { ticket: "number", page: "text", cell: "text", name: "text", arguments: "table", session: "text" },
};

/** @type {Record<string, Record<string, string>>} */
const reports = {
  loading: { phase: "text", loaded: "number", total: "number" },
  ready: { python: "text", numpy: "text", milliseconds: "number" },
  failed: { phase: "text", message: "text" },
  plan: { ticket: "number", ids: "list" },
  begin: { ticket: "number", id: "text" },
  result: { ticket: "number", id: "text", outputs: "list", milliseconds: "number", defines: "list", reads: "list", broken: "list" },
  values: { ticket: "number", values: "table" },
  finished: { ticket: "number" },
  called: { ticket: "number" },
};

/**
 * @param {Record<string, Record<string, string>>} shapes
 * @param {any} message
 */
function check(shapes, message) {
  const shape = kinds.table(message) && Object.hasOwn(shapes, message.type) ? shapes[message.type] : undefined;
  if (shape === undefined) {
    throw new TypeError(`unknown message ${JSON.stringify(message)?.slice(0, 80)}; known: ${Object.keys(shapes).join(", ")}`);
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
