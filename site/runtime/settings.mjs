/** What a reader can set, at the end of a page that has cells: how long a run may take, and what the browser keeps. */

import { limits } from "./config.mjs";
import { kernel } from "./kernel.mjs";
import { progress } from "./progress.mjs";

function settings() {
  const section = document.createElement("section");
  section.className = "cell-settings";
  section.setAttribute("aria-label", "Settings of the snippets");
  const label = document.createElement("label");
  const seconds = Object.assign(document.createElement("input"), { type: "number", name: "seconds", min: "1", max: String(limits.most) });
  label.append("Time limit: a run is stopped after ", seconds, " seconds.");
  const forget = Object.assign(document.createElement("button"), { type: "button", textContent: "Forget my edits" });
  const unsolve = Object.assign(document.createElement("button"), { type: "button", textContent: "Forget what I solved" });
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  section.append(label, " What you type and which exercises you solved is kept in this browser alone. ", forget, " ", unsolve, " ", said);

  const show = () => (seconds.value = String(kernel.seconds));
  seconds.addEventListener("change", () => {
    kernel.seconds = seconds.valueAsNumber;
    show();
  });
  forget.addEventListener("click", () => {
    kernel.forget();
    said.textContent = "Forgotten, on all pages.";
  });
  unsolve.addEventListener("click", () => {
    progress.forget();
    said.textContent = "No exercise counts as solved any more, on no page. What you typed is still there.";
  });
  show();
  return section;
}

export function showSettings() {
  kernel.addEventListener("attach", () => {
    const article = document.querySelector("py-cell")?.closest("article, main, body");
    if (article && !article.querySelector(".cell-settings")) article.append(settings());
  });
}
