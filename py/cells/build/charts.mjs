// Charts held to the page's own rules at build time: specifications on stdin, for each what is refused in it, or null.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { refusal } = await import(pathToFileURL(process.argv[2]).href);
const refused = JSON.parse(readFileSync(0, "utf8")).map((spec) => refusal(spec) ?? null);
process.stdout.write(JSON.stringify(refused));
