/**
 * Runs Python. Knows nothing of the page: JSON comes in, JSON goes out, by the port that the first message brings.
 * Bundled into one file, for it starts from a blob, where nothing can be imported by its address.
 */

import { asRequest } from "./requests.mjs";
import { hearProgress, note, start, times } from "./start.mjs";

/** @import { Call, Delivery, Message, Report, Request, Run, Start } from "../protocol.mjs" */
/** @import { Later } from "./start.mjs" */

/**
 * `cells.page.host`: takes and gives text of JSON.
 * @typedef {object} Host
 * @property {(page: string, program: string) => void} open
 * @property {(page: string, sources: string) => void} take
 * @property {(page: string, targets: string, agreed: string, foreign: string, left: string, sight: string) => string}
 *   plan
 * @property {(page: string, cell: string) => string} run
 * @property {(page: string, expressions?: string) => string} values  of these, or of all
 * @property {(page: string, cell: string, name: string, named: string, session: string, isNew: boolean, kept: string)
 *   => string} call
 */

/** The newest run of each page that has not begun. @type {Map<string, Run>} */
const waiting = new Map();
/**
 * What is left of a page's newest run: cells that the reader does not see, until no step of a slider has come for a
 * while.
 * @typedef {Record<string, number>} Shapes  of cells, by their ids, in the order in which they run
 * @typedef {{run: Run, shapes: Shapes, isDue: boolean}} Rest
 * @type {Map<string, Rest>}
 */
const resting = new Map();
/** The shapes (see `cells.page.reading`) of cells that took no time when they last ran. @type {Map<string, number>} */
const swift = new Map();
/** Milliseconds within which a run is swift. */
const SWIFT = 8;
/** Calls that have not begun, oldest first. @type {Call[]} */
const calls = [];
/** The sources that Python has, by page. @type {Map<string, Record<string, string>>} */
const taken = new Map();
/** The cell that Python is at, and may break at. @type {{ticket: number, page: string, id: string} | undefined} */
let at;
let busy = false;
let patience = 0;
/** @type {Later | undefined} */
let later;
/** @type {MessagePort} */
let port;

/** @param {Message} message */
const post = (message) => port.postMessage(message);

/** @param {string} phase @param {unknown} error */
const fail = (phase, error) =>
  post({ type: "failed", phase, message: error instanceof Error ? error.message : String(error), ...at });

/** Milliseconds between two words on how far a run has come. */
const OFTEN = 100;
let lastWord = 0;

hearProgress((text) => {
  if (at === undefined || performance.now() - lastWord < OFTEN) return;
  lastWord = performance.now();
  post({ type: "progress", ticket: at.ticket, id: at.id, text });
});

/** Lets the messages in that have come meanwhile; a timer would be held up by 4 ms. */
const turn = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(undefined);
  });

/**
 * Runs what the reader sees; the rest of it follows when the reader's hand rests, and not if a newer run comes.
 * @param {Host} host @param {Run} run
 */
async function execute(host, run) {
  const { ticket, page, sources, targets, agreed, foreign, left, sight } = run;
  const started = performance.now();
  const outdated = () => waiting.has(page) && performance.now() - started > patience;
  const has = taken.get(page) ?? {};
  for (const [id, source] of Object.entries(sources)) {
    if (has[id] === source) continue;
    at = { ticket, page, id };
    host.take(page, JSON.stringify({ [id]: source }));
  }
  taken.set(page, sources);
  at = undefined;
  const order = [targets, agreed, foreign, left, sight].map((part) => JSON.stringify(part));
  /** @type {{first: Shapes, rest: Shapes, expressions: string[]}} */
  const { first, rest, expressions } = JSON.parse(
    host.plan(page, .../** @type {[string, string, string, string, string]} */ (order)),
  );
  const ids = [...Object.keys(first), ...Object.keys(rest)];
  if (!(await runAll(host, run, first, outdated, [{ type: "plan", ticket, ids }], expressions.length > 0))) return;
  if (expressions.length > 0)
    post({ type: "values", ticket, values: JSON.parse(host.values(page, JSON.stringify(expressions))) });
  if (sight === null || Object.keys(rest).length === 0) return finish(host, run);
  if (waiting.has(page)) return post({ type: "finished", ticket });
  const whole = { run, shapes: rest, isDue: false };
  resting.set(page, whole);
  setTimeout(() => {
    whole.isDue = true;
    void work(host);
  }, sight.pause);
}

