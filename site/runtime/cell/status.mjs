/** The words of a cell: what it is doing, what went wrong, what to do next. */

import { barNode } from "../page/at-first.mjs";
import { makeButton } from "../page/button.mjs";
import { differenceNode } from "./difference.mjs";
import { FOLLOWS, TIME_LIMIT, errorOf } from "../state/faults.mjs";

/** @import { Kernel } from "../state/kernel.mjs" */
/** @import { Cell } from "../state/pages.mjs" */
/** @import { Broken, ErrorOutput } from "../python/protocol.mjs" */

/** @param {number} bytes */
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

/** @param {number} milliseconds */
function duration(milliseconds) {
  if (milliseconds < 1) return "under 1 ms";
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** @param {Cell} cell */
export const isFollowing = ({ outputs }) => errorOf(outputs)?.name === FOLLOWS;

/** @param {Kernel["python"]} python */
function loading({ phase, loaded, total }) {
  return total > 0 && loaded < total ? `${phase}: ${megabytes(loaded)} of ${megabytes(total)} MB` : `${phase} …`;
}

/** What a cell waits for. @param {Cell} cell @param {Cell | undefined} running */
function waiting(cell, running) {
  if (running === undefined || running === cell) return "Waiting its turn …";
  const page = running.page.replace(/(^|\/)index\.md$|\.md$/, "") || "home";
  const where = running.page === cell.page ? "" : ` on the page “${page}”`;
  return `Waiting for “${running.title}”${where} …`;
}

/** @param {Cell | undefined} changed  the nearest cell above that was edited and has not run */
function following(changed) {
  if (changed === undefined) return "Something that this reads from has changed. Run follows.";
  return changed.foreign
    ? `“${changed.title}” came with the link and has not run. Run runs both.`
    : `“${changed.title}” has changed and not run. Run runs both.`;
}

/**
 * @param {Cell} cell @param {Pick<Kernel, "python" | "seconds" | "running" | "changedAbove">} kernel @returns {string}
 */
export function words(cell, kernel) {
  const { python } = kernel;
  switch (cell.state) {
    case "loading":
      return loading(python);
    case "queued":
      return waiting(cell, kernel.running);
    case "running":
      return `Running, for ${kernel.seconds} s at most …`;
    case "stopped":
      if (errorOf(cell.outputs)?.name === TIME_LIMIT) return "Stopped by the time limit.";
      return "Stopped. Change the code if you like, then Run.";
  }
  if (cell.foreign) return "From a link, and has not run. Read it, then Run; or Reset.";
  if (cell.isBack && cell.source !== cell.ran) return "Your edit is back. Run shows what it does.";
  if (cell.undo !== undefined && cell.source === cell.built.source && cell.source === cell.ran)
    return "Back to the original.";
  if (cell.source !== cell.ran) return "Edited. Run shows what it does.";
  if (cell.stale) return following(kernel.changedAbove(cell));
  if (cell.state === "error")
    return python.state === "failed" ? "" : isFollowing(cell) ? "Not run." : "Stopped by an error.";
  return cell.state === "done" ? `Ran in ${duration(cell.milliseconds)}` : "";
}

/** A bar for what is being fetched. @param {Kernel["python"]} python */
export function progressBar({ loaded, total }) {
  const bar = barNode();
  if (total > 0) Object.assign(bar, { max: total, value: loaded });
  return bar;
}

/**
 * An error that names other cells as the reader knows them: Python knows their ids alone.
 *
 * @param {ErrorOutput} error
 * @param {Pick<Kernel, "page">} kernel
 * @param {string} page
 * @returns {ErrorOutput}
 */
export function titled(error, kernel, page) {
  const { cells } = kernel.page(page);
  const named = (/** @type {string} */ text) =>
    text.replace(/\bcell "([a-z][a-z0-9-]*)"/g, (whole, id) => {
      const title = cells.get(id)?.title;
      return title === undefined ? whole : `“${title}”`;
    });
  return { ...error, message: named(error.message), hint: named(error.hint) };
}

/**
 * An error as the reader sees it: what to look at first, then what Python said.
 * @param {ErrorOutput} error @param {(line: number) => void} goTo @returns {Node[]}
 */
export function errorNotice({ name, message, line, traceback, hint }, goTo) {
  if (name === FOLLOWS) return [paragraph("headline", message), ...(hint ? [paragraph("hint", hint)] : [])];
  const headline = paragraph("headline", "");
  headline.append(
    Object.assign(document.createElement("strong"), { textContent: name }),
    message ? `: ${message}` : "",
  );
  const details = document.createElement("details");
  const summary = Object.assign(document.createElement("summary"), { textContent: "What Python said" });
  details.append(summary, Object.assign(document.createElement("pre"), { textContent: traceback }));
  const where = line === null ? [] : [makeButton(`Line ${line}`, "line", () => goTo(line))];
  return [...(hint ? [paragraph("hint", hint)] : []), headline, ...where, ...(traceback ? [details] : [])];
}

/** Python could not be had: why, and a way on. @param {string} message @param {() => void} retry @returns {Node[]} */
export function failureNotice(message, retry) {
  return [
    paragraph(
      "hint",
      "Python could not be loaded. What is on this page stays as it is, and nothing you typed is lost.",
    ),
    paragraph("headline", message),
    makeButton("Retry", "retry", retry),
  ];
}

/** @type {Record<string, {says: string, take: string, leave: string}>} */
const OFFERS = {
  page: {
    says: "The page has changed since you edited this snippet. You see the new one; your edit is kept. It differs in:",
    take: "Keep mine",
    leave: "Take the new one",
  },
  own: {
    says: "You had an edit of your own here before the link. It is kept. It differs in:",
    take: "Back to mine",
    leave: "Forget mine",
  },
  visit: {
    says:
      "You had an edit of your own here from an earlier visit, and typed before it was back. It is kept. " +
      "It differs in:",
    take: "Back to that one",
    leave: "Keep this one",
  },
  file: {
    says: "This comes from the file that you brought back. It differs in:",
    take: "Take it",
    leave: "Keep this one",
  },
  tab: {
    says: "Another tab has a newer edit of this snippet. It differs in:",
    take: "Take it",
    leave: "Keep this one",
  },
};
const TROUBLES = {
  full:
    "Your browser's storage for this site is full. What you type from now on lasts until you leave this page; " +
    "Copy link keeps it.",
  forbidden: "This site may keep nothing here. What you type lasts until you leave this page; " + "Copy link keeps it.",
};

/**
 * What the reader is to know of a cell's text: where it came from, that there is another, or that it cannot be kept.
 *
 * @param {Cell} cell
 * @param {Cell[]} others  with code from a link that runs when this cell does
 * @param {Pick<Kernel, "take" | "leave" | "dismiss">} kernel @returns {Node[]}
 */
export function textNotice(cell, others, kernel) {
  const nodes = [];
  if (cell.trouble)
    nodes.push(
      paragraph("note", TROUBLES[cell.trouble]),
      makeButton("All right", "dismiss", () => kernel.dismiss(cell)),
    );
  if (cell.foreign) {
    const titles = others.map(({ title }) => `“${title}”`).join(", ");
    const also = others.length > 0 ? ` Run runs what the link changed in ${titles}, too.` : "";
    nodes.push(
      paragraph("note", `From a link, not from this site. Nothing has run.${also} It changes:`),
      differenceNode(cell.built.source, cell.source),
    );
  }
  const [offer] = cell.offers;
  if (offer) {
    const { says, take, leave } = OFFERS[offer.why];
    nodes.push(
      paragraph("note", says),
      differenceNode(cell.source, offer.source),
      makeButton(take, "take", () => kernel.take(cell, offer)),
      makeButton(leave, "leave", () => kernel.leave(cell, offer)),
    );
  }
  return nodes;
}

/** Comments that make no control, and why. @param {Broken[]} broken @param {(line: number) => void} goTo */
export function brokenNotice(broken, goTo) {
  return broken.flatMap(({ line, message }) => [
    paragraph("note", `No control for line ${line}: ${message}`),
    makeButton(`Line ${line}`, "line", () => goTo(line)),
  ]);
}

/** @param {string} kind @param {string} text */
function paragraph(kind, text) {
  const node = Object.assign(document.createElement("p"), { textContent: text });
  node.dataset.error = kind;
  return node;
}
