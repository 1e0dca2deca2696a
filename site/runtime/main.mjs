/**
 * The page's runtime. Loaded once a visit: instant navigation replaces the page's body, and this module with its kernel
 * and worker stays. Cells attach and let go by themselves.
 */

import { limits, urls } from "./config.mjs";
import { followBelt } from "./figure/belt.mjs";
import { arrived, followLinks, tell } from "./visit/arrival.mjs";
import { PyCell } from "./cell/cell.mjs";
import { PyExercise } from "./cell/exercise.mjs";
import { PyPrediction } from "./cell/prediction.mjs";
import { followHeader } from "./visit/header.mjs";
import { followNumbers } from "./cell/inline.mjs";
import { GivenElement } from "./cell/given.mjs";
import { Sight } from "./cell/sight.mjs";
import { Voice } from "./cell/voice.mjs";
import { Kernel } from "./state/kernel.mjs";
import { PyLab } from "./lab/lab.mjs";
import { followOffline } from "./visit/offline.mjs";
import { showGuesses } from "./state/guesses.mjs";
import { showProgress } from "./state/progress.mjs";
import { replayAll } from "./visit/replay.mjs";
import { showSettings } from "./visit/settings.mjs";
import { followTaking } from "./visit/take.mjs";
import { watchScrollers } from "./page/scrollers.mjs";
import { say } from "./words/say.mjs";

// Material's script has the rest of this task: a page that is being read must not wait for both.
await /** @type {any} */ (globalThis).scheduler?.postTask(() => {}, { priority: "user-blocking" });

/** There is one: it and its worker outlive Material's instant navigation. */
const kernel = new Kernel();
GivenElement.given = { kernel, sight: new Sight(kernel), voice: new Voice(kernel) };

const showPython = () => {
  const { dataset } = document.documentElement;
  dataset.python = kernel.python.state;
  if (kernel.hasSpare) dataset.spare = "ready";
  else delete dataset.spare;
};

/** Ends `data-moving`, which lasts as long as a control moves: see css/output.css. */
let resting = 0;
const showBehind = (/** @type {Event} */ event) => {
  const root = document.documentElement;
  const isBehind = /** @type {CustomEvent<boolean>} */ (event).detail;
  root.toggleAttribute("data-behind", isBehind);
  root.toggleAttribute("data-moving", true);
  clearTimeout(resting);
  if (!isBehind) resting = setTimeout(() => root.toggleAttribute("data-moving", false), limits.settle);
};

showPython();
kernel.addEventListener("behind", showBehind);
kernel.addEventListener("python", showPython);
followBelt();
followHeader();
followNumbers(GivenElement.given);
followLinks(kernel);
if (/[?&](?:hide|start|embed|view)=/.test(location.search)) {
  const lesson = await import(urls.lesson).catch(() => undefined);
  if (!lesson) delete document.documentElement.dataset.embed; // the page is shown whole
  if (lesson) lesson.begin(kernel, { tell, arrived: () => arrived });
  else tell(say("What this address asks for could not be fetched. You see the page as it is."));
}
if (document.documentElement.dataset.embed === undefined) void followOffline(kernel);
followTaking(kernel);
showSettings(kernel);
showProgress();
showGuesses();
customElements.define("py-cell", PyCell);
customElements.define("py-exercise", PyExercise); // after the cells that it holds
customElements.define("py-lab", PyLab);
customElements.define("py-prediction", PyPrediction);

// when the page's cells have been told to be there, and before the reader can do anything more
queueMicrotask(replayAll);
// Material says when it has put a page in place, the first or another.
/** @type {any} */ (window).document$?.subscribe(() => {
  watchScrollers(document);
  const work = document.querySelector('[data-part="hand-in"], [data-part="on-paper"]');
  const lost = say("What shows your work could not be fetched: it is kept. Load the page again when you are online.");
  if (work)
    import(urls.work).then(
      ({ show }) => show(work),
      () => (work.textContent = lost),
    );
});
