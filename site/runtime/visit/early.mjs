/**
 * What a reader does before the page's script has come. The build writes this into the head of every page
 * (`py/tools/pages/lighten.py`): it listens from before the first paint on, keeps every act in its order, shows that it
 * was heard, and lets listings take text. `replay.mjs` does the acts again, with the very same events, as soon as those
 * are there whom they are for; what is done to a lab is kept until its own script has come.
 *
 * `globalThis.early` is for the rest of the runtime. Each act is also told at once, as an event `early-act` of the
 * document with the act as its `detail`: for who wants to fetch Python at the very press of Run.
 */

import { beginAhead } from "../python/ahead.mjs";
import { linkHere } from "../state/fragment.mjs";
import {
  CHECKING,
  CODE,
  OWNERS,
  barNode,
  fill,
  isWithin,
  labelOf,
  makeEditable,
  showAsked,
  voiceNode,
} from "../page/at-first.mjs";
import { isRun, worksInText } from "../page/keys.mjs";
import { set } from "../page/attributes.mjs";
import { makeButton } from "../page/button.mjs";
import { say } from "../words/say.mjs";

/** @import { Link } from "../state/fragment.mjs" */
/** @import { Ahead } from "../python/ahead.mjs" */

/**
 * @typedef {HTMLElement & {hears?: boolean}} Owner
 * @typedef {HTMLInputElement | HTMLSelectElement} Control
 * @typedef {object} Act
 * @property {Event} event
 * @property {Owner} owner  whom it is for
 * @property {Element} target
 * @property {string | boolean} [value]  of a control, or the text of a listing
 *
 * @typedef {object} Early
 * @property {Act[]} acts  not heard yet, in their order
 * @property {Link} [link]  the newest; the reader may have gone on to a place on the page
 * @property {Event} [composed]  the beginning of a character that is not finished
 * @property {Ahead} [python]  what it needs first
 * @property {() => void} done  every cell of the page hears by itself from now on: only labs may still be deaf
 */

/** Milliseconds after an act without the script after which the reader is told. */
const PATIENCE = 20_000;
const WAITING = say("Heard: the page, then Python …"); // no longer than what follows, so that nothing jumps
const KEPT = say("Heard: the page comes …");
const BROUGHT = say(
  "This link brings numbers or code. They are shown here when the page’s script has come: " +
    "no code of it runs before you say so.",
);
const LATE = say(
  "Kept, but this page’s script has not come. Is the network there? " +
    "Copy what you typed before you load the page again.",
);

/** @type {Act[]} */
const acts = [];
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let isLost = false;
const voice = voiceNode();
/** A handle that is held. @type {((event: PointerEvent) => void) | undefined} */
let pull;

/**
 * @template {HTMLElement} [T=HTMLElement] @param {ParentNode | null | undefined} owner @param {string} selector
 * @returns {T | null | undefined}
 */
const find = (owner, selector) => owner?.querySelector(selector);
/** In cells. @param {string} selector @returns {NodeListOf<HTMLElement>} */
const all = (selector) => document.querySelectorAll(`py-cell ${selector}`);
/** @param {ParentNode | null | undefined} owner @param {string} name */
const part = (owner, name) => find(owner, `[data-part="${name}"]`);

/**
 * @template {Event} E
 * @param {string} types
 * @param {(event: E, target: HTMLElement, owner: Owner) => void} hear  what is done to who is deaf
 */
function listen(types, hear) {
  for (const type of types.split(" ")) {
    document.addEventListener(
      type,
      (event) => {
        const target = /** @type {HTMLElement} */ (event.target);
        const isChecked = target.closest?.('[data-action="check"]'); // the exercise's, in its cell
        const owner = /** @type {Owner | null | undefined} */ (target.closest?.(isChecked ? "py-exercise" : OWNERS));
        if (owner && !owner.hears) hear(/** @type {E} */ (event), target, owner);
      },
      true,
    );
  }
}

/**
 * Of many steps of one movement the last counts.
 * @param {Event} event @param {Element} target @param {Owner} owner @param {Act["value"]} [value]
 */
function keep(event, target, owner, value) {
  const last = acts.at(-1);
  if (/input|move/.test(event.type) && last?.target === target && last.event.type === event.type) acts.pop();
  const detail = { event, target, owner, value };
  acts.push(detail);
  document.dispatchEvent(new CustomEvent("early-act", { detail }));
  if (isLost) tell(owner);
  timer ??= setTimeout(tellAll, PATIENCE);
}

