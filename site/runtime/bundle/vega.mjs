/** What the page needs to draw a Vega-Lite chart without eval; bundled into site/vendor/vega.mjs. */

import { Error as ERROR, logger, parse, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile } from "vega-lite";
import config from "../chart-config.json" with { type: "json" };

/** Says nothing of what a notebook would be warned of. */
const quiet = logger(ERROR);

export { compile, config, expressionInterpreter, parse, quiet, View };
