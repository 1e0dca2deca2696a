/** The stream itself: asks Python for stretches of pictures, lets one after the other come past, and saves dogs. */

import { bytesOf, nextFrame } from "../../lab/parts.mjs";

/** @import { Host } from "../../lab/lab.mjs" */
/** @import { Task } from "../../lab/task.mjs" */
/** @import { Album } from "./album.mjs" */
/** @import { Passing } from "./answers.mjs" */
/** @import { StreamView } from "./stream-view.mjs" */

/** Pictures that are asked for at a time, and at how few more are. */
const [STRETCH, LOW] = [16, 6];

export class Stream {
  #host;
  #view;
  #album;
  /** The next stretch, and so how many have come past. */
  number = 0;
  isOn = false;
  /** What waits to come past. @type {Passing[]} */
  #waiting = [];

  /** @param {Host} host @param {StreamView} view @param {Album} album */
  constructor(host, view, album) {
    this.#host = host;
    this.#view = view;
    this.#album = album;
  }

  /**
   * Lets pictures come past until it is stopped, unless something else is being done.
   * @param {Task} task @param {(error: Error, before: string) => void} trouble
   */
  async start(task, trouble) {
    if (task.isBusy || this.isOn) return;
    this.isOn = true;
    const before = task.state;
    task.state = "streaming";
    try {
      await this.#run();
    } catch (error) {
      trouble(/** @type {Error} */ (error), before);
    }
    this.isOn = false;
    task.state = task.state === "streaming" ? before : task.state;
  }

  /** What waited was tagged by the network as it was. */
  async #run() {
    this.#waiting = [];
    await this.#host.session.prepare();
    let next = performance.now();
    while (this.isOn && !this.#host.signal.aborted) {
      if (this.#waiting.length <= LOW) await this.#fetch();
      const one = this.#waiting.shift();
      if (one === undefined) break;
      await nextFrame();
      if (!this.isOn) break;
      if (this.#view.pass(one)) await this.#save(one);
      next = Math.max(performance.now(), next + this.#view.pace);
      await new Promise((resolve) => setTimeout(resolve, next - performance.now()));
    }
  }

  async #fetch() {
    this.#waiting.push(...(await this.#host.session.call("watch", { number: this.number++, n_pictures: STRETCH })));
  }

  /** @param {Passing} one */
  async #save({ pixels, kind, breed, is_new: isNew, probabilities }) {
    const bytes = bytesOf(pixels);
    const size = Math.round(Math.sqrt(bytes.length));
    await this.#album.add([
      { added: Date.now(), kind, breed, isNew, size, pixels: bytes, probabilities, threshold: this.#view.threshold },
    ]);
  }
}
