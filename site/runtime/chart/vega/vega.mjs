/** What the page needs to draw a Vega-Lite chart without eval; bundled into site/vendor/vega.mjs. */

export { Picture } from "./picture.mjs";
export { inWords, refusal } from "./rules.mjs";
export { drawing } from "./safe.mjs";
