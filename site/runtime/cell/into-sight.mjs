/** What came of a run, in sight: the output stands above the code, an error right before it. */

/** Pixels of it that are enough to see that it has changed. */
const ENOUGH = 120;

/**
 * Below the bar of the page, and below an output that stays in sight.
 * @param {HTMLElement[]} parts  the first that has something counts
 */
export function bringIntoSight(parts) {
  const part = parts.find(({ offsetHeight }) => offsetHeight > 0);
  if (part === undefined) return;
  const bar = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
  const stays = parts.filter((other) => other !== part && getComputedStyle(other).position === "sticky");
  const free = stays.reduce((sum, { offsetHeight }) => sum + offsetHeight, bar);
  const { top, bottom, height } = part.getBoundingClientRect();
  const enough = Math.min(height, ENOUGH);
  if (bottom < free + enough) scrollBy(0, top - free);
  else if (top + enough > innerHeight) part.scrollIntoView({ block: "nearest" });
}