/** @param {Host} host @param {Rest} rest */
async function follow(host, { run, shapes }) {
  if (await runAll(host, run, shapes, () => waiting.has(run.page), [])) finish(host, run);
}

/** @param {Host} host @param {Run} run */
function finish(host, { ticket, page }) {
  post({ type: "values", ticket, values: JSON.parse(host.values(page)) });
  post({ type: "finished", ticket });
}

/**
 * Under a slider, what is planned and begun is told together with the first result, and what takes no time with what
 * comes next: the page would draw itself in between.
 * @param {Host} host @param {Run} run @param {Shapes} shapes
 * @param {() => boolean} outdated  whether a newer run takes this one's place
 * @param {Report[]} held  what is to be told with the first result
 * @param {boolean} [hasValues]  numbers follow that are to be shown with the last one
 * @returns {Promise<boolean>} whether all of them have run
 */
async function runAll(host, { ticket, page, sight }, shapes, outdated, held, hasValues = false) {
  const ids = Object.keys(shapes);
  const tell = (more = false) => {
    if (held.length > 0) post({ type: "several", reports: held, more });
    held = [];
  };
  for (const id of ids) {
    if (outdated()) {
      tell();
      post({ type: "finished", ticket });
      return false;
    }
    held.push({ type: "begin", ticket, id });
    const key = `${page} ${id}`;
    const isSwift = swift.get(key) === shapes[id];
    if (id !== ids[0] || !isSwift) tell(isSwift && sight !== null);
    at = { ticket, page, id };
    const begun = performance.now();
    const result = await complete(() => host.run(page, id), tell);
    if (performance.now() - begun < SWIFT) swift.set(key, shapes[id]);
    else swift.delete(key);
    await turn(); // what the cell left to come at once comes in its own run
    held.push({ ...JSON.parse(result), type: "result", ticket, id }); // whatever code has made of the result
    if (sight === null) tell();
  }
  tell(hasValues);
  at = undefined;
  return true;
}

/**
 * What Python says; once more, when the rest of it has come, if it lacked that.
 * @param {() => string} ask @param {() => void} [tell]  what is to be told before that
 */
async function complete(ask, tell = () => {}) {
  const result = ask();
  if (!later?.isMissed()) return result;
  tell();
  post({ type: "lacking" });
  await later.come;
  return ask();
}

const nextDue = () => [...resting.values()].find(({ isDue }) => isDue);

/** @param {Host} host @param {Call} call */
async function answer(host, { ticket, page, cell, name, arguments: named, session, isNew, kept }) {
  at = undefined; // what breaks here, a lab asked for
  const texts = [named, kept ?? null].map((one) => JSON.stringify(one));
  const result = await complete(() => host.call(page, cell, name, texts[0], session, isNew, texts[1]));
  post({ ...JSON.parse(result), type: "called", ticket });
  await turn();
}

/** Runs come first, then their rest: cells follow the reader while a lab is at work. @param {Host} host */
async function work(host) {
  if (busy) return;
  busy = true;
  try {
    while (waiting.size > 0 || calls.length > 0 || nextDue()) {
      for (const [page, run] of waiting) {
        waiting.delete(page);
        await execute(host, run);
      }
      const rest = nextDue();
      if (rest) {
        resting.delete(rest.run.page);
        await follow(host, rest);
      }
      const call = calls.shift();
      if (call) await answer(host, call);
    }
  } catch (error) {
    fail("running", error); // Python itself broke: what a cell raises is an output
  }
  busy = false;
}

/** The files that the page sends: asked for by name, whether they have come or not. */
class Arrivals {
  /**
   * @typedef {object} Arrival
   * @property {Promise<any>} content  nothing, if all of it came in parts
   * @property {(content?: ArrayBuffer) => void} arrive
   * @property {Promise<void>} begun  kept when the first of it is here
   * @property {() => void} begin
   * @property {boolean} inParts  a part has come, so `parts` is of use
   * @property {ReadableStream<Uint8Array<ArrayBuffer>>} parts
   * @property {ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>} writer
   */
  /** @type {Map<string, Arrival>} */
  #files = new Map();

