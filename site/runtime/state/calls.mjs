/** Calls of cells' functions on their way to Python, who waits for them, and which sessions this Python knows. */

/** @import { Life } from "../python/life.mjs" */
/** @import { Cell } from "./pages.mjs" */
/** @import { Call, Called } from "../python/protocol.mjs" */

/**
 * @typedef {{call: Omit<Call, "isNew">, isPosted: boolean,
 *   resolve: (called: Called) => void, reject: (reason: Error) => void}} Waiter
 */

export class Calls {
  #life;
  #ticket = 0;
  /** By ticket, oldest first. @type {Map<number, Waiter>} */
  #waiters = new Map();
  /** The life of Python in which each session was called last. @type {Map<string, number>} */
  #sessions = new Map();

  /** @param {Life} life */
  constructor(life) {
    this.#life = life;
  }

  /** Whether Python is at no call. */
  get isIdle() {
    return ![...this.#waiters.values()].some(({ isPosted }) => isPosted);
  }

  /**
   * @param {Cell} cell @param {string} name @param {Record<string, unknown>} named @param {string} session
   * @param {unknown} kept @returns {Promise<Called>}
   */
  call({ page, id: cell }, name, named, session, kept) {
    const ticket = ++this.#ticket;
    return new Promise((resolve, reject) => {
      const call = { type: /** @type {const} */ ("call"), ticket, page, cell, name, arguments: named, session, kept };
      this.#waiters.set(ticket, { call, isPosted: false, resolve, reject });
      if (this.#life.python.state === "ready") this.begin();
    });
  }

  /** The next call begins this session anew. @param {string} page @param {string} session */
  renew(page, session) {
    this.#sessions.delete(`${page} ${session}`);
  }

  /** A Python is ready: what waits for one is posted. */
  begin() {
    for (const waiter of this.#waiters.values()) {
      if (waiter.isPosted) continue;
      waiter.isPosted = true;
      const key = `${waiter.call.page} ${waiter.call.session}`;
      const isNew = this.#sessions.get(key) !== this.#life.number;
      this.#sessions.set(key, this.#life.number);
      this.#life.send({ ...waiter.call, isNew, kept: isNew ? waiter.call.kept : null });
    }
  }

  /** @param {Called} called */
  hear(called) {
    const waiter = this.#waiters.get(called.ticket);
    this.#waiters.delete(called.ticket);
    if (called.worn) this.#life.wear();
    waiter?.resolve(called);
  }

  /** There will be no answer. @param {Error} reason */
  end(reason) {
    const waiters = [...this.#waiters.values()];
    this.#waiters.clear();
    for (const { reject } of waiters) reject(reason);
  }
}
