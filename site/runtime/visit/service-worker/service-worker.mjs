/**
 * Keeps the site in the reader's browser. The build puts a table of all files before it and the whole in the site's
 * root: `self.site = {name, files: {path: [sha256, bytes]}, apart}`; of each language beside the first `apart` has the
 * folder, and what only its readers need.
 *
 * Every file is kept under its address and its hash. So two versions of the site live side by side until the reader
 * takes up the newer one, what did not change between them is not fetched again, and what is damaged is known by it.
 */

import { clientsClaim } from "workbox-core";
import { registerRoute } from "workbox-routing";
import { CacheFirst } from "workbox-strategies";
import { sha256 } from "../../python/hash.mjs";

/** @type {any} */
const worker = self;
/** @type {Record<string, [sha256: string, bytes: number]>} */
const files = worker.site.files;
/** @type {Record<string, string[]>} */
const apart = worker.site.apart;
const folders = Object.keys(apart);
/** @type {string} */
const scope = worker.registration.scope;
const CACHE = `${worker.site.name} ${scope}`;
/** Bytes from which on a file is kept later, when the reader's first page is done. */
const LARGE = 400_000;
/** Files of one way or another to start Python: the page knows which are needed. */
const PYTHON = /^vendor\/(pyodide\/|start\/|python\.zip)/;
/** Requests at a time. */
const WIDTH = 4;

/** The file that an address means, if it is one of the site's. @param {string} address */
function fileAt(address) {
  const { origin, pathname } = new URL(address);
  if (!(origin + pathname).startsWith(scope)) return undefined;
  const path = (origin + pathname).slice(scope.length).replace(/(^|\/)$/, "$1index.html");
  return Object.hasOwn(files, path) ? path : undefined;
}

/**
 * What readers of some languages have no use for: pages and searches of others, and of the first those that they have
 * in their own. @param {string} path @param {(string | undefined)[]} read  folders; undefined is the first language
 */
function isForeign(path, read) {
  if (read.length === 0) return false;
  const folder = folders.find((one) => apart[one].some((beginning) => path.startsWith(beginning)));
  if (folder !== undefined) return !read.includes(folder);
  return !read.includes(undefined) && read.every((one) => Object.hasOwn(files, one + path));
}

/** @param {string} address */
const folderOf = (address) => folders.find((one) => address.startsWith(scope + one));

/** @param {string} path */
const addressOf = (path) => scope + path.replace(/(^|\/)index\.html$/, "$1");
/** @param {string} path */
const keyOf = (path) => `${addressOf(path)}?sha256=${files[path][0]}`;
/** @param {string} key */
const hashIn = (key) => new URL(key).searchParams.get("sha256");

/** Caches of this place from when the site had another name. */
const olderNames = async () => (await caches.keys()).filter((name) => name !== CACHE && name.endsWith(` ${scope}`));

/** Takes from those what is still wanted. @param {string[]} paths @param {Cache} cache */
async function takeOver(paths, cache) {
  for (const cacheName of await olderNames())
    for (const key of paths.map(keyOf)) {
      const kept = await caches.match(key, { cacheName, ignoreVary: true });
      if (kept && !(await cache.match(key, { ignoreVary: true }))) await cache.put(key, kept);
    }
}

/** @param {Response} response */
const hashOf = async (response) => sha256(await response.arrayBuffer());

/** What has been found whole since this worker woke. @type {Set<string>} */
const whole = new Set();

/** Throws away what is damaged. @param {string} cacheName @param {Request} key */
async function check(cacheName, key) {
  const kept = await caches.match(key, { cacheName, ignoreVary: true });
  if (kept === undefined) return false;
  if ((await hashOf(kept)) !== hashIn(key.url)) {
    if (await caches.has(cacheName)) await (await caches.open(cacheName)).delete(key);
    return false;
  }
  whole.add(key.url);
  return true;
}

/**
 * What is large and asked for by `fetch` (Pyodide and its like) is checked by who asks, who then asks with
 * `cache: "reload"`; to check it here first would hold up Python's start. It is checked when that is over.
 * @param {Request | undefined} request
 */
function isCheckedThere(request) {
  const path = request?.destination === "" ? fileAt(request.url) : undefined;
  return path !== undefined && files[path][1] >= LARGE;
}
const later = () => new Promise((resolve) => setTimeout(resolve, 4000));

