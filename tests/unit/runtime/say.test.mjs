import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { asReport } from "../../../site/runtime/python/protocol.mjs";
import { counted, decimal, fetchWords, ofPython, say } from "../../../site/runtime/words/say.mjs";

const speak = (words) => Object.assign(globalThis, { words });
afterEach(() => delete globalThis.words);

test("without a table the text is what is said, with its values", () => {
  assert.equal(say("Epoch {epoch} of {of}.", { epoch: 3, of: "10" }), "Epoch 3 of 10.");
  assert.deepEqual(ofPython(), { language: "en", words: {} });
});

test("a table's text is said in place of the English one, and what it lacks in English", () => {
  speak({ "Epoch {epoch} of {of}.": "Epoche {epoch} von {of}." });
  assert.equal(say("Epoch {epoch} of {of}.", { epoch: 3, of: 10 }), "Epoche 3 von 10.");
  assert.equal(say("Stopped."), "Stopped.");
});

test("no text is taken for what JavaScript's objects have by themselves", () => {
  speak({});
  assert.equal(say("constructor"), "constructor");
});

test("a page that has a table fetches more of it, and says in English what does not come", async (context) => {
  const more = "data:text/javascript,Object.assign(words,{Train:'Trainieren'})";
  await fetchWords(more);
  assert.equal(say("Train"), "Train", "English fetches nothing");
  speak({ Run: "Ausführen" });
  await fetchWords(more);
  assert.deepEqual(
    ["Run", "Train", "Stop"].map((text) => say(text)),
    ["Ausführen", "Trainieren", "Stop"],
  );
  const warned = context.mock.method(console, "warn", () => {});
  await fetchWords("data:text/javascript,throw new Error('gone')");
  assert.equal(warned.mock.callCount(), 1);
});

test("a brace without a value stays, and a value's own braces do", () => {
  assert.equal(say("{a} and {b}", { a: "{b}" }), "{b} and {b}");
});

test("one is told otherwise than several", () => {
  speak({ "1 line": "1 Zeile", "{count} lines": "{count} Zeilen" });
  assert.deepEqual(
    [0, 1, 2].map((count) => counted(count, "1 line", "{count} lines")),
    ["0 Zeilen", "1 Zeile", "2 Zeilen"],
  );
});

test("a number is written with the language's decimal sign", (context) => {
  assert.equal(decimal(0.5), "0.5");
  context.after(() => delete globalThis.document);
  Object.assign(globalThis, { document: { documentElement: { lang: "de" } } });
  assert.equal(say("{number} nats", { number: decimal(0.5) }), "0,5 nats");
  assert.equal(decimal("−1.25 and 3. Then"), "−1,25 and 3. Then");
});

test("what begins before its page's words are there says nothing until it is asked", () => {
  speak({
    "a dictionary": "ein Dictionary",
    "{path} should be {what}, got {got}": "{path}: erwartet {what}, da ist {got}",
  });
  assert.throws(() => asReport({ type: "values", ticket: 1, values: 3 }), {
    message: /: erwartet ein Dictionary, da ist 3/,
  });
});
