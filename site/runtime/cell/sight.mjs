/** What the reader sees of a page, told to the kernel: when a control moves, that is computed first. */

/** @import { Kernel } from "../state/kernel.mjs" */
/** @import { Seen } from "../state/pages.mjs" */

export class Sight {
  /** @type {WeakMap<Element, {page: string, seen: Seen}>} */
  #watched = new WeakMap();
  #watcher;

  /** @param {Kernel} kernel */
  constructor(kernel) {
    this.#watcher = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const { page, seen } = /** @type {{page: string, seen: Seen}} */ (this.#watched.get(target));
        kernel.see(page, target, isIntersecting ? seen : undefined);
      }
    });
  }

  /**
   * @param {Element} element  one that is taken out of the page is out of sight, too @param {string} page
   * @param {Seen} seen  what it shows
   */
  watch(element, page, seen) {
    this.#watched.set(element, { page, seen });
    this.#watcher.observe(element);
  }
}
