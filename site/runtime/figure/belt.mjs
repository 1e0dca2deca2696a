/**
 * The belt of the home page: pictures, each with how sure a network is that it is a dog, and a threshold. Numbers and
 * words were computed when the site was built; here they are compared and shown.
 */

import { announcer } from "../page/announcer.mjs";
import { inProse } from "../words/prose.mjs";
import { fill } from "../page/at-first.mjs";
import { keepOnScroll } from "../page/touch.mjs";

/** Belts whose slider is heard. @type {WeakSet<Element>} */
const heard = new WeakSet();

/** Hears every belt that a page has, now and after instant navigation. */
export function followBelt() {
  follow();
  /** @type {any} */ (window).document$?.subscribe(follow);
}

function follow() {
  for (const belt of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-belt]"))) {
    const slider = belt.querySelector("input");
    if (!slider || heard.has(belt)) continue;
    heard.add(belt);
    keepOnScroll(belt);
    slider.addEventListener("input", () => show(belt, slider));
    slider.addEventListener("change", () => announcer.say(show(belt, slider), "belt"));
    show(belt, slider); // it may have been moved before this script came
  }
}

/** Shows what the threshold keeps; gives that in words. @param {HTMLElement} belt @param {HTMLInputElement} slider */
function show(belt, slider) {
  const threshold = slider.valueAsNumber;
  const isKept = (/** @type {Element} */ photo) => Number(photo.getAttribute("data-p")) > threshold;
  const photos = [...belt.querySelectorAll(".belt [data-p]")];
  const count = photos.filter(isKept).length;
  for (const photo of photos) photo.toggleAttribute("data-kept", isKept(photo));
  for (const kept of belt.querySelectorAll(".album [data-p]")) kept.toggleAttribute("hidden", !isKept(kept));
  const words = String(JSON.parse(belt.dataset.belt ?? "[]")[count] ?? "");
  const said = belt.querySelector(".album p");
  const value = belt.querySelector(".keep b");
  if (said) said.textContent = words;
  if (value) value.textContent = slider.ariaValueText = inProse(`${Math.round(threshold * 100)}%`);
  fill(slider);
  return words;
}
