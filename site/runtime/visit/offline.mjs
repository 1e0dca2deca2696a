/**
 * The site without a network: starts the service worker once the page is done, offers newer versions, and lets the
 * reader see and clear what is stored.
 */

import { announcer } from "../page/announcer.mjs";
import { makeButton } from "../page/button.mjs";
import { make } from "../page/make.mjs";
import { PREFIX, urls } from "../config.mjs";
import { isMetered } from "../python/connection.mjs";
// which is a script of its own, and has the ways in it
import { begun, filesOfOtherWays, launcher, preferredWay } from "../python/launch.mjs";
import { counted, decimal, say } from "../words/say.mjs";

/** @import { Kernel } from "../state/kernel.mjs" */

const HOUR = 3_600_000;
const scope = new URL("./", urls.serviceWorker);
/** Keys in localStorage: this runtime's, and the theme's; both have the site's path in them. @param {string} key */
const isOurs = (key) => key.startsWith(`${scope.pathname}.`) || key.replace(/\/\d+/, "/1").startsWith(PREFIX);

/** A build for `make serve` has no such mark: what is written must be seen at once. */
const isKept = () => document.querySelector('meta[name="offline"]') !== null;
/** @type {Promise<void>} */
const loaded = new Promise((resolve) => {
  if (document.readyState === "complete") resolve();
  else addEventListener("load", () => resolve(), { once: true });
});
const idle = () =>
  new Promise((resolve) =>
    "requestIdleCallback" in window ? requestIdleCallback(resolve, { timeout: 3000 }) : setTimeout(resolve, 500),
  );

/**
 * Waits until Python is not on its way and nobody waits for it: it goes first. On a metered line, until it has been
 * used.
 * @param {Kernel} kernel
 */
async function quiet(kernel) {
  const isQuiet = () => (isMetered() ? kernel.python.state === "ready" : kernel.python.state !== "loading");
  while (!isQuiet()) await new Promise((resolve) => kernel.addEventListener("python", resolve, { once: true }));
  if (!isMetered()) await begun.then(() => launcher.fetchedAhead()); // or it would be fetched twice
  await idle();
}

/**
 * @param {ServiceWorker} worker @param {{type: string, only?: string[], without?: string[]}} message
 * @returns {Promise<any>}
 */
function ask(worker, message) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => {
      port1.close();
      resolve(data);
    };
    worker.postMessage(message, [port2]);
  });
}

/** @param {Kernel} kernel */
export async function followOffline(kernel) {
  /** @type {any} */ (window).document$?.subscribe(() => void showStorage(kernel));
  if (!("serviceWorker" in navigator)) return; // plain http from another machine, or a browser that forbids it
  if (!isKept()) return void (await navigator.serviceWorker.getRegistration(scope))?.unregister();
  await loaded;
  await idle();
  await quiet(kernel);
  try {
    const registration = await navigator.serviceWorker.register(urls.serviceWorker, { updateViaCache: "none" });
    if (!registration) return; // blocked
    followUpdates(registration);
    const worker = await active(registration);
    await quiet(kernel);
    await keep(worker, kernel);
  } catch (error) {
    console.info("This site will not work offline:", error);
  }
}

/** @param {ServiceWorkerRegistration} registration @returns {Promise<ServiceWorker>} */
async function active(registration) {
  if (registration.active) return registration.active;
  const { installing } = registration;
  return new Promise((resolve, reject) =>
    installing?.addEventListener("statechange", () => {
      if (installing.state === "activated") resolve(installing);
      if (installing.state === "redundant") reject(new Error("the service worker could not be installed"));
    }),
  );
}

/**
 * Has kept what this browser needs, and says so in `<html data-offline>`: `ready`, all pages and the one way of
 * starting Python that works here; on a metered line `visited`, what was fetched anyway.
 * @param {ServiceWorker} worker @param {Kernel} kernel
 */
