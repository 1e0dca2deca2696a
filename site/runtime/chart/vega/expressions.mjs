/**
 * Expressions in a chart, word by word: numbers, texts, `datum.column`, named params, and calls of the functions that
 * the table lists. There is no other name, no other dot, no regular expression and nothing that could assign.
 */

import table from "./table.json" with { type: "json" };

const FUNCTIONS = new Set(table.functions);
/** Functions that take a list. No other may: a value that is a list can be made to grow with each transform. */
const LISTS = new Set(table.lists);
const KEYWORDS = new Set(table.keywords);
const RESERVED = new Set(table.reserved);
const MOST = 500;
/** Brackets within each other. */
const DEEPEST = 20;

const TOKEN = new RegExp(
  [
    `(?<number>[0-9]+(?:[.][0-9]+)?(?:[eE][+-]?[0-9]{1,3})?)`,
    String.raw`(?<text>'[^'"\\\u0000-\u001f\u2028\u2029]*'|"[^'"\\\u0000-\u001f\u2028\u2029]*")`,
    `(?<word>[A-Za-z_][A-Za-z0-9_]*)`,
    String.raw`(?<sign>===|!==|==|!=|<=|>=|&&|[|][|]|[-+*/%<>!?:,.()[\]])`,
    `(?<space>[ ]+)`,
  ].join("|"),
  "y",
);
const CLOSING = /** @type {Record<string, string>} */ ({ "(": ")", "[": "]" });

/**
 * What is wrong with an expression, in words; "" if nothing is.
 * @param {string} code
 * @param {ReadonlySet<string>} named  the params that it may use
 */
export function wrongInExpression(code, named) {
  if (code.length > MOST) return `an expression of more than ${MOST} characters`;
  const tokens = tokensOf(code);
  if (typeof tokens === "string") return tokens;
  /** Open brackets: what closes each, and of which function. @type {{end: string, of: string}[]} */
  const open = [];
  let isValue = false; // whether what stands before is a value, which an operator may follow
  for (let i = 0; i < tokens.length; i++) {
    const { kind, text } = tokens[i];
    const next = tokens[i + 1]?.text;
    if (kind !== "sign") {
      if (isValue) return `${text} where an operator should stand`;
      isValue = true;
      if (kind === "text" && RESERVED.has(text.slice(1, -1))) return `the word ${text}, which JavaScript itself uses`;
      if (kind !== "word") continue;
      if (text === "datum") {
        const taken = columnOf(tokens, i);
        if (typeof taken === "string") return taken;
        i = taken;
      } else if (next === "(") {
        if (!FUNCTIONS.has(text)) return `the function ${text}`;
        isValue = false;
      } else if (!KEYWORDS.has(text) && !named.has(text)) return `the name ${text}`;
    } else if (text === "(" || text === "[") {
      if (isValue) return `${text} behind a value`;
      if (text === "[" && !LISTS.has(open.at(-1)?.of ?? ""))
        return `a list that is not given to ${table.lists.join(" or ")}`;
      const before = tokens[i - 1];
      open.push({ end: CLOSING[text], of: text === "(" && before?.kind === "word" ? before.text : "" });
      if (open.length > DEEPEST) return `more than ${DEEPEST} brackets within each other`;
      if (next === CLOSING[text]) return `empty brackets`;
    } else if (text === ")" || text === "]") {
      if (!isValue || open.pop()?.end !== text) return `${text} in the wrong place`;
    } else if (text === ".") {
      return "a dot that is not behind datum";
    } else if (text === "!" || ((text === "-" || text === "+") && !isValue)) {
      if (isValue) return `${text} behind a value`;
    } else {
      if (!isValue) return `${text} where a value should stand`;
      if (text === "," && open.length === 0) return "a comma outside of brackets";
      isValue = false;
    }
  }
  return !isValue || open.length > 0 ? "an expression that does not end" : "";
}

/** @param {string} code @returns {{kind: string, text: string}[] | string} */
function tokensOf(code) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < code.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(code);
    if (match === null) return `the sign ${JSON.stringify(code[at])}`;
    const [[kind, text]] = Object.entries(match.groups ?? {}).filter(([, text]) => text !== undefined);
    if (kind !== "space") tokens.push({ kind, text });
  }
  return tokens;
}

/**
 * The place of the last token of `datum.column` or `datum['a column']`.
 * @param {{kind: string, text: string}[]} tokens @param {number} at
 */
function columnOf(tokens, at) {
  const [, first, second, third] = tokens.slice(at, at + 4);
  const isDot = first?.text === "." && second?.kind === "word";
  const isBracket = first?.text === "[" && second?.kind === "text" && third?.text === "]";
  if (!isDot && !isBracket) return "datum without a column";
  const name = isDot ? second.text : second.text.slice(1, -1);
  if (RESERVED.has(name)) return `the column ${name}, a word that JavaScript itself uses`;
  return at + (isDot ? 2 : 3);
}
