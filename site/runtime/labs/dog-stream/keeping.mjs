/** A training as it is kept: in the browser, whenever Python hands out all that a fresh one needs, and in files. */

import { download as save } from "../../page/download.mjs";
import { bytesOf } from "../../lab/parts.mjs";
import { base64Of } from "./paint.mjs";
import { say } from "../../words/say.mjs";

/** @import { Session } from "../../lab/session.mjs" */
/** @import { Values } from "../../lab/settings.mjs" */
/** @import { Album } from "./album.mjs" */
/** @import { Report, Tests } from "./answers.mjs" */

/**
 * @typedef {object} Kept
 * @property {{settings: Values, file: string}} keep
 * @property {Report} report
 * @property {Tests} [tests]
 * @property {(number | null)[][][]} curves
 * @property {number} number  stretches of the stream that have come past
 */

const NAME = "training";
const LARGEST_FILE = 16e6;

/** What an earlier visit has kept. @param {Album} album */
export const recall = (album) => album.network(NAME).catch(() => undefined);

export class Keeper {
  #album;
  #session;
  #rest;
  /** The report that belongs to what Python handed out. @type {Report | undefined} */
  #report;

  /**
   * @param {Album} album @param {Session} session
   * @param {() => Omit<Kept, "keep" | "report">} rest  what belongs to it, as it is now
   */
  constructor(album, session, rest) {
    this.#album = album;
    this.#session = session;
    this.#rest = rest;
  }

  /** All that a training is. @returns {Kept | undefined} */
  get kept() {
    const { kept } = this.#session;
    return kept && this.#report ? { keep: kept, report: this.#report, ...this.#rest() } : undefined;
  }

  /** The session has what belongs to this report. @param {Report} report @returns {Report} */
  take(report) {
    return (this.#report = { ...report, losses: [] });
  }

  async keep() {
    const state = this.kept;
    if (state) await this.#album.keepNetwork(NAME, state);
  }

  async forget() {
    this.#report = undefined;
    await this.#album.forgetNetwork(NAME).catch(() => {});
  }
}

/** @param {string} base64  a network @param {string} name  of the file */
export const download = (base64, name) =>
  save(/** @type {Uint8Array<ArrayBuffer>} */ (bytesOf(base64)), name, "application/octet-stream");

/** A file that may be a network, as Python takes it. @param {File} file */
export async function textOf(file) {
  if (file.size > LARGEST_FILE)
    throw new Error(
      say("{name} has {size} MB; a network has 16 MB at most", { name: file.name, size: (file.size / 1e6).toFixed(0) }),
    );
  return base64Of(new Uint8Array(await file.arrayBuffer()));
}