  /** @param {string} name */
  #file(name) {
    let file = this.#files.get(name);
    if (file === undefined) {
      /** @type {any} */
      const made = {};
      made.content = new Promise((resolve) => (made.arrive = resolve));
      made.begun = new Promise((resolve) => (made.begin = resolve));
      made.inParts = false;
      made.parts = new ReadableStream({ start: (writer) => void (made.writer = writer) });
      this.#files.set(name, (file = /** @type {Arrival} */ (made)));
    }
    return file;
  }

  /** @param {string} name */
  wait = (name) => this.#file(name).content;

  /**
   * What `use` makes of a file while it comes; it counts only when all of the file is here and verified.
   * @template T
   * @param {string} name @param {(stream: ReadableStream<Uint8Array<ArrayBuffer>>) => Promise<T>} use
   */
  stream = async (name, use) => {
    const file = this.#file(name);
    await file.begun; // what comes whole is never a stream that breaks off: Firefox writes that down as an error
    if (!file.inParts) return use(new Blob([await file.content]).stream());
    const made = use(file.parts);
    made.catch(() => {}); // it came otherwise
    const whole = await file.content;
    return whole ? use(new Blob([whole]).stream()) : made;
  };

  /** @param {string} name @param {ArrayBuffer} content  a part of the file */
  add(name, content) {
    const file = this.#file(name);
    file.inParts = true;
    file.writer.enqueue(new Uint8Array(content));
    file.begin();
  }

  /** @param {string} name @param {ArrayBuffer} [content]  nothing, if all of it came in parts */
  put(name, content) {
    const { arrive, begin, inParts, writer } = this.#file(name);
    if (!content) writer.close();
    else if (inParts) writer.error(new Error("it came otherwise"));
    arrive(content);
    begin();
  }
}

/** @param {Start} order @param {Arrivals} files @param {Promise<unknown>} go */
async function begin(order, files, go) {
  const begun = performance.now();
  note("worker begun");
  try {
    patience = order.patience;
    const started = await start(order.way, files.wait, files.stream, order.facts, go);
    later = started.later;
    /** @type {Host} */
    const host = started.host;
    port.onmessage = (/** @type {MessageEvent<Delivery | Request>} */ { data }) => {
      if (data.type === "go") return; // it was told before, at the very press
      if (data.type === "file") return files.put(data.name, data.content);
      if (data.type === "rest") return void later?.take(data.isHere).catch((error) => fail("running", error));
      const request = asRequest(data);
      if (request.type === "open") {
        taken.set(request.page, Object.fromEntries(request.cells.map(({ id, source }) => [id, source])));
        const { page, cells, expressions, language, words } = request;
        host.open(page, JSON.stringify({ cells, expressions, language, words }));
      } else if (request.type === "call") {
        calls.push(request);
        work(host);
      } else {
        const older = waiting.get(request.page) ?? resting.get(request.page)?.run;
        if (older) post({ type: "finished", ticket: older.ticket });
        resting.delete(request.page);
        waiting.set(request.page, request);
        work(host);
      }
    };
    self.onerror = (message, _file, _line, _column, error) => {
      fail("running", error ?? message);
      return true;
    };
    self.onunhandledrejection = ({ reason }) => fail("running", reason);
    note("woken");
    post({ type: "ready", times, python: started.version, milliseconds: Math.round(performance.now() - begun) });
  } catch (error) {
    fail("loading", error);
  }
}

self.onmessage = ({ data }) => {
  self.onmessage = null;
  const files = new Arrivals();
  /** @type {() => void} */
  let tell = () => {};
  const go = new Promise((resolve) => (tell = () => resolve(undefined)));
  port = data;
  port.onmessage = (/** @type {MessageEvent<Delivery>} */ { data }) => {
    if (data.type === "start") void begin(data, files, go);
    else if (data.type === "go") tell();
    else if (data.type === "part") files.add(data.name, data.content);
    else if (data.type === "file") files.put(data.name, data.content);
  };
};
