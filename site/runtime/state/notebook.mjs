/** The reader's edits into a page's notebook or Python file, and out of one; see cells/build/notebook.py. */

import { say } from "../words/say.mjs";

/**
 * @typedef {object} NotebookCell
 * @property {string} cell_type
 * @property {string} [id]
 * @property {string | string[]} source
 * @property {unknown[]} [outputs]
 * @property {{tags?: string[]}} [metadata]
 */

/** What a cell of the Python file begins with, up to the next. */
const PART = /^# %%[^\n]*\[cell=([a-z][a-z0-9-]*)\][ \t]*\n([\s\S]*?)(?=\n+# %%[ \n]|\n*$(?![\s\S]))/gm;
/** How the file shows the last value of a cell: see `_showing`. */
const SHOWN = /^_shown\(([\s\S]*)\)([ \t]*(?:#[^\n]*)?)$/m;

const isNotebook = (/** @type {string} */ text) => text.trimStart().startsWith("{");

/**
 * The file with these sources; what notebooks show of cells that no longer hold goes.
 * @param {string} text  the file as it was built
 * @param {Record<string, string>} edits  source by cell id
 */
export function filled(text, edits) {
  if (Object.keys(edits).length === 0) return text;
  if (!isNotebook(text)) {
    return text.replace(PART, (part, id, source) =>
      Object.hasOwn(edits, id) ? part.replace(source, () => edits[id].replace(/\n+$/, "")) : part,
    );
  }
  const notebook = JSON.parse(text);
  for (const cell of cellsOf(notebook)) {
    if (Object.hasOwn(edits, cell.id)) cell.source = edits[cell.id];
    cell.outputs = []; // any of them may follow from an edit
  }
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/**
 * What a reader changed in a file that they took along.
 * @param {string} text
 * @param {Record<string, string>} built  source by cell id, as the page has them
 * @returns {Record<string, string>}
 * @throws {Error} saying what is wrong with the file
 */
export function editsIn(text, built) {
  const found = isNotebook(text) ? inNotebook(text) : inScript(text);
  const known = found.filter(([id]) => Object.hasOwn(built, id));
  if (known.length === 0)
    throw new Error(say("no cell of this page is in it; expected a file that was taken from this page"));
  return Object.fromEntries(known.filter(([id, source]) => source !== built[id].replace(/\n+$/, "")));
}

/** @param {string} text @returns {[string, string][]} */
function inNotebook(text) {
  let notebook;
  try {
    notebook = JSON.parse(text);
  } catch {
    throw new Error(say("it is not whole; expected a Jupyter notebook"));
  }
  return cellsOf(notebook).map(({ id, source }) => [id, Array.isArray(source) ? source.join("") : `${source}`]);
}

/** @param {string} text @returns {[string, string][]} */
function inScript(text) {
  const parts = [...text.replaceAll("\r\n", "\n").matchAll(PART)];
  return parts.map(([, id, source]) => [id, source.replace(SHOWN, "$1$2").replace(/\n+$/, "")]);
}

/** Those that are cells of the page. @param {any} notebook @returns {(NotebookCell & {id: string})[]} */
function cellsOf(notebook) {
  if (!Array.isArray(notebook?.cells)) throw new Error(say("it has no cells; expected a Jupyter notebook"));
  return notebook.cells.filter(
    (/** @type {NotebookCell | null} */ cell) =>
      cell?.cell_type === "code" && typeof cell.id === "string" && cell.metadata?.tags?.includes("cell"),
  );
}
