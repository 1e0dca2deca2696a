/** The numbers of one step: which records, what the network said, how wrong that was, and what it did to a weight. */

import { hint, make, numbers, row } from "../../lab/parts.mjs";
import { named } from "../animals.mjs";
import { counted, decimal, say } from "../../words/say.mjs";

/** @import { Layers, Lesson } from "./answers.mjs" */
/** @import { Place } from "./network-view.mjs" */

/** @param {number | null} value @param {number} [digits] */
export function digits(value, digits = 4) {
  if (value === null) return "nan";
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

/** @param {Layers} layers @param {Place} place @returns {number | null} */
export const at = (layers, { layer, row, column }) =>
  row < 0 ? layers[layer][1][column] : layers[layer][0][row][column];

/** The weight with the steepest slope. @param {Layers} gradients @returns {Place} */
function steepest(gradients) {
  /** @type {{place: Place, size: number}} */
  let best = { place: { layer: 0, row: 0, column: 0 }, size: -1 };
  gradients.forEach(([weights], layer) =>
    weights.forEach((slopes, row) =>
      slopes.forEach((slope, column) => {
        const size = Math.abs(slope ?? 0);
        if (size > best.size) best = { place: { layer, row, column }, size };
      }),
    ),
  );
  return best.place;
}

/** @param {Lesson} lesson @param {{kinds: string[], inputs: string[], step: number}} names @returns {Node[]} */
export function lessonNodes({ n_records, loss, records, gradients }, { kinds, inputs, step }) {
  const more = n_records - records.length;
  const learned =
    more > 0
      ? say("It learned from {count} records, the first {some} of them here. Their mean loss was {loss} nats.", {
          ...{ count: n_records, some: records.length },
        })
      : counted(
          n_records,
          "It learned from one record. Their mean loss was {loss} nats.",
          "It learned from {count} records. Their mean loss was {loss} nats.",
        );
  const [before, after] = learned.split("{loss}");
  const body = records.flatMap(({ place, kind, logits, probabilities, errors, surprise }) => {
    const told = inputs.map((name, i) => `${name} ${digits(place[i], 2)}`).join(", ");
    const rows = /** @type {[string, number[]][]} */ ([
      ["logits", logits],
      ["softmax", probabilities],
      ["p − y", errors],
    ]);
    return rows.map(([name, values], i) => {
      const own = row(
        name,
        values.map((value) => digits(value, 3)),
      );
      own.cells[kind + 1].className = "true";
      if (i > 0) return own;
      own.prepend(make("th", { scope: "rowgroup", rowSpan: 3 }, make("strong", {}, named(kinds[kind])), ` ${told}`));
      own.append(make("td", { rowSpan: 3 }, digits(surprise, 4)));
      return own;
    });
  });
  const steep = steepest(gradients);
  const shown = make("strong", { data: { figure: "step-loss" } }, loss === null ? "nan" : loss.toFixed(4));
  return [
    make("h2", {}, say("Step {step}, in numbers", { step })),
    make("p", {}, before, shown, after),
    numbers(say("Numbers of the step"), [say("record"), say("number"), ...kinds.map(named), say("its loss")], body),
    hint(
      say(
        "A record's loss is −ln of the probability of what it was (bold). " +
          "p − y is what goes back through the network. The steepest slope of a weight was {slope}.",
        { slope: decimal(digits(at(gradients, steep))) },
      ),
    ),
  ];
}