/** @type {import("workbox-core/types.js").WorkboxPlugin} */
const verified = {
  async cacheKeyWillBeUsed({ request }) {
    const path = fileAt(request.url);
    return path === undefined ? request : keyOf(path);
  },
  async cachedResponseWillBeUsed({ cacheName, request, cachedResponse, event }) {
    if (/** @type {any} */ (event).request?.cache === "reload") return null; // who asks has found it damaged
    if (!cachedResponse || whole.has(request.url)) return cachedResponse;
    if (isCheckedThere(/** @type {any} */ (event).request)) {
      /** @type {any} */ (event).waitUntil(later().then(() => check(cacheName, request)));
      return cachedResponse;
    }
    return (await check(cacheName, request)) ? cachedResponse : null; // null: fetched again
  },
  async cacheWillUpdate({ request, response }) {
    const path = fileAt(request.url);
    const isWhole =
      response.status === 200 && path !== undefined && (await hashOf(response.clone())) === files[path][0];
    // A reader has cleared it all while this page was open: `open` would begin it anew.
    return isWhole && (await caches.has(CACHE)) ? response : null;
  },
};
const strategy = new CacheFirst({ cacheName: CACHE, plugins: [verified], matchOptions: { ignoreVary: true } });

/**
 * Fetches what is not kept yet. Every file is known by its hash, so what the browser has from the page is taken as it
 * is; the host is asked only for what the browser lacks, or has otherwise.
 * @param {string[]} paths @param {ExtendableEvent} event
 * @throws {Error} naming the first file that could not be had as it should be
 */
async function keep(paths, event) {
  const cache = await caches.open(CACHE);
  await takeOver(paths, cache);
  const todo = [...paths];
  const isKept = async (/** @type {string} */ path) =>
    (await cache.match(keyOf(path), { ignoreVary: true })) !== undefined;
  const some = async () => {
    for (let path = todo.shift(); path !== undefined; path = todo.shift()) {
      for (const mode of /** @type {RequestCache[]} */ (["force-cache", "reload"])) {
        if (await isKept(path)) break;
        const [response, done] = strategy.handleAll({ event, request: new Request(addressOf(path), { cache: mode }) });
        await response;
        await done;
      }
      if (!(await isKept(path))) throw new Error(`${path} is not what the site was built with`);
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, some));
}

/**
 * What a page wants kept: all, or only what it names; not what it can do without, which goes.
 * @param {{only?: string[], without?: string[]}} wanted @param {ExtendableEvent} event
 */
async function keepWanted({ only, without = [] }, event) {
  const page = /** @type {any} */ (event).source?.url ?? scope;
  const cache = await caches.open(CACHE);
  for (const path of without) if (Object.hasOwn(files, path)) await cache.delete(keyOf(path), { ignoreVary: true });
  const named = only?.map(fileAt).filter((path) => path !== undefined);
  await keep(
    (named ?? Object.keys(files).filter((path) => !isForeign(path, [folderOf(page)]))).filter(
      (path) => !without.includes(path),
    ),
    event,
  );
}

registerRoute(
  ({ request, sameOrigin }) => sameOrigin && !request.headers.has("range") && fileAt(request.url) !== undefined,
  strategy,
);

/** @typedef {{waitUntil: (work: Promise<unknown>) => void} & Event} ExtendableEvent */

worker.addEventListener("install", (/** @type {any} */ event) => {
  // The first of all keeps what the page will ask for; a newer one must not take over before it can show every page.
  const pages = Object.keys(files).filter((path) => files[path][1] < LARGE && !PYTHON.test(path));
  const keepRead = async () => {
    const kept = await (await caches.open(CACHE)).keys();
    const read = [
      ...new Set(kept.filter(({ url }) => url.split("?")[0].endsWith("/")).map(({ url }) => folderOf(url))),
    ];
    await keep(
      pages.filter((path) => !isForeign(path, read)),
      event,
    );
  };
  if (worker.registration.active) event.waitUntil(keepRead());
});

worker.addEventListener("activate", (/** @type {any} */ event) => {
  const keys = new Set(Object.keys(files).map(keyOf));
  const tidy = async () => {
    const cache = await caches.open(CACHE);
    for (const { url } of await cache.keys()) if (!keys.has(url)) await cache.delete(url, { ignoreVary: true });
    await takeOver(Object.keys(files), cache);
    for (const name of await olderNames()) await caches.delete(name);
  };
  event.waitUntil(tidy());
});

worker.addEventListener("message", (/** @type {any} */ event) => {
  const [port] = event.ports;
  const tell = (/** @type {object} */ answer) => port?.postMessage(answer);
  if (event.data?.type === "keep") {
    const kept = keepWanted(event.data, event).then(
      () => tell({ type: "kept" }),
      (error) => tell({ type: "failed", message: String(error?.message ?? error) }),
    );
    event.waitUntil(kept);
  } else if (event.data?.type === "activate") {
    const activate = async () => {
      const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
      const others = pages.filter((/** @type {any} */ page) => page.url.startsWith(scope)).length - 1;
      if (others > 0) return tell({ type: "busy", others }); // they go on with the version that they began with
      await worker.skipWaiting();
    };
    event.waitUntil(activate());
  }
});

clientsClaim();
