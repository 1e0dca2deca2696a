/** Who waits for a run, from the press on: `run()` promises its outputs. */

/** @import { Cell } from "./pages.mjs" */
/** @import { Output } from "../python/protocol.mjs" */

/**
 * @typedef {object} Waiter
 * @property {Cell} cell
 * @property {(outputs: Output[]) => void} resolve
 * @property {(reason: Error) => void} reject
 * @property {number} [ticket]  of the run that was posted for it
 */

export class Waiters {
  /** @type {Set<Waiter>} */
  #all = new Set();

  /** @param {Cell} cell @returns {Promise<Output[]>} */
  add(cell) {
    const promise = new Promise((resolve, reject) => this.#all.add({ cell, resolve, reject }));
    promise.catch(() => {}); // whoever awaits it is told; a button does not
    return promise;
  }

  /** Whether somebody waits on a page. @param {string} page */
  isOn(page) {
    return [...this.#all].some(({ cell }) => cell.page === page);
  }

  /** A run of a page was posted for all who wait there. @param {string} page @param {number} ticket */
  post(page, ticket) {
    for (const waiter of this.#all) if (waiter.cell.page === page) waiter.ticket ??= ticket;
  }

  /** What was posted is gone: it is posted again. */
  repost() {
    for (const waiter of this.#all) waiter.ticket = undefined;
  }

  /** A cell is done, in a run of that number. @param {Cell} cell @param {number} ticket @param {Output[]} outputs */
  resolve(cell, ticket, outputs) {
    for (const waiter of this.#all) {
      if (waiter.cell !== cell || waiter.ticket === undefined || waiter.ticket > ticket) continue;
      this.#all.delete(waiter);
      waiter.resolve(outputs);
    }
  }

  /** @param {Error} reason @param {(waiter: Waiter) => boolean} [isMeant]  all, if it is left out */
  reject(reason, isMeant = () => true) {
    for (const waiter of this.#all) {
      if (!isMeant(waiter)) continue;
      this.#all.delete(waiter);
      waiter.reject(reason);
    }
  }
}
