/** What main makes once and hands to all elements. */

/** @import { Kernel } from "../state/kernel.mjs" */
/** @import { Sight } from "./sight.mjs" */
/** @import { Voice } from "./voice.mjs" */

/** @typedef {{kernel: Kernel, sight: Sight, voice: Voice}} Given */

/** An element of ours: its class is given what it needs before the browser makes the first. */
export class GivenElement extends HTMLElement {
  /** @type {Given} */
  static given;

  get kernel() {
    return GivenElement.given.kernel;
  }
}