/** To who hears the page. @param {string} words */
const speak = (words) => void (voice.textContent === words || (voice.textContent = words));

/**
 * A cell says so, and, in a state, looks as it will when it is in it.
 * @param {Element | null | undefined} cell @param {string} words @param {string} [state]
 */
function show(cell, words, state) {
  const isLoading = state === "loading";
  part(cell, "status")?.replaceChildren(...(isLoading ? [barNode()] : []), ` ${words}`);
  speak(words);
  if (!state) return;
  cell?.setAttribute("state", state);
  const stop = find(cell, '[data-action="stop"]');
  if (stop) stop.hidden = !isLoading;
}

/** @param {Element | null | undefined} cell */
const waits = (cell) => show(cell, WAITING, "loading");

/** A control was moved: its twin says the same, and its cell is about to run. @param {Control} control */
function follow(control) {
  const { dataset, name, value } = control;
  if (!isWithin(control)) return;
  const cell = control.closest("py-cell");
  const twin = /** @type {HTMLInputElement | null | undefined} */ (
    find(cell, dataset.for ? `[name="${dataset.for}"]` : `[data-for="${name}"]`)
  );
  if (twin) {
    twin.value = value;
    fill(/** @type {HTMLInputElement} */ (dataset.for ? twin : control));
  }
  cell?.toggleAttribute("edited", true); // Reset is there
  waits(cell);
}

/** @param {Event} event @param {HTMLElement} button @param {Owner} owner */
function press(event, button, owner) {
  const { action = "" } = button.dataset;
  if (owner.localName === "py-lab") return begin(event, button, action, owner);
  keep(event, button, owner);
  if (action === "check") waits(find(owner, "py-cell"));
  if (action === "guess") for (const input of owner.querySelectorAll("input")) input.disabled = true;
  const note = part(owner, "note");
  if (note) note.textContent = action === "check" ? CHECKING : KEPT;
  else if (action === "run") waits(owner);
  else show(owner, KEPT, action === "stop" ? "stopped" : "");
}

/**
 * What a lab was to begin and is paused is not begun at all.
 * @param {Event} event @param {HTMLElement} button @param {string} action @param {Owner} owner
 */
function begin(event, button, action, owner) {
  const isOn = owner.getAttribute("state") === "loading";
  const willBe = { train: !isOn, step: true, epoch: true, link: isOn }[action] ?? false;
  if (isOn && !willBe) acts.splice(0, acts.length, ...acts.filter((act) => act.owner !== owner));
  if (!isOn || action !== "train") keep(event, button, owner);
  owner.setAttribute("state", willBe ? "loading" : "idle");
  for (const one of owner.querySelectorAll("button")) {
    if (one.dataset.action === "train") one.textContent = say(willBe ? "Pause" : "Train");
    else one.disabled = willBe && /step|epoch/.test(one.dataset.action ?? "");
  }
  const said = part(owner, "summary");
  if (said) speak((said.textContent = willBe ? WAITING : KEPT));
}

listen("click", (event, target, owner) => {
  const button = target.closest("[data-action], [data-why]");
  if (button) press(event, /** @type {HTMLElement} */ (button), owner);
});

listen("input change", (event, target, owner) => {
  const { type, value, checked } = /** @type {HTMLInputElement} */ (target);
  const isCode = target.matches(CODE);
  keep(event, target, owner, isCode ? (target.textContent ?? "") : /box|radio/.test(type) ? checked : value);
  if (isCode) {
    owner.toggleAttribute("edited", true);
    show(owner, KEPT);
  } else if (event.type === "input" && target.closest("py-cell, py-lab")) follow(/** @type {Control} */ (target));
});

// A character that is being composed: the editor takes the listing's place only after it.
listen("compositionstart compositionend", (event, target) => {
  early.composed = event.type.endsWith("start") ? event : undefined;
  unfold(target);
});

const unfold = (/** @type {Element} */ code) => code.closest('[data-part="code"]')?.setAttribute("data-open", "");

listen("keydown", (/** @type {KeyboardEvent} */ event, target, owner) => {
  if (target.matches(CODE) && worksInText(event)) unfold(target);
  const isMove = /^(Arrow|Page|Home|End|Esc)/.test(event.key);
  if (!(target.matches(CODE) ? isRun(event) : isMove && target.dataset.drag)) return;
  event.preventDefault();
  keep(event, target, owner);
  waits(owner);
});

