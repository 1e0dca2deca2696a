/** What a reader can set, at the end of a page that has cells: how long a run may take, and what the browser keeps. */

import { announcer } from "../page/announcer.mjs";
import { makeButton } from "../page/button.mjs";
import { make } from "../page/make.mjs";
import { limits } from "../config.mjs";
import { guesses } from "../state/guesses.mjs";
import { progress } from "../state/progress.mjs";
import { say } from "../words/say.mjs";

/** @import { Kernel } from "../state/kernel.mjs" */

/** @param {Kernel} kernel */
function settings(kernel) {
  const seconds = make("input", { type: "number", name: "seconds", min: "1", max: String(limits.most) });
  const [before, after] = say("Time limit: a run is stopped after {seconds} seconds.").split("{seconds}");
  const forget = makeButton(say("Forget my edits"), "forget", () => {
    kernel.forget();
    tell(say("Forgotten, on all pages."));
  });
  const unsolve = makeButton(say("Forget what I solved and predicted"), "unsolve", () => {
    progress.forget();
    guesses.forget();
    tell(
      say(
        "No exercise counts as solved any more and no prediction as made, on no page. What you typed is still there.",
      ),
    );
  });
  const said = make("span");
  const tell = (/** @type {string} */ text) => announcer.say((said.textContent = text));
  const summary = make("summary", {}, say("Settings"));
  const label = make("label", {}, before, seconds, after);
  const kept = ` ${say("What you type, solve and predict is kept in this browser alone.")} `;
  const gear = make("details", { className: "gear" }, summary, label, kept, forget, " ", unsolve, " ", said);
  const show = () => (seconds.value = String(kernel.seconds));
  seconds.addEventListener("change", () => {
    const { value } = seconds;
    kernel.seconds = seconds.valueAsNumber;
    show();
    const isTaken = Number(value) === kernel.seconds;
    const refused = say("The limit is 1 to {most} seconds; {got} was not taken. It is {now} now.", {
      ...{ most: limits.most, got: value || say("what was typed"), now: kernel.seconds },
    });
    tell(isTaken ? "" : refused);
  });
  show();
  return make("section", { className: "cell-settings", "aria-label": say("Settings of the snippets") }, gear);
}

/** @param {Kernel} kernel */
export function showSettings(kernel) {
  kernel.addEventListener("attach", () => {
    const article = document.querySelector("py-cell")?.closest("article, main, body");
    if (article && !article.querySelector(".cell-settings")) article.append(settings(kernel));
  });
}
