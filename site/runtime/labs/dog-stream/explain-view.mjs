/** One picture seen closely: what spoke for the guess, and how the loss comes out of the logits. */

import { bytesOf, hint, make, numbers, row } from "../../lab/parts.mjs";
import { makeButton } from "../../page/button.mjs";
import { share } from "./bars.mjs";
import { named } from "../animals.mjs";
import { KINDS } from "./kinds.mjs";
import { picture } from "./paint.mjs";
import { decimal, say } from "../../words/say.mjs";

/** @import { Look } from "./answers.mjs" */

export class ExplainView {
  node = make("section", {
    ...{ hidden: true, tabIndex: -1, data: { part: "explanation" }, "aria-label": say("One picture, seen closely") },
  });

  #back;
  /** What had the focus before. @type {Element | null} */
  #opener = null;

  /** @param {() => HTMLElement} back  where the focus goes if what had it is gone */
  constructor(back) {
    this.#back = back;
    this.node.addEventListener("keydown", ({ key }) => key === "Escape" && this.hide());
  }

  /** @param {string} title @param {Uint8Array} pixels @param {Look} look */
  show(title, pixels, look) {
    const { kind, guess, loss } = look;
    const pictures = [figure(pixels, say("the picture")), spoken(look.spoke_for, guess)];
    if (kind && kind !== guess && look.spoke_for_truth) pictures.push(spoken(look.spoke_for_truth, kind));
    const close = makeButton(say("Close"), "close", () => this.hide());
    const parts = [
      make("div", { className: "head" }, make("h4", {}, title), close),
      make("div", { className: "pictures" }, ...pictures),
      hint(
        say(
          "A grey square was laid over every place in turn. " +
            "Where the probability fell, what was covered had spoken for it.",
        ),
      ),
      table(look),
    ];
    if (kind && typeof loss === "number")
      parts.push(make("p", { data: { part: "loss" } }, lossWords(look, kind, loss)));
    if (!this.node.contains(document.activeElement)) this.#opener = document.activeElement;
    this.node.replaceChildren(...parts);
    this.node.hidden = false;
    this.node.focus({ preventScroll: true });
  }

  /** The focus goes back to where it came from. */
  hide() {
    const hadFocus = this.node.contains(document.activeElement);
    this.node.hidden = true;
    this.node.replaceChildren();
    if (!hadFocus) return;
    const isThere = this.#opener instanceof HTMLElement && this.#opener.isConnected && this.#opener !== document.body;
    (isThere ? /** @type {HTMLElement} */ (this.#opener) : this.#back()).focus();
  }
}

/** @param {Uint8Array} pixels @param {string} caption @param {string} [label] */
function figure(pixels, caption, label = "") {
  return make("figure", {}, picture(pixels, label), make("figcaption", {}, caption));
}

/** What spoke for a kind. @param {string} pixels @param {string} kind */
const spoken = (pixels, kind) =>
  figure(
    bytesOf(pixels),
    say("spoke for {kind}", { kind: named(kind) }),
    say("Green spoke for {kind}, purple against.", { kind: named(kind) }),
  );

/** @param {Look} look */
function table({ logits, shifted, exponentials, total, probabilities, kind }) {
  const rows = KINDS.map((name, i) => {
    const cells = [
      logits[i].toFixed(3),
      shifted[i].toFixed(3),
      exponentials[i].toPrecision(3),
      share(probabilities[i], 4),
    ].map((text) => text.replace("-", "−"));
    if (name !== kind) return row(named(name), cells);
    const own = row(say("{kind} (true)", { kind: named(name) }), cells);
    own.className = "true";
    return own;
  });
  const sum = row(say("sum"), ["", "", total.toPrecision(4), "1"]);
  const head = [say("kind"), say("logit z"), say("z − largest"), say("e to that"), say("probability")];
  return numbers(say("From the logits to the probabilities"), head, [...rows, sum]);
}

/** @param {Look} look @param {string} kind @param {number} loss */
function lossWords({ probabilities, guess }, kind, loss) {
  const probability = decimal(probabilities[KINDS.indexOf(kind)].toPrecision(3));
  const is = say("It is a {kind}.", { kind: named(kind) });
  const verdict = kind === guess ? say("It is right.") : say("It says {guess}: a mistake.", { guess: named(guess) });
  const cost = say("The loss is −ln {probability} = {loss} nats.", { probability, loss: decimal(loss.toFixed(4)) });
  return `${is} ${verdict} ${cost}`;
}
