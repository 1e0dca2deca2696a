/** Lines that the author of a page folded away, in the editor: as in the listing that it takes the place of. */

import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, WidgetType } from "@codemirror/view";

/** @import { DecorationSet } from "@codemirror/view" */
/** @import { EditorState } from "@codemirror/state" */

/** @type {import("@codemirror/state").StateEffectType<boolean>} */
export const setFolded = StateEffect.define();

class Gap extends WidgetType {
  toDOM() {
    const node = document.createElement("div");
    node.dataset.part = "gap";
    return node;
  }
  eq() {
    return true;
  }
  ignoreEvent() {
    return false;
  }
}

/** @typedef {{lines: DecorationSet, isFolded: boolean}} Folded */

const folded = StateField.define({
  /** @returns {Folded} */
  create: () => ({ lines: Decoration.none, isFolded: false }),
  update({ lines, isFolded }, transaction) {
    lines = lines.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(setFolded)) isFolded = effect.value;
    return { lines, isFolded };
  },
  provide: (field) => EditorView.decorations.from(field, ({ lines, isFolded }) => (isFolded ? lines : Decoration.none)),
});

/** Whether a place is folded away. @param {EditorState} state @param {number} at */
export function isIn(state, at) {
  const { lines, isFolded } = state.field(folded);
  let isInside = false;
  if (isFolded) lines.between(at, at, () => void (isInside = true));
  return isInside;
}

/** @param {{folds: {from: number, to: number}[], isFolded: boolean, unfold: () => void}} options */
export function folding({ folds, isFolded, unfold }) {
  const lines = Decoration.set(
    folds.map(({ from, to }) => Decoration.replace({ block: true, widget: new Gap() }).range(from, to)),
  );
  return [
    folded.init(() => ({ lines, isFolded })),
    EditorView.updateListener.of(({ transactions, state, startState }) => {
      // Who goes into the lines, selects or changes them, sees them: Firefox selects all but what is out of sight.
      const isGone = transactions.some(
        ({ selection, changes }) =>
          (selection && (isIn(state, state.selection.main.head) || isSelected(state))) ||
          isChanged(startState, changes),
      );
      if (isGone) queueMicrotask(unfold);
    }),
    EditorView.domEventHandlers({
      mousedown: ({ target }) => {
        const isGap = target instanceof Element && target.closest("[data-part=gap]") !== null;
        if (isGap) unfold();
        return isGap;
      },
    }),
  ];
}

/** Whether some of it is folded away. @param {EditorState} state @param {number} from @param {number} to */
function reaches(state, from, to) {
  const { lines, isFolded } = state.field(folded);
  let isReached = /** @type {boolean} */ (false);
  if (isFolded) lines.between(from, to, (start, end) => void (isReached ||= to > start && from < end));
  return isReached;
}

/** @param {EditorState} state */
const isSelected = (state) => state.selection.ranges.some(({ from, to }) => from < to && reaches(state, from, to));

/** @param {EditorState} state  before @param {import("@codemirror/state").ChangeSet} changes */
function isChanged(state, changes) {
  let isTouched = false;
  changes.iterChangedRanges((from, to) => void (isTouched ||= reaches(state, from, to)));
  return isTouched;
}
