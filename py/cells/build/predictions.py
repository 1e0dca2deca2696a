"""Predictions: a question that a reader answers before the page does.

A fold of the kind ``question`` whose answer begins with a list of boxes is one:

    ??? question "Predict: every animal gets five points more. Who gains?"

        - [ ] The one that leads
            > It gets five points, and so do all others.
        - [x] Nobody

        Only differences count.

One box is right, or several are. Or the right one is a number, and those that are wrong are what people often say:

        - [x] `{python} doors.prod():.2f` ± 0.05, between 0 and 1
        - [ ] `{python} doors.mean():.2f` ± 0.01
            > That is their average.

Or it is a curve, to be drawn by as many sliders:

        - [x] `{python} probabilities_there` ± 0.1, at 7 places from -10 to 10, between 0 and 1

The page (``runtime/cell/prediction.mjs``) asks, then tells. Without JavaScript, and on paper, the question has its
answer below, which is a fold on a screen.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from math import isfinite
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor

from cells.build.page import EXPRESSION, name_of, page_of, path_of
from cells.page.errors import PageError
from cells.page.prose import in_prose
from cells.page.words import decimal, say

BOX = re.compile(r"\[([ xX])\](?: |$)")
_NUMBER = re.compile(
    EXPRESSION + r" ± (?P<within>\d+(?:\.\d+)?)(?: (?P<unit>[^\s,][^,]*))?"
    r"(?:, at (?P<places>\d+) places from (?P<first>-?[\d.]+) to (?P<last>-?[\d.]+))?"
    r"(?:, between (?P<least>-?[\d.]+) and (?P<most>-?[\d.]+))?"
)
_EXAMPLE = "- [x] `{python} likelihood:.2f` ± 0.05 nats, between 0 and 1"


@dataclass(frozen=True)
class Number:
    """A number that code computes, and how near a guess must come."""

    expression: str
    within: str
    unit: str
    limits: tuple[str, str] | None
    places: tuple[float, ...] = ()
    """Where it has a height of its own, if it is a curve."""


@dataclass(frozen=True)
class Option:
    """One box: what it says, whether that is right, and what is replied to who chose it, all in Markdown."""

    is_right: bool
    text: str
    reply: str
    number: Number | None


def option_of(item: str) -> Option:
    """One item of the list, without its hyphen; what follows ``>`` is the reply.

    >>> option_of("[ ] The duck,\\n  I think\\n    > It gets them,\\n    > too")
    Option(is_right=False, text='The duck, I think', reply='It gets them, too', number=None)
    """
    mark, lines = item[1:2], [line.strip() for line in BOX.sub("", item, count=1).split("\n")]
    text = " ".join(line for line in lines if line and not line.startswith(">"))
    reply = " ".join(line[1:].strip() for line in lines if line.startswith(">"))
    found = _NUMBER.fullmatch(text)
    limits = (found["least"], found["most"]) if found and found["least"] else None
    places = _places(found) if found and found["places"] else ()
    number = Number(found[1].strip(), found["within"], found["unit"] or "", limits, places) if found else None
    return Option(mark != " ", text, reply, number)


def _places(found: re.Match[str]) -> tuple[float, ...]:
    count, first, last = int(found["places"]), float(found["first"]), float(found["last"])
    return tuple(round(first + k * (last - first) / (count - 1), 6) for k in range(count)) if count > 1 else (first,)


def items_in(lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """The boxes that Markdown begins with, without their hyphens, and the lines after them; none where it has none."""
    items: list[list[str]] = []
    rest = list(lines)
    while rest and not rest[0].strip():
        rest.pop(0)
    while rest and ((rest[0][:2] == "- " and BOX.match(rest[0], 2)) or (items and rest[0].startswith("  "))):
        line = rest.pop(0)
        if line.startswith("- "):
            items.append([line[2:]])
        else:
            items[-1].append(line)
    return ["\n".join(item).strip() for item in items], rest


def options_in(lines: Iterable[str]) -> tuple[list[Option], list[str]]:
    """The same, read."""
    items, rest = items_in(lines)
    return list(map(option_of, items)), rest


def key_of(question: str, items: Iterable[str]) -> str:
    """What a guess is kept by: what is asked."""
    return f"guess-{hashlib.sha256(chr(10).join([question, *items]).encode()).hexdigest()[:8]}"


def wrong_with(options: list[Option]) -> str:
    """What is wrong with a question's options, for its author; empty if nothing is."""
    right = [option for option in options if option.is_right]
    if not right:
        return "none of its options is right; mark that one: - [x] Nobody"
    if typed := next((option for option in options if "±" in option.text and option.number is None), None):
        return f"expected a number that code computes, such as\n    {_EXAMPLE}\ngot {typed.text!r}"
    numbers = [option.number for option in options if option.number]
    if not numbers:
        if len(options) == len(right):
            return "all of its options are right; write what one could think instead: - [ ] The duck"
        return "" if all(option.text for option in options) else "one of its options says nothing: expected - [ ] words"
    if len(numbers) < len(options):
        other = next(option for option in options if option.number is None)
        return f"it asks for a number, so each option is one, with ±; got {other.text!r}"
    if len(right) > 1:
        return "it asks for a number, and two of them are right; expected one [x]"
    limits = right[0].number and right[0].number.limits
    if limits and not float(limits[0]) < float(limits[1]):
        return f"expected the smaller limit first, got between {limits[0]} and {limits[1]}"
    if right[0].number and right[0].number.places and (len(options) > 1 or not limits):
        return "a curve is asked for: expected one box, with heights between … and …"
    if mute := next((option for option in options if not (option.is_right or option.reply)), None):
        return f"who says {mute.text} has to be told why it is not that: write > and the reason below it"
    return ""