async function keep(worker, kernel) {
  const { dataset } = document.documentElement;
  const way = preferredWay();
  const without = (await filesOfOtherWays(way)).map((name) => `vendor/${name}`);
  const wanted = isMetered() ? { only: fetched() } : { without };
  const answer = await ask(worker, { type: "keep", ...wanted });
  if (answer.type === "kept") dataset.offline = isMetered() ? "visited" : "ready";
  else console.info("This site is not kept whole yet:", answer.message);
  void showStorage(kernel);
  const again = () => {
    if (kernel.python.state !== "ready" || preferredWay() === way) return;
    kernel.removeEventListener("python", again);
    delete dataset.offline; // what is kept is not what starts here
    void quiet(kernel).then(() => keep(worker, kernel)); // Python started in another way than was thought
  };
  kernel.addEventListener("python", again);
  again();
}

/** What this page and Python have fetched. */
const fetched = () => [location.href, ...performance.getEntriesByType("resource").map(({ name }) => name)];

/** @param {ServiceWorkerRegistration} registration */
function followUpdates(registration) {
  const { serviceWorker } = navigator;
  const look = () => {
    if (registration.waiting && serviceWorker.controller) offer(registration.waiting);
  };
  look();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  setInterval(() => void registration.update().catch(() => {}), HOUR);
}

/** A newer version waits. Nothing changes until the reader says so. @param {ServiceWorker} waiting */
function offer(waiting) {
  document.querySelector(".update-bar")?.remove();
  const words = make("span");
  const reload = makeButton(say("Reload"), "reload", async () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    words.textContent = say("Reloading, as soon as the older version has put things away …");
    const { others } = await ask(waiting, { type: "activate" });
    words.textContent = counted(
      others,
      "This site is open in another tab. Close it, then reload.",
      "This site is open in {count} other tabs. Close them, then reload.",
    );
    announcer.say(words.textContent);
  });
  const later = makeButton(say("Later"), "later", () => bar.remove());
  const bar = make("aside", { className: "update-bar", "aria-label": say("New version") }, words, reload, later);
  document.body.append(bar);
  words.textContent = say("A new version of this site is ready.");
  announcer.say(`${words.textContent} ${say("Reload, at the end of the page, takes it up.")}`);
}

/** Fills `[data-storage]`, where a page has one: how much is stored, and a way to clear it. @param {Kernel} kernel */
async function showStorage(kernel) {
  const place = document.querySelector("[data-storage]");
  if (!place) return;
  const bytes = await stored();
  const size = decimal((bytes / 1e6).toFixed(1));
  const words = make("span", {}, `${say("This site has stored {size} MB in this browser.", { size })} `);
  const clear = makeButton(say("Clear what this site has stored"), "clear", () => {
    const sure = makeButton(say("Yes, clear it all, what I have changed too"), "sure", async () => {
      await clearAll(kernel);
      words.textContent = `${say("Cleared. It is stored anew at your next visit.")} `;
      place.replaceChildren(words);
      place.setAttribute("tabindex", "-1"); // the button that had the focus is gone
      /** @type {HTMLElement} */ (place).focus({ preventScroll: true });
      announcer.say(words.textContent);
    });
    clear.replaceWith(sure);
    sure.focus();
  });
  place.replaceChildren(words, clear);
}

/** Bytes in this site's caches and localStorage. */
async function stored() {
  let bytes = Object.keys(localStorageOrNothing())
    .filter(isOurs)
    .reduce((sum, key) => sum + 2 * (key.length + (localStorage[key]?.length ?? 0)), 0);
  for (const name of await cacheNames()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const length = (await cache.match(request, { ignoreVary: true }))?.headers.get("content-length");
      bytes += Number(length ?? 0);
    }
  }
  return bytes;
}

function localStorageOrNothing() {
  try {
    return localStorage;
  } catch {
    return {}; // forbidden
  }
}

const cacheNames = async () =>
  "caches" in window ? (await caches.keys()).filter((name) => name.endsWith(` ${scope.href}`)) : [];

/** @param {Kernel} kernel */
async function clearAll(kernel) {
  kernel.forget(); // what is typed, too: it would be kept again
  await (await navigator.serviceWorker?.getRegistration(scope.href))?.unregister();
  for (const name of await cacheNames()) await caches.delete(name);
  for (const key of Object.keys(localStorageOrNothing()).filter(isOurs)) localStorage.removeItem(key);
  delete document.documentElement.dataset.offline;
}
