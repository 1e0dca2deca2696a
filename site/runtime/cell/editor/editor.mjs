/** The code editor, CodeMirror 6 made to look like the static code; bundled into site/vendor/editor.mjs. */

import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python, pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { Annotation, EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, keymap, ViewPlugin } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";
import { ends } from "../difference.mjs";
import { folding, isIn, setFolded } from "./folding.mjs";
import { numbers, stepAt } from "./numbers.mjs";
import { worksInText } from "../../page/keys.mjs";
import { say } from "../../words/say.mjs";

/** What CodeMirror itself says to who hears the editor. */
const phrases = {
  Completions: say("Completions"),
  "Control character": say("Control character"),
  "Selection deleted": say("Selection deleted"),
};

/** @import { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete" */
/** @import { DecorationSet, ViewUpdate } from "@codemirror/view" */

/**
 * @typedef {{line: number, message: string}} Mark
 *
 * @typedef {object} Options
 * @property {string} label  accessible name
 * @property {string} source
 * @property {{anchor: number, head: number}} selection
 * @property {boolean} isPassedThrough  reached with Tab: the next Tab goes on, until another key is pressed
 * @property {(source: string) => void} edited
 * @property {() => void} run
 * @property {() => {name: string, cell: string}[]} names
 * @property {() => Promise<Record<string, string[][]>>} completions
 * @property {{from: number, to: number}[]} folds  lines that the author folded away
 * @property {boolean} isFolded
 * @property {() => void} unfold  the reader has gone into them
 * @property {() => void} moved  lines are elsewhere than before
 * @property {(name: string, by: 1 | -1) => void} step  a number that has a control
 *
 * @typedef {ReturnType<typeof createEditor>} Editor
 */

/** How long Escape lets Tab leave, in milliseconds; any other key ends it sooner. */
const ESCAPE = 10_000;
/** How long Tab goes on from an editor that was reached with Tab. */
const PASSAGE = 600_000;

/** Marks a change that came from outside: it is not reported back. */
const fromOutside = Annotation.define();

/** Pygments' classes, so that one style sheet colours both. */
const pygments = tagHighlighter([
  { tag: tags.keyword, class: "k" },
  { tag: tags.operatorKeyword, class: "ow" },
  { tag: [tags.bool, tags.null], class: "kc" },
  { tag: tags.number, class: "mf" },
  { tag: [tags.string, tags.special(tags.string)], class: "s2" },
  { tag: tags.escape, class: "se" },
  { tag: tags.comment, class: "c1" },
  { tag: tags.function(tags.definition(tags.variableName)), class: "nf" },
  { tag: [tags.className, tags.definition(tags.className)], class: "nc" },
  { tag: tags.self, class: "bp" },
  { tag: tags.meta, class: "nd" },
]);

const BUILTINS = new Set(
  (
    "abs all any bin bool bytes callable chr complex dict dir divmod enumerate eval exec filter float format " +
    "frozenset getattr hasattr hash help hex id input int isinstance issubclass iter len list map max min next " +
    "object oct open ord pow print property range repr reversed round set setattr slice sorted str sum super tuple " +
    "type zip"
  ).split(" "),
);

