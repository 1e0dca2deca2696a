"""Colour means kind and blue means touch: how what is on a page is painted."""

import re

from playwright.sync_api import Page

from primer.colours import TABLE, kind_of

GERMAN = {"Hund": "dog", "Vogel": "bird", "Ente": "bird", "Katze": "cat", "Toaster": "toaster"}
MARKED = """() => {
  const told = [];
  const fillOf = (shape) => getComputedStyle(shape).fill;
  for (const legend of document.querySelectorAll('[data-name="legend"]')) {
    const paths = legend.querySelectorAll(":scope > path"), texts = legend.querySelectorAll(":scope > text");
    paths.forEach((path, i) => told.push(["plane", texts[i].textContent, fillOf(path)]));
  }
  for (const row of document.querySelectorAll("svg.fluid > g[data-name]"))
    told.push(["bars", row.dataset.name, fillOf(row.querySelector(":scope > svg > rect"))]);
  for (const chart of document.querySelectorAll('figure[data-output="chart"]:has(.mark-rect)')) {
    const pieces = chart.querySelectorAll(".mark-rect > path");
    const names = chart.querySelectorAll(".role-mark.mark-text > text");
    names.forEach((name, i) => told.push(["chart", name.textContent, fillOf(pieces[i])]));
  }
  for (const caption of document.querySelectorAll('py-lab [data-part="plane"] figcaption span:has(svg)'))
    told.push(["lab", caption.textContent.trim(), fillOf(caption.querySelector("path"))]);
  return told;
}"""
"""What each mark stands for, and how it is painted."""
PAINTED = """() => {
  const found = new Map();
  const look = (element, part) => {
    const style = getComputedStyle(element, part);
    if (part && style.content === "none") return;
    for (const property of ["color", "backgroundColor", "fill", "stroke", "borderTopColor", "borderLeftColor"]) {
      const side = property.match(/^border(Top|Left)/)?.[1];
      if (side && style[`border${side}Width`] === "0px") continue;
      if (!found.has(style[property]))
        found.set(style[property], `${element.localName}.${element.getAttribute("class")} ${property}`);
    }
  };
  for (const element of document.querySelectorAll("body, body *"))
    for (const part of [undefined, "::before", "::after"]) look(element, part);
  return [...found];
}"""
"""Every colour of the page, and where it stands."""
DRAWN = """() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const light = (colour, below) => {
    canvas.fillStyle = below ?? colour;
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const surface = getComputedStyle(document.querySelector("py-cell")).backgroundColor;
  const drawn = '[data-name="edges"] :is(line, path), .handle .knob, py-lab .line';
  return [...document.querySelectorAll(drawn)].filter((one) => one.checkVisibility()).map((one) => {
    const {stroke, strokeOpacity} = getComputedStyle(one);
    const seen = `color-mix(in srgb, ${stroke} ${100 * strokeOpacity}%, transparent)`;
    const [low, high] = [light(seen, surface), light(surface)].sort((x, y) => x - y);
    return [(high + 0.05) / (low + 0.05), `${one.getAttribute("class") ?? one.localName} ${stroke}`];
  });
}"""
"""The contrast of each edge and handle with the surface that it is drawn on."""


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:7]))


def own_colour(kind: str, scheme: int) -> str:
    return f"rgb{rgb(TABLE[kind][scheme])}"


def marks(page: Page, scheme: int) -> tuple[set[str], set[tuple[str, str, str]]]:
    """Say where kinds are drawn, and which of them in a colour that is not their own."""
    found = [(where, kind_of(GERMAN.get(name, name)), colour) for where, name, colour in page.evaluate(MARKED)]
    told = [(where, kind, colour) for where, kind, colour in found if kind]
    return {where for where, *_ in told}, {one for one in told if one[2] != own_colour(one[1], scheme)}


def strays(page: Page, scheme: int) -> dict[str, str]:
    """Give what is painted in a colour that the table has not."""
    own = {rgb(pair[scheme]) for pair in TABLE.values()}
    found = {}
    for colour, where in page.evaluate(PAINTED):
        # What is mixed of the table's (color-mix) comes as color(srgb …).
        numbers = [float(number) for number in re.findall(r"[\d.]+", colour)] if colour.startswith("rgb") else []
        if len(numbers) >= 3 and (len(numbers) == 3 or numbers[3] > 0):
            red, green, blue = numbers[:3]
            is_grey = max(red, green, blue) - min(red, green, blue) < 12
            if not is_grey and (red, green, blue) not in own:
                found[colour] = where
    return found
