"""What a page measures: JavaScript that says what sticks out, is cut off, too long or too small."""

LINES = """() => {
  const found = [];
  for (const block of document.querySelectorAll("article :is(p, li)")) {
    if (!block.checkVisibility() || block.closest("py-cell, py-lab, .belt, pre, .katex")) continue;
    if (block.querySelector("p, ul, ol")) continue;
    let line = "", bottom = -1;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest("math, .katex, svg, script")) continue;
      for (const {0: word, index} of node.data.matchAll(/\\S+\\s*/g)) {
        const range = new Range();
        range.setStart(node, index);
        range.setEnd(node, index + word.trimEnd().length);
        const boxes = [...range.getClientRects()];
        if (boxes.length === 0) continue;
        if (boxes[0].top >= bottom - 4 || boxes.length > 1) [line, bottom] = ["", boxes.at(-1).bottom];
        line += word.replace(/\\s+/, " ");
        if (line.trimEnd().length > 70) found.push(line);
      }
    }
  }
  return [...new Set(found)];
}"""
"""Lines of prose of more than 70 characters."""
CUT = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const one = node.parentElement;
    if (!node.data.trim() || one.closest("script, style, noscript, select, .katex-mathml, title, desc")) continue;
    if (!one.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const range = new Range();
    range.selectNodeContents(node);
    for (const {left, right, width} of range.getClientRects()) {
      if (width < 1) continue;
      for (let box = one; box; box = box.parentElement) {
        const {overflowX, clipPath, position, whiteSpace} = getComputedStyle(box);
        if (whiteSpace === "pre-wrap") break; // a space at the end of a line hangs out
        if (clipPath !== "none" || box.closest("[data-scrolls], [tabindex='0']")) break; // for ears, or scrolled by key
        if (box instanceof HTMLElement && overflowX !== "visible") {
          const edge = box.getBoundingClientRect();
          if (right > edge.right + 1 || left < edge.left - 1)
            found.push(`${node.data.trim().slice(0, 40)} in ${box.className || box.localName}`);
          break;
        }
        if (position === "fixed") break;
        if (box === document.body && (right > innerWidth + 1 || left < -1)) found.push(node.data.trim().slice(0, 40));
      }
    }
  }
  return [...new Set(found)];
}"""
"""Text that is cut off or lies outside of the window."""
WIDE = """() => [...document.querySelectorAll(".katex-display, py-cell [data-output=html], py-cell pre")]
  .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
  .map((one) => [one.closest("py-cell")?.id, one.scrollWidth - one.clientWidth, one.textContent.slice(0, 40)])"""
"""Formulas, tables and code that are wider than their place."""
SPANS = """() => [...document.querySelectorAll("py-cell[controls]")].filter((it) => it.checkVisibility()).map((one) => {
    const boxes = [...one.querySelectorAll(":scope > :is([data-part=output], [data-part=controls])")]
        .map((part) => part.getBoundingClientRect());
    const height = Math.max(...boxes.map(({bottom}) => bottom)) - Math.min(...boxes.map(({top}) => top));
    return [one.id, Math.round(height)];
})"""
"""How high a control and what it moves are together."""
TRACKS = """() => [...document.querySelectorAll("py-cell[controls]")].filter((e) => e.checkVisibility()).map((one) => {
    const columns = {};
    for (const slider of one.querySelectorAll("input[type=range]")) {
        const {left, right, height} = slider.getBoundingClientRect();
        (columns[Math.round(left)] ??= []).push(Math.round(right));
        if (height < 44) throw new Error(`${one.id} ${slider.name}: ${height} px high`);
    }
    return [one.id, Object.values(columns).map((ends) => new Set(ends).size), Object.keys(columns).length];
})"""
"""Where the tracks of a cell end, and in how many columns they begin."""
PRIMARY = """() => [...document.querySelectorAll("py-cell")].filter((one) => one.checkVisibility()).map((one) => {
    const buttons = [...one.querySelectorAll("button")].filter((it) => it.checkVisibility({visibilityProperty: true}));
    const touch = getComputedStyle(one.querySelector("[data-part=bar] > :last-child")).backgroundColor;
    return [one.id, buttons.filter((it) => getComputedStyle(it).backgroundColor === touch).length];
})"""
"""How many buttons of a cell are in the colour of the first."""
STICKING_OUT = """() => [...document.querySelectorAll("article *")]
            .filter((e) => e.checkVisibility() && !e.closest(".katex-display, .md-typeset__scrollwrap, [data-output]"))
            .filter((e) => !e.closest("pre, .katex, svg, .tabbed-labels"))
            .filter((e) => e.getBoundingClientRect().right > 361).map((e) => e.outerHTML.slice(0, 120))"""
"""What is wider than a small telephone."""
SMALL_TYPE = """() => [...document.querySelectorAll(
    "input:not([type=range], [type=checkbox], [type=radio], [type=file]), select")]
    .map((one) => [parseFloat(getComputedStyle(one).fontSize), one.outerHTML.slice(0, 90)])
    .filter(([size]) => size < 16)"""
"""What a phone zooms in on when it is typed into."""
TOUCHED = """() => [...document.querySelectorAll("[data-drag], .control :is(input, select), [data-action]")]
            .filter((one) => one.checkVisibility({visibilityProperty: true}) && one.type !== "checkbox")
            .map((one) => {
              const {width, height} = (one.querySelector("circle.reach, rect.reach") ?? one).getBoundingClientRect();
              return [Math.min(width, height), one.ariaLabel ?? one.name];
            })"""
"""Handles and controls: how large each is for a finger, and its name."""
FONTS = """async () => {
  for (const sheet of document.styleSheets)
    for (const { style, cssText } of sheet.cssRules)
      if (cssText.startsWith("@font-face") && cssText.includes("optional")) {
        const said = (name) => style.getPropertyValue(name) || undefined;
        const [, url] = /url\\("([^"]+)"\\)/.exec(said("src"));
        const which = { weight: said("font-weight"), style: said("font-style"), unicodeRange: said("unicode-range") };
        const family = said("font-family").replaceAll('"', "");
        document.fonts.add(await new FontFace(family, `url("${new URL(url, sheet.href)}")`, which).load());
      }
}"""
"""The fonts of the text, however late they came: a page that did not wait for them is longer in others."""
