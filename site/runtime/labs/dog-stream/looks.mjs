/** What the network that is there says of pictures: of one seen closely, of the reader's own, of all that came past. */

import { ExplainView } from "./explain-view.mjs";
import { OwnView } from "./own-view.mjs";
import { base64Of } from "./paint.mjs";
import { say } from "../../words/say.mjs";

/** @import { Host } from "../../lab/lab.mjs" */

export class Looks {
  explain;
  own;
  #session;
  #isThere;

  /**
   * @param {Host} host
   * @param {() => boolean} isThere  a network that has learned
   * @param {() => HTMLElement} heir  takes the focus when the explanation is closed
   */
  constructor({ session, announce }, isThere, heir) {
    this.#session = session;
    this.#isThere = isThere;
    this.explain = new ExplainView(heir);
    this.own = new OwnView(
      async (pixels) => (await this.ask("look", { pixels: base64Of(pixels) }))?.probabilities,
      (pixels) => void this.show(say("Your picture"), pixels, ""),
      announce,
    );
  }

  /**
   * @param {string} name @param {Record<string, unknown>} named
   * @returns {Promise<any>} undefined where there is no network, or no answer
   */
  async ask(name, named) {
    if (!this.#isThere()) return undefined;
    try {
      await this.#session.prepare();
      return await this.#session.call(name, named);
    } catch (error) {
      if (/** @type {Error} */ (error).name !== "AbortError") console.warn(error);
      return undefined;
    }
  }

  /** One picture, closely. @param {string} title @param {Uint8Array} pixels @param {string} kind */
  async show(title, pixels, kind) {
    const look = await this.ask("look", { pixels: base64Of(pixels), kind });
    if (!look) return;
    this.explain.show(title, pixels, look);
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.explain.node.scrollIntoView({ block: "nearest", behavior: isCalm ? "auto" : "smooth" });
  }
}
