/** One weight or bias, chosen in the picture or from a list: its number, how the last step made it, a new one. */

import { labelled, make } from "../../lab/parts.mjs";
import { makeButton } from "../../page/button.mjs";
import { at } from "./lesson-view.mjs";
import { workedWords } from "./reports.mjs";
import { say } from "../../words/say.mjs";

/** @import { Layers, Lesson } from "./answers.mjs" */
/** @import { NetworkView, Place } from "./network-view.mjs" */

/**
 * @typedef {object} Moment  of a training
 * @property {Layers} layers
 * @property {Lesson | undefined} told  the last step's numbers, while the network is where it led
 * @property {string | number} rate  the learning rate
 * @property {boolean} isTraining
 */

export class WeightView {
  form = make("form", { data: { part: "weight" }, hidden: true });
  #places;
  /** The same by name, for whom a line is too thin to meet. */
  list;
  #id;
  #network;
  #wants;
  /** @type {Place | undefined} */
  #chosen;
  /** @type {Moment | undefined} */
  #moment;

  /**
   * @param {string} id  of the lab
   * @param {NetworkView} network
   * @param {{set: (place: Place, value: number) => void, announce: (text: string) => void}} wants
   */
  constructor(id, network, wants) {
    this.#id = id;
    this.#network = network;
    this.#wants = wants;
    this.#places = make("select", { id: `${id}-place`, name: "place" });
    this.list = labelled(this.#places, say("Weight or bias"));
    this.#places.addEventListener("change", () => {
      if (this.#places.value) this.choose(JSON.parse(this.#places.value), true);
      else this.#close();
    });
  }

  /** @param {Place} place @param {boolean} [isListed]  the list keeps the focus */
  choose(place, isListed = false) {
    this.#chosen = place;
    this.#places.value = JSON.stringify(place);
    this.#network.mark(place);
    const id = `${this.#id}-weight`;
    const input = make("input", { id, type: "number", step: "any", name: "weight", autocomplete: "off" });
    const set = make("button", { type: "submit" }, say("Set"));
    const close = makeButton(say("Close"), "close", () => this.#close());
    const label = make("label", { htmlFor: id }, this.#network.nameOf(place));
    const worked = make("p", { className: "hint", data: { part: "worked" } });
    this.form.replaceChildren(label, input, set, close, worked);
    this.form.hidden = false;
    this.form.onsubmit = (event) => {
      event.preventDefault();
      if (Number.isFinite(input.valueAsNumber)) this.#wants.set(place, input.valueAsNumber);
    };
    this.form.onkeydown = (event) => {
      if (event.key === "Escape") this.#close();
    };
    this.#show();
    if (isListed) return this.#wants.announce(`${this.#network.nameOf(place)}: ${input.value}`);
    input.focus();
    input.select();
  }

  /** @param {Moment} moment */
  show(moment) {
    this.#moment = moment;
    this.#show();
    this.#fill();
  }

  #close() {
    const place = this.#chosen;
    this.#chosen = undefined;
    this.#network.mark();
    this.#places.value = "";
    this.form.hidden = true;
    if (place) this.#network.focus(place);
  }

  #show() {
    const place = this.#chosen;
    if (!place || !this.#moment) return;
    if (!this.#network.has(place)) return void (this.form.hidden = true);
    const { layers, told, rate, isTraining } = this.#moment;
    const input = /** @type {HTMLInputElement} */ (this.form.querySelector("input"));
    const now = at(layers, place);
    if (document.activeElement !== input || !isTraining)
      input.value = now === null ? "" : String(Number(now.toFixed(4)));
    const worked = /** @type {HTMLElement} */ (this.form.querySelector("[data-part=worked]"));
    worked.textContent = told ? workedWords(told, place, now, rate) : say("Press Step to see how one step changes it.");
  }

  #fill() {
    const { places } = this.#network;
    if (places.length === this.#places.options.length - 1) return;
    const options = places.map((place) => new Option(this.#network.nameOf(place), JSON.stringify(place)));
    this.#places.replaceChildren(new Option(say("choose it here, or in the picture"), ""), ...options);
    this.#places.value = this.#chosen ? JSON.stringify(this.#chosen) : "";
  }
}
