/** How good the network is and what is in it: who is taken for whom, and what its first neurons look for. */

import { bytesOf, hint, make, numbers, row } from "../../lab/parts.mjs";
import { named } from "../animals.mjs";
import { KINDS } from "./kinds.mjs";
import { picture } from "./paint.mjs";
import { say } from "../../words/say.mjs";

/** @import { Inside, Tests } from "./answers.mjs" */

export class InsideView {
  #matrices = make("div", { className: "matrices" });
  #neurons = make("div", { className: "neurons" });
  node = make(
    "section",
    { hidden: true, data: { part: "inside" }, "aria-label": say("Inside the network") },
    make("h4", {}, say("What is taken for what")),
    this.#matrices,
    make("h4", {}, say("What the first neurons look for")),
    hint(
      say(
        "Each neuron's weights as a picture: " +
          "it is loudest where the photograph is bright on green and dark on purple. " +
          "Below it stands the kind that it speaks for most.",
      ),
    ),
    this.#neurons,
  );

  /** @param {Tests} tests */
  showTests(tests) {
    this.node.hidden = false;
    this.#matrices.replaceChildren(
      matrix(say("New photographs of known breeds"), tests.test.confusion),
      matrix(say("New breeds"), tests.new_breeds.confusion),
    );
  }

  /** @param {Inside} inside */
  showNeurons({ neurons }) {
    this.node.hidden = false;
    this.#neurons.replaceChildren(
      ...neurons.map(({ number, picture: colours, says }) => {
        const label = says
          ? say("Neuron {number}, speaks for {kind}", { number, kind: named(says) })
          : say("Neuron {number}", { number });
        const caption = make("figcaption", {}, says ? named(says) : String(number));
        return make("figure", {}, picture(bytesOf(colours), label), caption);
      }),
    );
  }

  clear() {
    this.node.hidden = true;
  }
}

/** @param {string} title @param {number[][]} counts  one row a true kind */
function matrix(title, counts) {
  const rows = counts.map((own, i) => {
    const total = own.reduce((sum, count) => sum + count, 0);
    const made = row(named(KINDS[i]), own.map(String));
    made.cells[i + 1].className = "right";
    own.forEach((count, j) =>
      made.cells[j + 1].style.setProperty("--share", String(total ? (count / total).toFixed(3) : 0)),
    );
    return made;
  });
  const caption = make("caption", {}, make("strong", {}, title), ` ${say("and the network says …")}`);
  const scroller = numbers(title, [say("it is a …"), ...KINDS.map(named)], rows);
  scroller.firstElementChild?.classList.add("matrix");
  scroller.firstElementChild?.prepend(caption);
  return scroller;
}