def in_words(question: str, options: list[Option]) -> tuple[list[str], list[str]]:
    """A question and the beginning of its answer as plain Markdown, for a page that is taken along."""
    right = [option for option in options if option.is_right]
    told = [f"- {say('“{text}”', text=_said(option))}: {option.reply}" for option in options if option.reply]
    asked = ["", f"**{question}**", "", *([] if right[0].number else [f"- {option.text}" for option in options]), ""]
    return asked, [say("Right: {answer}", answer="; ".join(_said(option) for option in right)), "", *told, ""]


def _said(option: Option) -> str:
    number = option.number
    return f"`{{python}} {number.expression}` {number.unit}".strip() if number else option.text


class FindPredictions(Treeprocessor):
    """Makes elements of the folds that are predictions; before inline Markdown is read (20)."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for at, fold in enumerate(list(parent)):
                if fold.tag == "details" and "question" in fold.get("class", "").split():
                    items = list(fold[1]) if len(fold) > 1 and fold[1].tag == "ul" else []
                    if items and any(BOX.match(_text(item)) for item in items):
                        parent[at] = self._element(fold, items)

    def _element(self, fold: Element, items: list[Element]) -> Element:
        question = (fold[0].text or "").strip()

        def wrong(why: str) -> PageError:
            return PageError(f'{path_of(self.md)}, prediction "{question}": {why}')

        for item in items:
            if len(item) or not BOX.match(_text(item)):
                raise wrong(
                    "expected options one below the other, with no empty line between, each with a box:\n"
                    f"    - [ ] The duck\n        > What is replied.\n    - [x] Nobody\ngot {_text(item)!r}"
                )
        options = [option_of(_text(item)) for item in items]
        if lack := wrong_with(options):
            raise wrong(lack)
        for option in options:
            if option.number:
                page_of(self.md).expressions.setdefault(option.number.expression)
        given = next((one for one in fold.get("class", "").split() if one.startswith("guess-")), "")
        key = given or key_of(question, map(_text, items))
        page_of(self.md).predictions.append(key)
        return _built(key, name_of(self.md), question, options, list(fold)[2:])


def _text(item: Element) -> str:
    return (item.text or "").strip() if len(item) == 0 else (item.text or item[0].text or "").strip()


def _built(id: str, page: str, question: str, options: list[Option], answer: list[Element]) -> Element:
    right = [option for option in options if option.is_right]
    number = right[0].number
    kind = ("curve" if number.places else "number") if number else "one" if len(right) == 1 else "some"
    element = Element("py-prediction", {"id": id, "page": page, "kind": kind})
    fields = SubElement(element, "fieldset")
    SubElement(fields, "legend", {"id": f"{id}-asks"}).text = question
    places = SubElement(fields, "div", {"data-part": "options"})
    if number and number.places:
        _ask_curve(places, id, number)
    elif number:
        _ask_number(places, id, number)
    else:
        for at, option in enumerate(options):
            _ask_option(places, id, at, kind, option)
    bar = SubElement(fields, "div", {"data-part": "guess-bar", "data-search-exclude": ""})
    named = {"id": f"{id}-says", "aria-labelledby": f"{id}-says {id}-asks"}  # a page has many such buttons
    SubElement(bar, "button", {"type": "button", "data-action": "guess", **named}).text = say("Now show me")
    SubElement(bar, "span", {"data-part": "note"})
    SubElement(element, "p", {"data-part": "verdict"})
    fold = SubElement(element, "details", {"data-part": "answer"})
    SubElement(fold, "summary").text = say("Answer")
    told = SubElement(fold, "p", {"data-part": "right"})
    if number:
        told.text, end = say("It is {number}.").split("{number}")
        _truth(told, number).tail = f" {number.unit}{end}" if number.unit else end
    else:
        told.text = say("Right: {answer}", answer="; ".join(option.text for option in right))
    replies = [(at, option) for at, option in enumerate(options) if option.reply]
    if replies:
        listed = SubElement(fold, "ul", {"data-part": "replies"})
        for at, option in replies:
            _reply(listed, at, option)
    fold.extend(answer)
    return element


def _ask_option(places: Element, id: str, at: int, kind: str, option: Option) -> None:
    label = SubElement(places, "label", {"data-right": ""} if option.is_right else {})
    box = {"type": "radio" if kind == "one" else "checkbox", "name": id, "value": str(at), "autocomplete": "off"}
    SubElement(label, "input", box)
    SubElement(label, "span").text = option.text


def _signed(number: str) -> str:
    """A number in a sentence, with a true minus."""
    return decimal(number.replace("-", "−"))


def _ask_number(places: Element, id: str, number: Number) -> None:
    label = SubElement(places, "label", {"data-within": number.within, "id": f"{id}-field"})
    limits = dict(zip(("min", "max"), number.limits, strict=True)) if number.limits else {}
    least, most = map(_signed, number.limits or ("", ""))
    SubElement(label, "span").text = (
        say("Your guess, between {least} and {most}", least=least, most=most) if number.limits else say("Your guess")
    )
    field = {"type": "number", "name": id, "step": "any", "inputmode": "decimal", "autocomplete": "off", **limits}
    field["aria-labelledby"] = f"{id}-field {id}-asks"  # a page has many of them
    SubElement(label, "input", field).tail = number.unit


def _ask_curve(places: Element, id: str, number: Number) -> None:
    places.set("data-within", number.within)
    least, most = number.limits or ("0", "1")
    middle = f"{(float(least) + float(most)) / 2:g}"
    for at in number.places:
        label = SubElement(places, "label")
        limits = {"min": least, "max": most, "step": "any", "value": middle}
        SubElement(label, "input", {"type": "range", "name": id, "autocomplete": "off", **limits})
        SubElement(label, "span").text = _signed(f"{at:g}")


def _reply(listed: Element, at: int, option: Option) -> None:
    number = option.number
    item = SubElement(listed, "li", {"data-for": str(at), **({"data-within": number.within} if number else {})})
    said = SubElement(item, "q")
    if number:
        _truth(said, number)
    else:
        said.text = option.text
    said.tail = f" {option.reply}"


def _truth(parent: Element, number: Number) -> Element:
    """Where the number comes in when the page's code has run."""
    places = {"data-places": str(len(number.places))} if number.places else {}
    return SubElement(parent, "b", {"data-truth": number.expression, **places})


def score_html(page: str) -> str:
    """At the end of a chapter: what the reader has solved and predicted. The page's runtime says it."""
    kept = escape(page)
    return (
        f'<p class="score" data-search-exclude><span data-progress="{kept}"></span>'
        f'<span data-predicted="{kept}"></span></p>'
    )


def truth_html(page: str, expression: str, text: str, places: int = 0, language: str = "en") -> str:
    """The number that an expression came to when the page was built, or those of a curve with so many places.

    Raises
    ------
    PageError
        If it is none, or they are not as many.
    """
    try:
        found = json.loads(text)
        is_number = (len(found) == places and all(map(isfinite, found))) if places else isfinite(found)
    except (ValueError, TypeError):
        is_number = False
    if not is_number:
        expected = f"a list of {places} numbers" if places else "a number"
        raise PageError(f"{page}, `{{python}} {expression}` ± …: expected {expected} to guess, got {text!r}")
    return f'<b data-truth="{escape(text)}">{escape(in_prose(text, language))}</b>'