listen("pointerdown", (/** @type {PointerEvent} */ event, target, owner) => {
  const handle = /** @type {SVGGElement | null} */ (target.closest("[data-drag]"));
  if (!handle || event.button !== 0) return;
  event.preventDefault();
  keep(event, handle, owner);
  handle.focus({ preventScroll: true });
  handle.closest("[data-output]")?.setPointerCapture(event.pointerId); // which the runtime takes over
  const { a = 1, d = 1 } = handle.ownerSVGElement?.getScreenCTM() ?? {};
  const moves = (handle.dataset.drag ?? "").split("; ").map((text) => {
    const [name, , ...per] = text.split(" ");
    const control = /** @type {HTMLInputElement | null} */ (find(document, `py-cell [name="${name}"]`));
    return { control, from: Number(control?.value), per: per.map(Number) };
  });
  pull = ({ clientX, clientY }) => {
    const by = [(clientX - event.clientX) / a, (clientY - event.clientY) / d];
    for (const { control, from, per } of moves) {
      if (!control) continue;
      control.value = String(from + per[0] * by[0] + per[1] * by[1]); // a slider takes what it can
      follow(control);
    }
    const shown = by.map((one, i) => (moves.some(({ per }) => per[i]) ? `${one}px` : 0));
    handle.style.translate = shown.join(" ");
  };
});
listen("pointermove pointerup pointercancel", (/** @type {PointerEvent} */ event, target, owner) => {
  if (!pull) return;
  keep(event, target, owner);
  if (event.type === "pointermove") pull(event);
  else pull = undefined;
});

// The script is not there to be had, or is not there yet.

/** @param {Element} owner */
const noticeIn = (owner) => find(owner, ":scope > .early-notice");

/** @param {Element} owner */
function tell(owner) {
  const notice = noticeIn(owner) ?? document.createElement("p");
  notice.className = "link-notice early-notice";
  delete notice.dataset.kind;
  if (!notice.isConnected) find(owner, '[data-part$="bar"]')?.after(notice);
  notice.textContent = `${LATE} `;
  speak(LATE);
  if (!isLost) return;
  notice.append(makeButton(say("Try again"), "", retry));
}

function tellAll() {
  const article = linked();
  new Set([...(article ? [article] : []), ...acts.map(({ owner }) => owner)]).forEach(tell);
}

/** Where it stands that a link brings code, once that is known and the page has come so far. */
function linked() {
  const article = early.link && find(document, "py-cell")?.closest("article");
  if (!article) return undefined;
  if (!noticeIn(article)) {
    const notice = document.createElement("p");
    Object.assign(notice, { className: "link-notice early-notice", textContent: BROUGHT });
    notice.dataset.kind = "news";
    article.prepend(notice);
    speak(BROUGHT);
    timer ??= setTimeout(tellAll, PATIENCE);
  }
  return article;
}

/** A link came, with the page or into it. */
function come() {
  early.link = linkHere() ?? early.link;
  linked();
}

addEventListener("hashchange", come);
showAsked();

function forget() {
  for (const notice of document.querySelectorAll(".early-notice")) notice.remove();
}

/** Under another address: the browser asks for none twice. */
function retry() {
  const script = /** @type {HTMLScriptElement} */ (document.createElement("script"));
  script.type = "module";
  script.src = `${/** @type {any} */ (find(document, "[type=module]:not([async])")).src}?${Date.now()}`;
  isLost = false;
  forget();
  document.head.append(script);
}

document.addEventListener(
  "error",
  ({ target }) => {
    if (/** @type {HTMLScriptElement} */ (target).type !== "module") return;
    isLost = true;
    tellAll();
  },
  true,
);

const grown = new MutationObserver(() => {
  if (!voice.isConnected) document.body?.append(voice);
  linked();
  for (const code of all(`${CODE}:not([role])`)) makeEditable(code, labelOf(code.closest("py-cell")));
  for (const slider of all('[type="range"]:not([style])')) fill(/** @type {HTMLInputElement} */ (slider));
  for (const handle of all("[data-drag]:not([role])")) {
    const [, now] = (handle.dataset.drag ?? "").split(" ");
    set(handle, { role: "slider", "aria-valuenow": now, tabindex: "0" });
  }
});
grown.observe(document, { childList: true, subtree: true });

/** @type {Early} */
const early = {
  acts,
  done() {
    removeEventListener("hashchange", come);
    grown.disconnect();
    clearTimeout(timer);
    timer = pull = undefined;
    forget();
  },
};
early.python = beginAhead();
Object.assign(globalThis, { early });
come();
