/** Random numbers that are the same in every run, for tests that try many things. */

/**
 * Mulberry32, by Tommy Ettinger (2017, public domain).
 * @param {number} seed @returns {(most: number) => number} a whole number below `most`
 */
export function dice(seed) {
  return (most) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
}
