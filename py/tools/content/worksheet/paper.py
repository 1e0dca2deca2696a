"""A sheet of paper as HTML: the worksheet, or the same with its answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from html import escape
from pathlib import Path

from cells.page.prose import in_prose
from tools.base import places
from tools.content.words import say
from tools.content.worksheet.chapter import Chapter, Question, Task, Tried
from tools.content.worksheet.results import Results

_STYLE = Path(__file__).with_name("style.css")
_SECTIONS = {
    "goals": "Goals",
    "predict": "Predict first, then look",
    "try": "Try it, and note what comes out",
    "exercises": "Exercises",
}
"""By the class of each."""


class Paper:
    """One chapter's two sheets.

    Parameters
    ----------
    chapter : Chapter
    results : mapping of str to Results
        Of its trials, by cell.
    code : str
        The address as a picture for a camera, as SVG.
    root : str
        The way from the sheets to the site's root.
    """

    def __init__(self, chapter: Chapter, results: Mapping[str, Results], code: str, root: str) -> None:
        self._chapter = chapter
        self._results = results
        self._code = code
        self._root = root
        self._say = partial(say, language=chapter.language)

    def sheet(self, *, tells: bool, other: str = "") -> str:
        """The page of one of them; `tells` for the one with the answers, which leads to the other."""
        chapter = self._chapter
        kind = self._say("Answers" if tells else "Worksheet")
        links = "".join(
            f'<link rel="stylesheet" href="{self._root}{path}">'
            for path in ("vendor/katex/katex.min.css", "vendor/colours.css")
        )
        who = "" if tells else f'<p class="who"><span>{self._say("Name")}</span><span>{self._say("Date")}</span></p>'
        back = (
            f'<p class="screen"><a href="{other}">{self._say("The worksheet without answers")}</a></p>' if tells else ""
        )
        parts = (
            self._section("goals", [chapter.goals] if chapter.goals else []),
            self._section("predict", self._numbered(self._question(one, tells) for one in chapter.questions)),
            self._section("try", self._numbered(self._tried(one, tells) for one in chapter.tried)),
            self._section("exercises", self._numbered(self._task(one, tells) for one in chapter.tasks)),
        )
        return (
            f'<!doctype html>\n<html lang="{chapter.language}"><head><meta charset="utf-8">'
            f"<title>{escape(chapter.title)}: {kind}</title>"
            '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
            f'<link rel="icon" href="{self._root}vendor/favicon.svg">{links}'
            f"<style>{self._fonts()}{_STYLE.read_text(encoding='utf-8')}</style></head>"
            f'<body class="{"answers" if tells else "worksheet"}"><main><header><div>'
            f'<p class="kind">{escape(chapter.site)}{" · " if chapter.site else ""}{kind}</p>'
            f'<h1>{escape(chapter.title)}</h1><p class="where">{self._say("The page")}: <a href="{chapter.address}">'
            f"{escape(_short(chapter.address))}</a></p>{who}{back}</div>"
            f'<div class="qr">{self._code}</div></header>'
            f"{''.join(parts)}</main></body></html>\n"
        )

    def _fonts(self) -> str:
        """The site's, which are waited for: another one is wider, and needs more paper."""
        text = (places.VENDOR / "fonts" / "fonts.css").read_text(encoding="utf-8")
        return text.replace("optional", "block").replace("url(", f"url({self._root}vendor/fonts/")

    def _section(self, name: str, parts: list[str]) -> str:
        if not parts:
            return ""
        inside = f"<p>{parts[0]}</p>" if name == "goals" else f"<ol>{''.join(parts)}</ol>"
        return f'<section class="{name}"><h2>{self._say(_SECTIONS[name])}</h2>{inside}</section>'

    def _numbered(self, items: Iterator[str]) -> list[str]:
        return [f"<li>{item}</li>" for item in items]

    def _question(self, question: Question, tells: bool) -> str:
        asked = f'<p class="asked">{question.asked}</p>'
        if question.kind == "curve":
            body = self._curve(question, tells)
        elif question.kind == "number":
            body = self._guess(question, tells)
        else:
            some = (
                f' <span class="some">{self._say("Tick all that are right.")}</span>' if question.kind == "some" else ""
            )
            asked = f'<p class="asked">{question.asked}{some}</p>'
            body = '<ul class="boxes">{}</ul>'.format(
                "".join(
                    f"<li{' data-right' if tells and right else ''}><i></i><span>{text}</span></li>"
                    for text, right in question.options
                )
            )
        if not tells:
            return asked + body
        replies = "".join(f"<li><i>{said}</i>: {why}</li>" for said, why in question.replies)
        return asked + body + (f'<ul class="replies">{replies}</ul>' if replies else "") + question.more

    def _guess(self, question: Question, tells: bool) -> str:
        if tells:
            return f'<p class="number"><b>{self._number(question.truth[0])}</b> {escape(question.unit)}</p>'
        return f'<p class="number">{question.hint}: <i class="blank"></i> {escape(question.unit)}</p>'

    def _number(self, value: float) -> str:
        return in_prose(f"{value:g}".replace("-", "−"), self._chapter.language)

    def _curve(self, question: Question, tells: bool) -> str:
        """An empty field with a line for each place, for a pencil; the truth's dots for whoever marks it."""
        (least, most), count = question.limits, len(question.places)
        wide, high = 300, 110

        def at(k: int) -> float:
            return 30 + k * wide / max(1, count - 1)

        def up(value: float) -> float:
            return 8 + high - (value - least) / (most - least) * high

        lines = "".join(f'<line x1="{at(k):g}" y1="8" x2="{at(k):g}" y2="{8 + high}"/>' for k in range(count))
        levels = [least, (least + most) / 2, most]
        lines += "".join(f'<line x1="30" y1="{up(v):g}" x2="{30 + wide}" y2="{up(v):g}"/>' for v in levels)
        words = "".join(
            f'<text x="{at(k):g}" y="{high + 20}" text-anchor="middle">{place}</text>'
            for k, place in enumerate(question.places)
        ) + "".join(f'<text x="25" y="{up(v) + 3:g}" text-anchor="end">{self._number(v)}</text>' for v in levels)
        dots = ""
        if tells:
            points = " ".join(f"{at(k):g},{up(v):g}" for k, v in enumerate(question.truth))
            dots = f'<polyline points="{points}"/>'
        label = self._say("Draw it, then look.")
        return (
            f'<svg class="curve" viewBox="0 0 {wide + 45} {high + 26}" role="img" aria-label="{label}">'
            f"{lines}{words}{dots}</svg>"
        )

    def _tried(self, tried: Tried, tells: bool) -> str:
        found = self._results[tried.id]
        title = f'<p class="asked">{escape(tried.title)}</p>'
        table = self._table(found, tells)
        if tells:
            return title + table
        notice = f'<p class="notice">{self._say("What do you notice?")}</p>{_lines(2)}'
        return _sides(f"{title}<pre><code>{tried.code}</code></pre>", table + notice)

    def _table(self, found: Results, tells: bool) -> str:
        head = "".join(f'<th scope="col">{escape(value)}</th>' for value in found.values)
        empty = "<td></td>" * len(found.values)
        if found.rows:
            rows = "".join(
                f'<tr><th scope="row">{escape(label)}</th>'
                f"{''.join(f'<td>{escape(one)}</td>' for one in values) if tells else empty}</tr>"
                for label, values in found.rows.items()
            )
        else:
            cells = "".join(f"<td>{one}</td>" for one in found.whole) if tells else empty
            rows = f'<tr class="whole"><th scope="row">{self._say("What comes out")}</th>{cells}</tr>'
        setting = self._say("Set {name} to", name=f"<code>{escape(found.name)}</code>")
        return f'<table><thead><tr><th scope="col">{setting}</th>{head}</tr></thead><tbody>{rows}</tbody></table>'

    def _task(self, task: Task, tells: bool) -> str:
        asked = f'<p class="asked">{escape(task.title)}</p>{task.words}'
        blank, solution = task.blank.split("\n"), task.solution.split("\n")
        if tells:
            return _sides(asked, f"<p>{self._say('One solution')}:</p><pre><code>{task.solution}</code></pre>")
        room = 2 + sum(line not in blank for line in solution)
        return _sides(f"{asked}<pre><code>{task.blank}</code></pre>", _lines(room))


def _sides(asked: str, room: str) -> str:
    return f'<div class="sides"><div>{asked}</div><div>{room}</div></div>'


def _lines(count: int) -> str:
    return f'<div class="lines" style="--lines:{count}"></div>'


def _short(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://")
