/** Runs Python. Knows nothing of the page: JSON comes in, JSON goes out. */

import { limits } from "./config.mjs";
import { fetchPython } from "./download.mjs";
import { asRequest } from "./protocol.mjs";

/** @import { Report, Run } from "./protocol.mjs" */

/**
 * `cells.host`: takes and gives text of JSON.
 *
 * @typedef {object} Host
 * @property {(page: string, program: string) => void} open
 * @property {(page: string, sources: string, targets: string) => string} plan
 * @property {(page: string, cell: string) => string} run
 * @property {(page: string) => string} values
 */

/** The newest run of each page that has not begun. @type {Map<string, Run>} */
const waiting = new Map();
let busy = false;

/** @param {Report} report */
const post = (report) => self.postMessage(report);

/** @param {string} phase @param {unknown} error */
const fail = (phase, error) => post({ type: "failed", phase, message: error instanceof Error ? error.message : String(error) });

/** Lets the messages in that have come meanwhile; a timer would be held up by 4 ms. */
const turn = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(undefined);
  });

/** @param {Host} host @param {Run} run */
async function execute(host, { ticket, page, sources, targets }) {
  const started = performance.now();
  const outdated = () => waiting.has(page) && performance.now() - started > limits.patience;
  /** @type {string[]} */
  const ids = JSON.parse(host.plan(page, JSON.stringify(sources), JSON.stringify(targets)));
  post({ type: "plan", ticket, ids });
  for (const id of ids) {
    if (outdated()) return post({ type: "finished", ticket, superseded: true });
    post({ type: "begin", ticket, id });
    post({ type: "result", ticket, id, ...JSON.parse(host.run(page, id)) });
    await turn();
  }
  post({ type: "values", ticket, values: JSON.parse(host.values(page)) });
  post({ type: "finished", ticket, superseded: false });
}

/** @param {Host} host */
async function work(host) {
  if (busy) return;
  busy = true;
  try {
    for (const [page, run] of waiting) {
      waiting.delete(page);
      await execute(host, run);
    }
  } catch (error) {
    fail("running", error); // Python itself broke: what a cell raises is an output
  }
  busy = false;
}

async function start() {
  const started = performance.now();
  try {
    const { pyodide, versions } = await fetchPython((phase, loaded, total) => post({ type: "loading", phase, loaded, total }));
    /** @type {Host} */
    const host = pyodide.pyimport("cells.host");
    self.onmessage = ({ data }) => {
      const request = asRequest(data);
      if (request.type === "open") {
        host.open(request.page, JSON.stringify({ cells: request.cells, expressions: request.expressions }));
      } else {
        const older = waiting.get(request.page);
        if (older) post({ type: "finished", ticket: older.ticket, superseded: true });
        waiting.set(request.page, request);
        work(host);
      }
    };
    post({ type: "ready", ...versions, milliseconds: Math.round(performance.now() - started) });
  } catch (error) {
    fail("loading", error);
  }
}

start();
