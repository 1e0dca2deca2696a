/** Literals that have a control, in the editor; what describes it is out of sight but where the caret is. */

import { StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

/** @import { EditorState } from "@codemirror/state" */
/** @import { DecorationSet } from "@codemirror/view" */

const LINE = /^([\p{L}_][\p{L}\p{N}_]*)([ \t]*=[ \t]*)([^#\n]*?)([ \t]*#\s*@param\b[ \t]*(\{?).*)$/gmu;
const NUMBER = /^[-+]?[\d._]+(?:[eE][-+]?\d+)?$/;

/** @param {EditorState} state @returns {DecorationSet} */
function marksOf(state) {
  const { main } = state.selection;
  const text = state.doc.toString();
  if (!text.includes("@param")) return Decoration.none;
  /** @type {ReturnType<Decoration["range"]>[]} */
  const marks = [];
  for (const match of text.matchAll(LINE)) {
    const [whole, name, equals, literal, tail, brace] = match;
    const from = match.index + name.length + equals.length;
    const end = match.index + whole.length;
    if (brace && NUMBER.test(literal)) {
      marks.push(Decoration.mark({ attributes: { "data-literal": name } }).range(from, from + literal.length));
    }
    const isHere = main.from <= end && main.to >= match.index;
    if (!isHere) marks.push(Decoration.replace({}).range(end - tail.length, end));
  }
  return Decoration.set(marks, true);
}

export const numbers = StateField.define({
  create: marksOf,
  update: (marks, transaction) =>
    transaction.docChanged || transaction.selection ? marksOf(transaction.state) : marks,
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * The number on the caret's line, one step up or down.
 * @param {EditorView} view @param {1 | -1} by @param {(name: string, by: 1 | -1) => void} step
 */
export function stepAt(view, by, step) {
  const line = view.state.doc.lineAt(view.state.selection.main.head);
  const [match] = line.text.matchAll(LINE);
  if (!match?.[5] || !NUMBER.test(match[3])) return false;
  step(match[1], by);
  return true;
}