/** What Pygments tells apart by the word or the place, and the grammar does not. */
const words = ViewPlugin.fromClass(
  class {
    /** @param {EditorView} view */
    constructor(view) {
      this.decorations = wordMarks(view);
    }
    /** @param {ViewUpdate} update */
    update(update) {
      const isParsed = syntaxTree(update.state) !== syntaxTree(update.startState);
      if (update.docChanged || update.viewportChanged || isParsed) this.decorations = wordMarks(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** @param {EditorView} view @returns {DecorationSet} */
function wordMarks(view) {
  /** @type {ReturnType<Decoration["range"]>[]} */
  const marks = [];
  const mark = (/** @type {string} */ name, /** @type {{from: number, to: number}} */ { from, to }) =>
    marks.push(Decoration.mark({ class: name }).range(from, to));
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter(node) {
        if (node.name === "VariableName") {
          const name = view.state.sliceDoc(node.from, node.to);
          if (node.node.parent?.name === "ImportStatement") {
            const isModule = node.node.prevSibling?.name !== "import" || node.node.parent.firstChild?.name === "import";
            if (isModule) mark("nn", node);
          } else if (/^[A-Z]\w*(?:Error|Exception|Warning)$/.test(name)) mark("ne", node);
          else if (BUILTINS.has(name)) mark("nb", node);
        } else if (node.name === "FormatSpec") {
          mark("s2", node);
        } else if (/^[{}]$/.test(node.name) && node.node.parent?.name === "FormatReplacement") {
          mark("si", node);
        } else if (node.name === "String" && node.node.parent?.name === "ExpressionStatement") {
          const statement = node.node.parent;
          if (!statement.prevSibling || statement.prevSibling.name === ":") mark("sd", node);
        }
      },
    });
  }
  return Decoration.set(marks, true);
}

const ERROR_LINE = Decoration.line({ class: "cm-error-line" });
/** Where it begins. @type {import("@codemirror/state").StateEffectType<number | undefined>} */
const setErrorLine = StateEffect.define();

const errorLine = StateField.define({
  /** @returns {DecorationSet} */
  create: () => Decoration.none,
  update(marks, transaction) {
    marks = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setErrorLine)) continue;
      const from = effect.value;
      marks = from === undefined ? Decoration.none : Decoration.set(ERROR_LINE.range(from));
    }
    return marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Measures come from the page's style sheet, which gives the static code the same. */
const theme = EditorView.theme({
  "&": { color: "inherit", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "inherit" },
  ".cm-content": { padding: "var(--code-pad-block) 0", caretColor: "var(--touch)" },
  ".cm-line": { padding: "0 var(--code-pad-inline)" },
  ".cm-cursor": { borderLeftColor: "var(--touch)", borderLeftWidth: "2px" },
});

/** @param {Options} options */
function completer({ names, completions }) {
  /** @param {CompletionContext} context @returns {Promise<CompletionResult | null>} */
  return async (context) => {
    const dotted = context.matchBefore(/[\p{L}_][\w.]*\.\w*/u);
    if (dotted) {
      const dot = dotted.text.lastIndexOf(".");
      const known = (await completions())[dotted.text.slice(0, dot)];
      return known ? { from: dotted.from + dot + 1, options: known.map(option), validFor: /^\w*$/ } : null;
    }
    const word = context.matchBefore(/[\p{L}_]\w*/u);
    if (!word) return null;
    const options = names().map(({ name, cell }) => ({
      label: name,
      type: "variable",
      detail: say("from {cell}", { cell }),
      boost: 5,
    }));
    return { from: word.from, options, validFor: /^\w*$/ };
  };
}

/** @param {string[]} row @returns {Completion} */
const option = ([label, type, info]) => ({ label, type, ...(info && { info }) });

/**
 * The caret where it was, or behind the lines that are folded away.
 * @param {Options["selection"]} selection @param {Options["folds"]} folds @param {number} end
 */
function outside({ anchor, head }, folds, end) {
  const fold = folds.find(({ from, to }) => head >= from && head <= to);
  if (fold === undefined) return { anchor, head };
  const place = fold.to < end ? fold.to + 1 : Math.max(fold.from - 1, 0);
  return { anchor: place, head: place };
}

/** Where the words of a line begin. @param {import("@codemirror/state").Line} line */
const beginOf = ({ from, text }) => from + (text.length - text.trimStart().length);

/** @param {Options} options */
export function createEditor(options) {
  const { label, source, isPassedThrough, edited, run, folds, isFolded } = options;
  const selection = isFolded ? outside(options.selection, folds, source.length) : options.selection;
  /** @param {EditorView} view */
  const runs = (view) => {
    closeCompletion(view);
    if (isPassing) view.setTabFocusMode(PASSAGE); // to run is not to type: any key but these ends it otherwise
    run();
    return true;
  };
  let isPassing = isPassedThrough;
  let hasArrived = !isPassedThrough; // by pointer, or by typing: Tab may indent
  const view = new EditorView({
    state: EditorState.create({
      doc: source,
      selection,
      extensions: [
        Prec.highest(
          keymap.of([
            { key: "Mod-Enter", run: runs },
            { key: "Ctrl-Enter", run: runs },
            { key: "Shift-Enter", run: runs },
            { key: "Alt-ArrowUp", run: (view) => stepAt(view, 1, options.step) },
            { key: "Alt-ArrowDown", run: (view) => stepAt(view, -1, options.step) },
            {
              key: "Escape", // before all others: one that closes a list of names lets Tab leave, too
              run: (view) => {
                isPassing = true;
                view.setTabFocusMode(ESCAPE);
                return false;
              },
            },
          ]),
        ),
        history(),
        drawSelection(),
        indentUnit.of("    "),
        EditorState.tabSize.of(4),
        EditorState.phrases.of(phrases),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ icons: false }),
        EditorView.lineWrapping,
        folding(options),
        numbers,
        python(),
        pythonLanguage.data.of({ autocomplete: completer(options) }),
        syntaxHighlighting(pygments),
        Prec.highest(words),
        errorLine,
        theme,
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.contentAttributes.of({
          "aria-label": label,
          "aria-description": say("Escape, then Tab, leaves the editor. Control and Enter run the code."),
          autocapitalize: "off",
          spellcheck: "false",
        }),
        EditorView.domEventObservers({
          pointerdown: () => void (hasArrived = true),
          focus: (_, view) => {
            isPassing ||= !hasArrived;
            if (isPassing) view.setTabFocusMode(PASSAGE);
          },
          blur: (_, view) => {
            if (document.activeElement !== view.contentDOM) isPassing = hasArrived = false; // not the window alone
          },
          keydown: (event) => {
            if (!worksInText(event)) return; // after it Tab does what it did before
            isPassing = false;
            hasArrived = true;
          },
        }),
        EditorView.updateListener.of((update) => {
          const isOwn = update.transactions.some((transaction) => transaction.annotation(fromOutside));
          if (update.docChanged && !isOwn) edited(update.state.doc.toString());
          if (update.geometryChanged) options.moved();
        }),
      ],
    }),
  });
  if (isPassing) view.setTabFocusMode(PASSAGE);
  const dom = Object.assign(document.createElement("div"), { className: "editor" });
  dom.append(view.dom);

  return {
    dom,
    focus: () => view.focus(),
    destroy: () => view.destroy(),
    /** @param {number} left */
    scroll: (left) => void (view.scrollDOM.scrollLeft = left),

    /** Another text; only what differs is changed, so that caret and history stay. @param {string} text */
    show(text) {
      const before = view.state.doc.toString();
      if (before === text) return;
      const { start, end } = ends(before, text);
      const changes = { from: start, to: before.length - end, insert: text.slice(start, text.length - end) };
      view.dispatch({ changes, annotations: fromOutside.of(true) });
    },

    /** @param {Mark | undefined} mark */
    mark(mark) {
      const { doc } = view.state;
      const line = mark && mark.line >= 1 && mark.line <= doc.lines ? doc.line(mark.line) : undefined;
      const severity = /** @type {const} */ ("error");
      const found = line && mark ? [{ from: beginOf(line), to: line.to, severity, message: mark.message }] : [];
      view.dispatch(setDiagnostics(view.state, found));
      view.dispatch({ effects: setErrorLine.of(line?.from) });
    },

    /** @param {boolean} isFolded */
    fold: (isFolded) => view.dispatch({ effects: setFolded.of(isFolded) }),

    /** Where a line is, from the top of a part around the editor. @param {number} number @param {Element} part */
    place(number, part) {
      const { doc } = view.state;
      if (number < 1 || number > doc.lines || isIn(view.state, doc.line(number).from)) return undefined;
      const { top, height } = view.lineBlockAt(doc.line(number).from);
      return { top: view.documentTop + top - part.getBoundingClientRect().top, height };
    },

    /** @param {number} from @param {number} to */
    select(from, to) {
      hasArrived = true;
      view.dispatch({ selection: { anchor: from, head: to } });
      view.focus();
    },

    /** @param {number} number */
    goTo(number) {
      const line = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines));
      const anchor = beginOf(line);
      hasArrived = true;
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "nearest" }) });
      view.focus();
    },
  };
}
