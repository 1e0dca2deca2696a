// Formulas to HTML at build time: a JSON list of {tex, display} on stdin, a JSON list of {html} or {error} on stdout.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: katex } = await import(pathToFileURL(process.argv[2]).href);
const rendered = JSON.parse(readFileSync(0, "utf8")).map(({ tex, display }) => {
  try {
    return { html: katex.renderToString(tex, { displayMode: display, throwOnError: true }) };
  } catch (error) {
    return { error: error.message };
  }
});
process.stdout.write(JSON.stringify(rendered));
