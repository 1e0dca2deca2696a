/** The album on the page: a page of it at a time, how full it is, and its way out and back in. */

import { download } from "../../page/download.mjs";
import { Figures, Summary, disable, make } from "../../lab/parts.mjs";
import { makeButton } from "../../page/button.mjs";
import { Latest } from "../../page/latest.mjs";
import { animal, named } from "../animals.mjs";
import { ArchiveError, limits, pack, unpack } from "./archive.mjs";
import { share } from "./bars.mjs";
import { DOG } from "./kinds.mjs";
import { ask, picture } from "./paint.mjs";
import { counted, decimal, say } from "../../words/say.mjs";

/** @import { Album, Kept } from "./album.mjs" */

const PAGE = 24;
const TROUBLES = {
  forbidden: say(
    "Your browser lets this site keep nothing (is this a private window?). " +
      "The stream goes on, but new dogs and what the network learns live in memory: " +
      "they are gone when you leave this page. Export album and Save network give you files.",
  ),
  full: say(
    "Your browser's storage for this site is full. " +
      "The stream goes on, but new dogs and what the network learns live in memory: " +
      "they are gone when you leave this page. Delete some dogs, or export the album and empty it.",
  ),
};

export class AlbumView {
  node = make("section", { data: { part: "album" }, "aria-labelledby": "dog-stream-album" });
  #album;
  #summary;
  #announce;
  #figures = new Figures({ "album-count": [say("dogs in the album"), 0] });
  #room = make("p", { className: "hint", data: { part: "room" } });
  #notice = make("div", { data: { part: "album-notice" } });
  #head = make("h3", { id: "dog-stream-album", tabIndex: -1, textContent: say("The album") });
  #grid = make("ul", { className: "tiles" });
  #export = makeButton(say("Export album"), "export", () => void this.#do(() => this.#exportAll()));
  #import = makeButton(say("Import album"), "import", () =>
    ask(".zip,application/zip", (file) => void this.#do(() => this.#importFile(file))),
  );
  #empty = makeButton(say("Empty album"), "empty", () => void this.#do(() => this.#emptyAll()));
  #undo = makeButton(say("Undo"), "undo", () => void this.#do(() => this.#undoLast()));
  #newer = makeButton(say("Newer"), "newer", () => this.#turn(-PAGE));
  #older = makeButton(say("Older"), "older", () => this.#turn(PAGE));
  #where = make("span", { className: "hint" });
  #from = 0;
  #latest = new Latest();
  #soon = 0;

