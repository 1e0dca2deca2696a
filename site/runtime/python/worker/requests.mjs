/** What is asked of Python, checked: see `../protocol.mjs`. */

import { dictionary, must, number, oneKindOf, table, text } from "../shapes.mjs";

/** @import { Request } from "../protocol.mjs" */

const anyList = must(() => "a list", Array.isArray);

/** @type {(message: unknown) => Request} */
export const asRequest = oneKindOf({
  open: table({ page: text, cells: anyList, expressions: anyList, language: text, words: dictionary }),
  run: table({
    ...{ ticket: number, page: text, sources: dictionary, left: dictionary },
    ...{ targets: anyList, agreed: anyList, foreign: anyList },
  }),
  call: table({ ticket: number, page: text, cell: text, name: text, arguments: dictionary, session: text }),
});
