/** The latest wins: what takes its time may be outdated when it is done. */

export class Latest {
  #turn = 0;

  /** Something begins, and what began before is outdated. @returns whether it is still the latest */
  begin() {
    const turn = ++this.#turn;
    return () => turn === this.#turn;
  }
}

/**
 * One thing at a time: of what comes while one is at work, the last is done after it, and the others are not.
 * @template T
 * @param {(value: T, isLast: () => boolean) => Promise<void>} work  asks whether another waits already
 * @returns {(value: T) => Promise<void>} kept when nothing waits any more
 */
export function oneAtATime(work) {
  /** @type {{value: T} | undefined} */
  let next;
  let isAtWork = false;
  return async (value) => {
    next = { value };
    if (isAtWork) return;
    isAtWork = true;
    try {
      while (next) {
        const { value } = next;
        next = undefined;
        await work(value, () => next === undefined);
      }
    } finally {
      isAtWork = false;
    }
  };
}
