/** One Python in its worker: how far its start has come, what it says, and its end. */

import { asReport } from "./protocol.mjs";
import { startPython } from "./launch.mjs";

/** @import { Report, Request } from "./protocol.mjs" */

export class Interpreter {
  /** @type {"loading" | "ready" | "failed"} */
  state = "loading";
  progress = { phase: "Fetching Python", loaded: 0, total: 0 };
  #worker = startPython();
  #isOver = false;

  /** @param {(reports: Report[], from: Interpreter) => void} hear  what came together */
  constructor(hear) {
    this.#worker.onmessage = ({ data }) => this.#hear(data.map(understood), hear);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      const message = event.message || "the worker could not be started";
      this.#hear([{ type: "failed", phase: "worker", message }], hear);
    };
  }

  /** @param {Request} request */
  send(request) {
    this.#worker.postMessage(request);
  }

  /** At once, whatever it is at; what it still says is not heard. */
  end() {
    this.#isOver = true;
    this.#worker.terminate();
  }

  /** @param {Report[]} reports @param {(reports: Report[], from: Interpreter) => void} hear */
  #hear(reports, hear) {
    if (this.#isOver) return;
    for (const report of reports) {
      if (report.type === "loading")
        this.progress = { phase: report.phase, loaded: report.loaded, total: report.total };
      else if (report.type === "ready") this.state = "ready";
      else if (report.type === "failed" && this.state === "loading") this.state = "failed";
    }
    hear(reports, this);
  }
}

/**
 * What cannot be a report of ours is the end of that Python: code in it may have put it together.
 * @param {unknown} data @returns {Report}
 */
function understood(data) {
  try {
    return asReport(data);
  } catch (error) {
    return {
      type: "failed",
      phase: "worker",
      message: `Python said what it may not: ${/** @type {Error} */ (error).message}`,
    };
  }
}
