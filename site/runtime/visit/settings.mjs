/** What a reader can set, at the end of a page that has cells: how long a run may take, and what the browser keeps. */

import { announcer } from "../page/announcer.mjs";
import { makeButton } from "../page/button.mjs";
import { limits } from "../config.mjs";
import { guesses } from "../state/guesses.mjs";
import { progress } from "../state/progress.mjs";

/** @import { Kernel } from "../state/kernel.mjs" */

/** @param {Kernel} kernel */
function settings(kernel) {
  const section = document.createElement("section");
  section.className = "cell-settings";
  section.setAttribute("aria-label", "Settings of the snippets");
  const label = document.createElement("label");
  const seconds = Object.assign(document.createElement("input"), {
    type: "number",
    name: "seconds",
    min: "1",
    max: String(limits.most),
  });
  label.append("Time limit: a run is stopped after ", seconds, " seconds.");
  const forget = makeButton("Forget my edits", "forget", () => {
    kernel.forget();
    say("Forgotten, on all pages.");
  });
  const unsolve = makeButton("Forget what I solved and predicted", "unsolve", () => {
    progress.forget();
    guesses.forget();
    say("No exercise counts as solved any more and no prediction as made, on no page. What you typed is still there.");
  });
  const said = document.createElement("span");
  /** @param {string} text */
  const say = (text) => announcer.say((said.textContent = text));
  const kept = " What you type, solve and predict is kept in this browser alone. ";
  const gear = document.createElement("details");
  gear.className = "gear";
  const summary = Object.assign(document.createElement("summary"), { textContent: "Settings" });
  gear.append(summary, label, kept, forget, " ", unsolve, " ", said);
  section.append(gear);

  const show = () => (seconds.value = String(kernel.seconds));
  seconds.addEventListener("change", () => {
    const { value } = seconds;
    kernel.seconds = seconds.valueAsNumber;
    show();
    const isTaken = Number(value) === kernel.seconds;
    const refused = `${value || "what was typed"} was not taken. It is ${kernel.seconds} now.`;
    say(isTaken ? "" : `The limit is 1 to ${limits.most} seconds; ${refused}`);
  });
  show();
  return section;
}

/** @param {Kernel} kernel */
export function showSettings(kernel) {
  kernel.addEventListener("attach", () => {
    const article = document.querySelector("py-cell")?.closest("article, main, body");
    if (article && !article.querySelector(".cell-settings")) article.append(settings(kernel));
  });
}