  /** @param {Album} album @param {AbortSignal} signal  the end of its stay @param {(text: string) => void} announce */
  constructor(album, signal, announce) {
    this.#album = album;
    this.#announce = announce;
    this.#summary = new Summary(announce);
    this.node.append(
      this.#head,
      this.#figures.node,
      this.#room,
      this.#notice,
      make("div", { data: { part: "bar" } }, this.#export, this.#import, this.#empty, this.#undo),
      this.#summary.node,
      this.#grid,
      make("div", { data: { part: "bar" }, className: "pager" }, this.#newer, this.#where, this.#older),
    );
    album.addEventListener("change", () => this.#refreshSoon(), { signal });
    album.addEventListener("trouble", () => this.#showTrouble(), { signal });
    void this.refresh();
  }

  /** Brings the page in line with the album, now. */
  async refresh() {
    const isLatest = this.#latest.begin();
    const [count, dogs, undoable, room] = await Promise.all([
      this.#album.count(),
      this.#album.page(this.#from, PAGE),
      this.#album.undoable(),
      this.#album.room(),
    ]);
    if (!isLatest()) return;
    if (dogs.length === 0 && this.#from > 0) {
      this.#from = Math.max(0, this.#from - PAGE);
      return void (await this.refresh());
    }
    this.#figures.show("album-count", count);
    const wasIn = this.#grid.contains(document.activeElement);
    const states = [
      { button: this.#export, isDisabled: count === 0 },
      { button: this.#empty, isDisabled: count === 0 },
      { button: this.#undo, isDisabled: undoable === 0 },
      { button: this.#newer, isDisabled: this.#from === 0 },
      { button: this.#older, isDisabled: this.#from + dogs.length >= count },
    ];
    disable(states, { heirs: [this.#undo, this.#empty, this.#older, this.#newer, this.#head] });
    this.#where.textContent =
      count > 0
        ? say("{first} to {last} of {count}, the newest first", {
            ...{ first: this.#from + 1, last: this.#from + dogs.length, count },
          })
        : say("No dog yet. Start the stream and they come.");
    this.#room.textContent = room
      ? say("This site uses {used} of the {quota} that your browser allows it.", {
          ...{ used: bytes(room.used), quota: bytes(room.quota) },
        })
      : "";
    this.#grid.replaceChildren(...dogs.map((dog) => this.#tile(dog)));
    if (wasIn) (this.#grid.querySelector("button") ?? (this.#undo.disabled ? this.#head : this.#undo)).focus();
    this.#showTrouble();
  }

  /** A stream saves several dogs a second: the page follows a few times a second. */
  #refreshSoon() {
    this.#soon ||= setTimeout(() => {
      this.#soon = 0;
      void this.refresh();
    }, 250);
  }

  /** @param {Kept} dog */
  #tile(dog) {
    const name = [named(dog.kind), dog.breed].filter(Boolean).join(", ") || say("your picture");
    const sure = share(dog.probabilities[DOG]);
    const remove = makeButton(say("Delete"), "delete", () => void this.#do(() => this.#remove(dog)));
    remove.setAttribute("aria-label", say("Delete {name}, P(dog) {share}", { name, share: sure }));
    const isDog = dog.kind === "dog" || dog.kind === "";
    const caption = make("span", {}, isDog ? dog.breed || say("yours") : `${named(dog.kind)}: ${dog.breed}`);
    const face = animal(dog.kind || "dog", dog.probabilities[DOG]); // as sure as the network was
    const parts = [picture(dog.pixels), face, caption, make("span", { className: "hint" }, sure), remove];
    return make("li", { className: isDog ? "" : "wrong" }, ...parts);
  }

  /** @param {() => Promise<void>} task */
  async #do(task) {
    this.#notice.replaceChildren();
    try {
      await task();
    } catch (error) {
      if (!(error instanceof ArchiveError)) console.warn(error);
      const { message } = /** @type {Error} */ (error);
      const why = error instanceof ArchiveError ? message : say("That did not work: {why}", { why: message });
      const words = `${why} ${say("The album is as it was.")}`;
      this.#notice.replaceChildren(make("p", {}, words));
      this.#announce(words);
    }
    await this.refresh();
  }

  async #exportAll() {
    const dogs = await this.#album.all();
    download(await pack(dogs), "dog-album.zip", "application/zip");
    this.#summary.say(
      counted(dogs.length, "1 picture exported, as dog-album.zip.", "{count} pictures exported, as dog-album.zip."),
    );
  }

  /** @param {File} file */
  async #importFile(file) {
    this.#summary.say(say("Checking {name} …", { name: file.name }));
    try {
      const sizes = { name: file.name, size: bytes(file.size), most: bytes(limits.file) };
      if (file.size > limits.file)
        throw new ArchiveError(say("{name} has {size}; an album has {most} at most.", sizes));
      const come = await unpack(new Uint8Array(await file.arrayBuffer()));
      const there = new Set((await this.#album.all()).map(signOf));
      const news = come.filter((dog) => !there.has(signOf(dog)));
      if (news.length > 0) await this.#album.add(news);
      const known = come.length - news.length;
      const others = counted(known, "1 was in the album already.", "{count} were in the album already.");
      const added = counted(news.length, "1 picture added.", "{count} pictures added.");
      this.#summary.say(known > 0 ? `${added} ${others}` : added);
    } catch (error) {
      this.#summary.show(say("Nothing was imported."));
      throw error;
    }
  }

  async #emptyAll() {
    const count = await this.#album.count();
    await this.#album.empty();
    this.#from = 0;
    this.#summary.say(
      counted(
        count,
        "The album is empty. Undo brings 1 picture back.",
        "The album is empty. Undo brings {count} pictures back.",
      ),
    );
  }

  /** @param {Kept} dog */
  async #remove(dog) {
    await this.#album.remove([dog.id]);
    this.#summary.say(say("Deleted. Undo brings it back."));
  }

  async #undoLast() {
    const count = await this.#album.undo();
    this.#summary.say(counted(count, "1 picture back in the album.", "{count} pictures back in the album."));
  }

  /** @param {number} by */
  #turn(by) {
    this.#from = Math.max(0, this.#from + by);
    void this.refresh();
  }

  #showTrouble() {
    const { trouble } = this.#album;
    const has = this.#notice.querySelector("[data-trouble]");
    if (!trouble) return has?.remove();
    if (has instanceof HTMLElement && has.dataset.trouble === trouble) return;
    has?.remove();
    this.#notice.append(make("p", { data: { trouble }, textContent: TROUBLES[trouble] }));
    this.#announce(TROUBLES[trouble]);
  }
}

/** What makes two pictures the same one. @param {import("./archive.mjs").Dog} dog */
const signOf = (dog) => `${dog.added} ${dog.kind} ${dog.breed} ${dog.pixels.join()}`;

/** @param {number} count */
function bytes(count) {
  if (count < 1e6) return `${Math.ceil(count / 1e3)} kB`;
  return count < 1e9 ? `${decimal((count / 1e6).toFixed(1))} MB` : `${decimal((count / 1e9).toFixed(1))} GB`;
}
