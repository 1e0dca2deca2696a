/** What is known of the reader's link and machine. */

/** Whether bytes are dear or slow here: then nothing is fetched before it is asked for, and the least of it. */
export function isMetered() {
  const { saveData, type, effectiveType } = /** @type {any} */ (navigator).connection ?? {};
  return saveData === true || type === "cellular" || ["slow-2g", "2g", "3g"].includes(effectiveType);
}

/** Whether a Python may stand ready before it is needed: not where memory is small or bytes cost money. */
export function mayStandReady() {
  const { deviceMemory = 8 } = /** @type {any} */ (navigator);
  return deviceMemory > 2 && !isMetered();
}

/**
 * Whether the page is in a hand: that has a slow processor, which lays the page out meanwhile, and scrolls or touches
 * before it presses anything.
 */
export const isHeld = () => matchMedia("(pointer: coarse)").matches;

/** Milliseconds within which a small file comes from a host that is near. */
const NEAR = 40;

/** Whether a file came so soon that whatever the page fetches at the same time does too. @param {string} url */
export function cameSoon(url) {
  const [came] = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByName(url));
  return came !== undefined && came.responseEnd - came.startTime < NEAR;
}
