/**
 * Prints, as JSON, the words of each file that neither the dictionary nor words.txt has: node spelling.mjs WORDS FILE…
 * Looked at is what is read as prose: no code, no formulas, no addresses.
 */

import { readFileSync } from "node:fs";
import english from "dictionary-en-gb";
import nspell from "nspell";

const NO_PROSE = [
  /^---\n[\s\S]*?\n---\n/, // what a page says of itself; its words stand in the next line
  /^( *)(`{3,})[\s\S]*?^\1\2 *$/gm,
  /(`+)[^`]*?\1/g,
  /\$\$[\s\S]*?\$\$|\$[^$\n]*\$/g,
  /(?<=\])\([^)]*\)|https?:\S+/g,
  /\{[^}]*\}|<[^>]*>|:material-[\w-]+:/g,
];
const [, , own, ...files] = process.argv;
const dictionary = nspell(english);
for (const word of readFileSync(own, "utf8").match(/\S+/g) ?? []) dictionary.add(word);

/** @param {string} file */
function unknown(file) {
  const whole = readFileSync(file, "utf8");
  const told = [...whole.matchAll(/^(?:title|description): (.*)$/gm)].map(([, words]) => words);
  const prose = NO_PROSE.reduce((text, one) => text.replace(one, " "), whole);
  const words = `${told.join(" ")} ${prose}`.match(/\p{L}[\p{L}'’]*\p{L}/gu) ?? [];
  return [...new Set(words.map((word) => word.replace("’", "'").replace(/'s$/, "")))].filter(
    (word) => !dictionary.correct(word),
  );
}

console.log(JSON.stringify(Object.fromEntries(files.map((file) => [file, unknown(file)]))));
