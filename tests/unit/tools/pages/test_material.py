"""What the build changes in Material's files, and that it stops where a release has it no more."""

import re
from pathlib import Path

import material as theirs
import pytest

from tools.base import places
from tools.base.errors import ToolError
from tools.pages import lighten, material

TEMPLATES = Path(theirs.__file__).parent / "templates"
PAGE, SHEET, SCRIPT = "index.html", "assets/stylesheets/main.css", "assets/javascripts/bundle.1.min.js"


def change(site, name, old, new):
    text = (site / name).read_text()
    assert old in text
    (site / name).write_text(text.replace(old, new))


def test_the_script_names_the_scheme_of_colours_to_nobody_and_fetches_no_index_at_its_start(built):
    before = (built / SCRIPT).read_text()
    lighten.lighten(built)
    after = (built / SCRIPT).read_text()
    assert after != before
    assert ('"md-color-scheme"' in after, '{name:"color-scheme"}' in after) == (True, False)
    assert "location.protocol" not in after
    assert ("function ui({document$:e}){}" in after, 'var Xn="";' in after) == (True, True)


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (PAGE, "bundle.1.min.js", "all.1.min.js", "page, elements that fetch its script"),
        (SHEET, "[data-md-color-switching] *", ".still *", r"sheet, rules for \[data-md-color-switching\]"),
        (SCRIPT, '{name:"color-scheme"}', '{name:"scheme"}', 'script, occurrences of .*"color-scheme"'),
        (SCRIPT, 'location.protocol!=="file:"', "!isFile()", r"script, occurrences of .*location\.protocol"),
        (SCRIPT, "let r=Mn(e);", "let r=Mo(e);", "script, occurrences of let r=Mn"),
        (SCRIPT, 'searchParams.get("h")', 'searchParams.get("q")', "script, occurrences of .*searchParams"),
        (SCRIPT, 't.pipe(ne("pathname")', 't.pipe(nf("pathname")', "script, occurrences of .*pathname"),
        (SCRIPT, "s.pipe(b(()=>t)", "s.pipe(c(()=>t)", "script, occurrences of .*hash"),
        (SCRIPT, '"search/search_index.json"', '"index.json"', "script, occurrences of .*search_index"),
        (SCRIPT, "[rel=alternate]", "[rel=other]", "script, functions that ask for pages in other languages"),
        (SCRIPT, "function Ci(", "function Cj(", r"script, occurrences of function Ci"),
        (SCRIPT, ".node circle", ".circle", "script, styles of diagrams"),
        (SCRIPT, "tabbed-control--", "tabs-control--", "script, names that it pieces together: .*tabs-control--"),
        (SCRIPT, "`md-tag--", "`md-x--${d}` `md-tag--", "script, names that it pieces together: .*md-x--"),
    ],
)
def test_a_release_that_has_it_no_more_stops_the_build_and_says_what_to_look_at(built, name, old, new, told):
    change(built, name, old, new)
    with pytest.raises(ToolError, match=rf"Material's {told}.*mend py/tools/pages/material\.py"):
        lighten.lighten(built)


def test_a_release_whose_script_has_another_name_stops_the_build(built):
    (built / SCRIPT).rename(built / "assets" / "javascripts" / "all.1.min.js")
    with pytest.raises(ToolError, match=r"files assets/javascripts/bundle\.\*\.min\.js: expected 1, found 0"):
        lighten.lighten(built)


def test_of_another_generator_nothing_is_expected(built):
    change(built, PAGE, "mkdocs-1.6.1, mkdocs-material-9.8.1", "another")
    change(built, SCRIPT, '{name:"color-scheme"}', '{name:"scheme"}')
    change(built, SCRIPT, "function ui", "function jc")
    lighten.lighten(built)
    after = (built / SCRIPT).read_text()
    assert "location.protocol" not in after
    assert "function jc({document$:e}){}" in after
    assert "function Ci(e,t){done()}" in after, "another function, which has that name by chance"


def test_the_release_that_is_locked_has_it_all(built):
    for path in built.glob("assets/*/*"):
        path.unlink()
    for kind in ("javascripts/bundle.*.min.js", "stylesheets/*.css"):
        for path in (TEMPLATES / "assets").glob(kind):
            (built / "assets" / kind.partition("/")[0] / path.name).write_bytes(path.read_bytes())
    material.change(built, is_material=True)
    sheets = "".join(path.read_text() for path in (built / "assets" / "stylesheets").iterdir())
    assert "data-md-color-switching] *" not in material.still(sheets, is_material=True)


def test_every_template_of_ours_takes_the_place_of_one(tmp_path):
    material.check_templates(places.PY / "theme", TEMPLATES)
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials" / "gone.html").touch()
    with pytest.raises(ToolError, match=re.escape("partials/gone.html")):
        material.check_templates(tmp_path, TEMPLATES)
