/**
 * The album: the dogs that the stream has saved, in a database of the reader's browser (IndexedDB). Each change is one
 * transaction, so a browser that dies in the middle of one leaves it undone and nothing half done. Where there is no
 * storage, or no room in it, new dogs live in memory, which the reader is told.
 */

import { openDB } from "idb";
import { say } from "../../words/say.mjs";

/** @import { DBSchema, IDBPDatabase } from "idb" */
/** @import { Dog } from "./archive.mjs" */

/**
 * @typedef {"full" | "forbidden"} Trouble
 * @typedef {Dog & {id: number | string}} Kept  numbers are of the database, words of what is in memory alone
 * @typedef {{used: number, quota: number}} Room  bytes of this site in this browser
 *
 * @typedef {object} Training  what is kept of a network
 * @property {string} name
 * @property {number} saved  when
 * @property {unknown} state  plain data
 */

/**
 * @typedef {DBSchema & {
 *   dogs: {key: number, value: Dog & {id?: number}},
 *   bin: {key: number, value: Dog & {id?: number}},
 *   networks: {key: string, value: Training}
 * }} Schema
 */

const VERSION = 1;
/** Milliseconds until a database that does not open counts as none. */
const PATIENCE = 5000;
/** Dogs in memory, at most: a page that runs for days must not grow without end. */
const MOST_LOOSE = 10_000;

/** @param {unknown} error @returns {Trouble} */
const troubleOf = (error) => (/** @type {Error} */ (error)?.name === "QuotaExceededError" ? "full" : "forbidden");

/** Events: `change` when it holds other dogs than before, in whatever tab; `trouble` when `trouble` changes. */
export class Album extends EventTarget {
  /** Why new dogs are not kept. @type {Trouble | undefined} */
  trouble;
  #name;
  /** @type {Promise<IDBPDatabase<Schema> | undefined> | undefined} */
  #opening;
  /** Dogs that could not be kept, oldest first. @type {Kept[]} */
  #loose = [];
  /** What was removed last, where the database had no room for it. @type {Kept[]} */
  #looseBin = [];
  #looseCount = 0;
  /** @type {BroadcastChannel | undefined} */
  #tabs;

  /** @param {string} name  of the database */
  constructor(name) {
    super();
    this.#name = name;
    if (typeof BroadcastChannel === "undefined") return;
    this.#tabs = new BroadcastChannel(name);
    this.#tabs.onmessage = () => this.dispatchEvent(new Event("change"));
  }

