"""Nothing names a colour but the one table."""

import json
import re
import subprocess

import pytest

from primer.colours import TABLE
from tools.base import places

HEX = re.compile(r"(?<![\w&/(-])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b", re.IGNORECASE)
OTHER = re.compile(r"\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([^)]*\d")
NAMED = re.compile(
    r"(?:colou?r|background|fill|stroke|border)[\w-]*\s*[:=]\s*[\"']?"
    r"(?:red|green|blue|purple|lime|teal|orange|yellow|gr[ae]y|black|pink|indigo|brown)\b"
)
ROOMS = ("site/css", "site/runtime", "py", "mkdocs.yml", "site/*.md", "site/behind")
APART = {
    "py/primer/colours.py",  # the table
    "site/runtime/chart/chart-config.json",  # below
}


def found(text: str) -> list[str]:
    return [match[0] for pattern in (HEX, OTHER, NAMED) for match in pattern.finditer(text)]


def sources() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "--", *ROOMS],
        cwd=places.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    kinds = (".css", ".mjs", ".json", ".py", ".html", ".yml", ".md")
    return [name for name in listed.stdout.split("\n") if name.endswith(kinds) and "lock" not in name]


@pytest.mark.parametrize(
    "written", ["color: #c4562a", '"#FFF"', "#0004 1px", "rgb(1 2 3)", "hsl(20, 3%, 4%)", "fill: lime"]
)
def test_a_colour_is_found(written: str):
    assert found(written)


@pytest.mark.parametrize(
    "written", ["#duck", "see #12 and #1234567", "&#039;", "[a](#add)", "rgb(${red})", "var(--dog)"]
)
def test_what_is_no_colour_is_not(written: str):
    assert not found(written)


def test_only_the_table_names_a_colour():
    names = sources()
    assert len(names) > 200
    strays = {name: found((places.ROOT / name).read_text(encoding="utf-8")) for name in names if name not in APART}
    assert {name: hits for name, hits in strays.items() if hits} == {}


def test_the_colours_between_which_charts_mix_are_of_the_table():
    """Vega mixes numbers, not names."""
    text = (places.RUNTIME / "chart" / "chart-config.json").read_text()
    ranges = json.loads(text)["range"]
    mixed = [colour for name in ("ramp", "heatmap", "diverging") for colour in ranges[name]]
    assert set(HEX.findall(text)) == set(mixed)
    assert set(mixed) <= {colour for pair in TABLE.values() for colour in pair}


def test_every_colour_that_is_asked_for_is_there():
    text = "".join((places.ROOT / name).read_text(encoding="utf-8") for name in sources())
    given = set(re.findall(r"--([a-z][\w-]*)(?:\s*:|[\"'`])", text)) | set(TABLE)  # scripts set some
    asked = set(re.findall(r"var\(--([a-z][\w-]*)[,)]", text))
    lacking = {name for name in asked - given if not name.startswith("md-")}
    assert lacking == set()
