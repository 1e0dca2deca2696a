/** What the reader sees of a page, told to the kernel: when a control moves, that is computed first. */

import { kernel } from "../state/kernel.mjs";

/** @import { Seen } from "../state/pages.mjs" */

/** @type {WeakMap<Element, {page: string, seen: Seen}>} */
const watched = new WeakMap();
const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const { page, seen } = /** @type {{page: string, seen: Seen}} */ (watched.get(target));
    kernel.see(page, target, isIntersecting ? seen : undefined);
  }
});

/** @param {Element} element  one that is taken out of the page is out of sight, too @param {string} page @param {Seen} seen  what it shows */
export function watchSight(element, page, seen) {
  watched.set(element, { page, seen });
  watcher.observe(element);
}