  /** Whether a database is there to keep things. */
  async isKept() {
    return (await this.#database()) !== undefined;
  }

  /** @param {Dog[]} dogs  all of them, or none @returns {Promise<boolean>} whether they are kept */
  async add(dogs) {
    const all = [...this.#loose, ...dogs];
    try {
      const transaction = (await this.#needed()).transaction("dogs", "readwrite", { durability: "strict" });
      await Promise.all([...all.map((dog) => transaction.store.add(plain(dog))), transaction.done]);
      this.#loose = [];
      this.#setTrouble(undefined);
    } catch (error) {
      this.#loose.push(...dogs.map((dog) => ({ ...dog, id: `loose-${++this.#looseCount}` })));
      this.#loose.splice(0, this.#loose.length - MOST_LOOSE);
      this.#setTrouble(troubleOf(error));
    }
    this.#changed();
    return this.trouble === undefined;
  }

  async count() {
    const database = await this.#database();
    return this.#loose.length + (database ? await database.count("dogs") : 0);
  }

  /** Dogs that are not kept. */
  get looseCount() {
    return this.#loose.length;
  }

  /**
   * Some dogs, the newest first.
   * @param {number} from  dogs before the first one
   * @param {number} count @returns {Promise<Kept[]>}
   */
  async page(from, count) {
    const loose = this.#loose.toReversed().slice(from, from + count);
    const database = await this.#database();
    if (database === undefined || loose.length === count) return loose;
    /** @type {Kept[]} */
    const kept = [];
    const skip = Math.max(0, from - this.#loose.length);
    let cursor = await database.transaction("dogs").store.openCursor(null, "prev");
    if (skip > 0) cursor = (await cursor?.advance(skip)) ?? null;
    for (; cursor && kept.length < count - loose.length; cursor = await cursor.continue()) {
      kept.push({ ...cursor.value, id: cursor.key });
    }
    return [...loose, ...kept];
  }

  /** All dogs, the oldest first. @returns {Promise<Kept[]>} */
  async all() {
    const database = await this.#database();
    const kept = database ? /** @type {Kept[]} */ (await database.getAll("dogs")) : [];
    return [...kept, ...this.#loose];
  }

  /** Takes dogs out, so that `undo` brings them back. @param {(number | string)[]} ids */
  async remove(ids) {
    const out = new Set(ids);
    const loose = this.#loose.filter(({ id }) => out.has(id));
    const keys = /** @type {number[]} */ (ids.filter((id) => typeof id === "number"));
    this.#loose = this.#loose.filter(({ id }) => !out.has(id));
    this.#looseBin = loose;
    const database = await this.#database();
    if (database) await this.#move(database, keys);
    this.#changed();
  }

  /** Takes all dogs out, so that `undo` brings them back. */
  async empty() {
    this.#looseBin = this.#loose;
    this.#loose = [];
    const database = await this.#database();
    if (database) await this.#move(database, await database.getAllKeys("dogs"));
    this.#changed();
  }

  /** What was taken out last is put back. @returns {Promise<number>} how many dogs that are */
  async undo() {
    const database = await this.#database();
    let back = this.#looseBin.length;
    if (database) {
      const transaction = database.transaction(["dogs", "bin"], "readwrite", { durability: "strict" });
      const removed = await transaction.objectStore("bin").getAll();
      back += removed.length;
      for (const dog of removed) void transaction.objectStore("dogs").put(dog);
      void transaction.objectStore("bin").clear();
      await transaction.done;
    }
    const loose = this.#looseBin;
    this.#looseBin = [];
    if (loose.length > 0) await this.add(loose.map(({ id: _, ...dog }) => dog));
    else this.#changed();
    return back;
  }

  /** How many dogs `undo` would bring back. */
  async undoable() {
    const database = await this.#database();
    return this.#looseBin.length + (database ? await database.count("bin") : 0);
  }

  /** How full the storage for this site is, where the browser says so. @returns {Promise<Room | undefined>} */
  async room() {
    const { usage, quota } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
    return usage === undefined || quota === undefined ? undefined : { used: usage, quota };
  }

  /** @param {string} name @param {unknown} state  plain data @returns {Promise<boolean>} whether it is kept */
  async keepNetwork(name, state) {
    try {
      const database = await this.#needed();
      await database.put("networks", { name, saved: Date.now(), state });
      if (this.#loose.length === 0) this.#setTrouble(undefined);
      return true;
    } catch (error) {
      this.#setTrouble(troubleOf(error));
      return false;
    }
  }

  /** @param {string} name @returns {Promise<Training | undefined>} */
  async network(name) {
    return (await this.#database())?.get("networks", name);
  }

  /** @param {string} name */
  async forgetNetwork(name) {
    await (await this.#database())?.delete("networks", name);
  }

  /** Ends its hold on the database. */
  async close() {
    this.#tabs?.close();
    (await this.#opening)?.close();
    this.#opening = undefined;
  }

  /** @param {IDBPDatabase<Schema>} database @param {number[]} keys */
  async #move(database, keys) {
    const move = async (/** @type {boolean} */ isKept) => {
      const transaction = database.transaction(["dogs", "bin"], "readwrite", { durability: "strict" });
      const [dogs, bin] = [transaction.objectStore("dogs"), transaction.objectStore("bin")];
      const gone = [];
      const work = [bin.clear()];
      for (const key of keys) {
        const dog = await dogs.get(key);
        if (dog === undefined) continue; // another tab was faster
        gone.push({ ...dog, id: key });
        if (isKept) work.push(/** @type {Promise<any>} */ (bin.put(dog)));
        work.push(dogs.delete(key));
      }
      await Promise.all([...work, transaction.done]);
      return gone;
    };
    try {
      await move(true);
    } catch (error) {
      if (troubleOf(error) !== "full") throw error;
      // no room to keep what goes: Undo lasts until the page is left
      this.#looseBin = [...(await move(false)), ...this.#looseBin];
    }
  }

  /** @param {Trouble | undefined} trouble */
  #setTrouble(trouble) {
    if (this.trouble === trouble) return;
    this.trouble = trouble;
    this.dispatchEvent(new Event("trouble"));
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
    this.#tabs?.postMessage("changed");
  }

  async #needed() {
    const database = await this.#database();
    if (database === undefined) throw new DOMException(say("there is no database"), "NotAllowedError");
    return database;
  }

  /** The database, or undefined where there can be none. */
  #database() {
    this.#opening ??= this.#open().catch(() => {
      this.#setTrouble("forbidden");
      return undefined;
    });
    return this.#opening;
  }

  /** @returns {Promise<IDBPDatabase<Schema>>} */
  #open() {
    const forget = () => (this.#opening = undefined);
    const opened = openDB(this.#name, VERSION, {
      upgrade(database) {
        database.createObjectStore("dogs", { keyPath: "id", autoIncrement: true });
        database.createObjectStore("bin", { keyPath: "id" });
        database.createObjectStore("networks", { keyPath: "name" });
      },
      blocking(_current, _wanted, event) {
        forget();
        /** @type {IDBDatabase} */ (event.target).close(); // a newer page in another tab needs it; that one goes on
      },
      terminated: forget, // the reader cleared the storage: it is opened anew
    });
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error(say("no answer"))), PATIENCE));
    return /** @type {Promise<IDBPDatabase<Schema>>} */ (Promise.race([opened, late]));
  }
}

/** A dog without what only memory needs. @param {Dog & {id?: unknown}} dog @returns {Dog} */
const plain = ({ id: _, ...dog }) => dog;
