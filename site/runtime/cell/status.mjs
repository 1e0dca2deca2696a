/** The words of a cell: what it is doing, what went wrong, what to do next. */

import { barNode } from "../page/at-first.mjs";
import { makeButton } from "../page/button.mjs";
import { make } from "../page/make.mjs";
import { differenceNode } from "./difference.mjs";
import { FOLLOWS, TIME_LIMIT, errorOf } from "../state/faults.mjs";
import { decimal, say } from "../words/say.mjs";

/** @import { Kernel } from "../state/kernel.mjs" */
/** @import { Cell } from "../state/pages.mjs" */
/** @import { Broken, ErrorOutput } from "../python/protocol.mjs" */

/** @param {number} bytes */
const megabytes = (bytes) => decimal((bytes / 1e6).toFixed(1));

/** @param {number} milliseconds */
function duration(milliseconds) {
  if (milliseconds < 1) return say("under 1 ms");
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${decimal((milliseconds / 1000).toFixed(1))} s`;
}

/** @param {Cell} cell */
export const isFollowing = ({ outputs }) => errorOf(outputs)?.name === FOLLOWS;

/** @param {Kernel["python"]} python */
function loading({ phase, loaded, total }) {
  if (total === 0 || loaded >= total) return `${phase} …`;
  return say("{phase}: {loaded} of {total} MB", {
    phase,
    loaded: megabytes(loaded),
    total: megabytes(total),
  });
}

/** What a cell waits for. @param {Cell} cell @param {Cell | undefined} running */
function waiting(cell, running) {
  if (running === undefined || running === cell) return say("Waiting its turn …");
  const { title } = running;
  if (running.page === cell.page) return say("Waiting for “{title}” …", { title });
  const page = running.page.replace(/(^|\/)index\.md$|\.md$/, "") || "home";
  return say("Waiting for “{title}” on the page “{page}” …", { title, page });
}

/** @param {Cell | undefined} changed  the nearest cell above that was edited and has not run */
function following(changed) {
  if (changed === undefined) return say("Something that this reads from has changed. Run follows.");
  return say(
    changed.foreign
      ? "“{title}” came with the link and has not run. Run runs both."
      : "“{title}” has changed and not run. Run runs both.",
    { title: changed.title },
  );
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
      if (cell.progress) return `${cell.progress} …`;
      return say("Running, for {seconds} s at most …", { seconds: kernel.seconds });
    case "stopped":
      if (errorOf(cell.outputs)?.name === TIME_LIMIT) return say("Stopped by the time limit.");
      return say("Stopped. Change the code if you like, then Run.");
  }
  if (cell.foreign) return say("From a link, and has not run. Read it, then Run; or Reset.");
  if (cell.isBack && cell.source !== cell.ran) return say("Your edit is back. Run shows what it does.");
  if (cell.undo !== undefined && cell.source === cell.built.source && cell.source === cell.ran)
    return say("Back to the original.");
  if (cell.source !== cell.ran) return say("Edited. Run shows what it does.");
  if (cell.stale) return following(kernel.changedAbove(cell));
  if (cell.state === "error")
    return python.state === "failed" ? "" : say(isFollowing(cell) ? "Not run." : "Stopped by an error.");
  return cell.state === "done" ? say("Ran in {time}", { time: duration(cell.milliseconds) }) : "";
}

/** A bar for what is being fetched. @param {Kernel["python"]} python */
export function progressBar({ loaded, total }) {
  const bar = barNode();
  if (total > 0) Object.assign(bar, { max: total, value: loaded });
  return bar;
}

/**
 * An error that names other cells as the reader knows them: Python knows their ids alone.
 * @param {ErrorOutput} error
 * @param {Pick<Kernel, "page">} kernel
 * @param {string} page
 * @returns {ErrorOutput}
 */
export function titled(error, kernel, page) {
  const { cells } = kernel.page(page);
  const ids = new RegExp(`\\b${say("cell")} "([a-z][a-z0-9-]*)"`, "g");
  const named = (/** @type {string} */ text) =>
    text.replace(ids, (whole, id) => {
      const title = cells.get(id)?.title;
      return title === undefined ? whole : say("“{title}”", { title });
    });
  return { ...error, message: named(error.message), hint: named(error.hint) };
}

/**
 * An error as the reader sees it: what to look at first, then what Python said.
 * @param {ErrorOutput} error @param {(line: number) => void} goTo @returns {Node[]}
 */
export function errorNotice({ name, message, line, traceback, hint }, goTo) {
  if (name === FOLLOWS) return [paragraph("headline", message), ...(hint ? [paragraph("hint", hint)] : [])];
  const headline = paragraph("headline", make("strong", {}, name), message ? `: ${message}` : "");
  const details = make("details", {}, make("summary", {}, say("What Python said")), make("pre", {}, traceback));
  const where = line === null ? [] : [makeButton(say("Line {line}", { line }), "line", () => goTo(line))];
  return [...(hint ? [paragraph("hint", hint)] : []), headline, ...where, ...(traceback ? [details] : [])];
}

/** Python could not be had: why, and a way on. @param {string} message @param {() => void} retry @returns {Node[]} */
export function failureNotice(message, retry) {
  return [
    paragraph(
      "hint",
      say("Python could not be loaded. What is on this page stays as it is, and nothing you typed is lost."),
    ),
    paragraph("headline", message),
    makeButton(say("Retry"), "retry", retry),
  ];
}

/** @type {Record<string, {says: string, take: string, leave: string}>} */
const OFFERS = {
  page: {
    says: say(
      "The page has changed since you edited this snippet. You see the new one; your edit is kept. It differs in:",
    ),
    take: say("Keep mine"),
    leave: say("Take the new one"),
  },
  own: {
    says: say("You had an edit of your own here before the link. It is kept. It differs in:"),
    take: say("Back to mine"),
    leave: say("Forget mine"),
  },
  visit: {
    says: say(
      "You had an edit of your own here from an earlier visit, and typed before it was back. It is kept. " +
        "It differs in:",
    ),
    take: say("Back to that one"),
    leave: say("Keep this one"),
  },
  file: {
    says: say("This comes from the file that you brought back. It differs in:"),
    take: say("Take it"),
    leave: say("Keep this one"),
  },
  tab: {
    says: say("Another tab has a newer edit of this snippet. It differs in:"),
    take: say("Take it"),
    leave: say("Keep this one"),
  },
};
const TROUBLES = {
  full: say(
    "Your browser's storage for this site is full. What you type from now on lasts until you leave this page; " +
      "Copy link keeps it.",
  ),
  forbidden: say("This site may keep nothing here. What you type lasts until you leave this page; Copy link keeps it."),
};

/**
 * What the reader is to know of a cell's text: where it came from, that there is another, or that it cannot be kept.
 * @param {Cell} cell
 * @param {Cell[]} others  with code from a link that runs when this cell does
 * @param {Pick<Kernel, "take" | "leave" | "dismiss">} kernel @returns {Node[]}
 */
export function textNotice(cell, others, kernel) {
  const nodes = [];
  if (cell.trouble)
    nodes.push(
      paragraph("note", TROUBLES[cell.trouble]),
      makeButton(say("All right"), "dismiss", () => kernel.dismiss(cell)),
    );
  if (cell.foreign) {
    const titles = others.map(({ title }) => say("“{title}”", { title })).join(", ");
    const says =
      others.length > 0
        ? say(
            "From a link, not from this site. Nothing has run. Run runs what the link changed in {titles}, too. " +
              "It changes:",
            { titles },
          )
        : say("From a link, not from this site. Nothing has run. It changes:");
    nodes.push(paragraph("note", says), differenceNode(cell.built.source, cell.source));
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
    paragraph("note", say("No control for line {line}: {message}", { line, message })),
    makeButton(say("Line {line}", { line }), "line", () => goTo(line)),
  ]);
}

/** @param {string} kind @param {(Node | string)[]} children */
const paragraph = (kind, ...children) => make("p", { data: { error: kind } }, ...children);
