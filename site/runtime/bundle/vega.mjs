/** What the page needs to draw a Vega-Lite chart without eval; bundled into site/vendor/vega.mjs. */

export { Picture } from "./chart/picture.mjs";
export { inWords, refusal } from "./chart/rules.mjs";
export { drawing } from "./chart/safe.mjs";
