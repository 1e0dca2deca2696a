"""What a site says of itself: checked in one place, and told with what was expected."""

import markdown
import pytest

from cells.build import memory, options
from cells.build.figures import chart_svg, formulas_html
from cells.build.options import Options
from cells.page import library
from cells.page.errors import PageError


def test_a_site_without_options_has_no_library_and_no_packages():
    site = Options.of({})
    assert (site.library, site.packages, site.memory) == ("", (), "")


def test_one_package_may_be_named_without_a_list():
    assert Options.of({"packages": "numpy"}).packages == ("numpy",)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"libary": "lessons"},
            "unknown option 'libary'; known: name, labs, library, packages, memory, notebooks, runtime, vendor, page, "
            "languages",
        ),
        ({"library": "my lessons"}, "library: expected a name that can be imported, such as lessons, got 'my lessons'"),
        ({"library": ["lessons"]}, r"library: expected a text, got \['lessons'\]"),
        ({"packages": ["numpy>=2"]}, "packages: expected names that can be imported, got 'numpy>=2'"),
        ({"packages": 3}, "packages: expected names that can be imported, got 3"),
        ({"memory": True}, "memory: expected a text, got True"),
        ({"languages": ["de"]}, r"languages: expected the language by each folder, such as de: de, got \['de'\]"),
    ],
)
def test_a_strange_option_is_told_with_what_was_expected(given, told):
    with pytest.raises(PageError, match=f"^cells.build.markdown: {told}"):
        Options.of(given)


def test_a_page_in_a_folder_of_a_language_is_the_translation_of_the_page_at_the_same_path():
    Options.of({"languages": {"de": "de"}}).use()
    assert (options.language_in("de/softmax.md"), options.source_of("de/softmax.md")) == ("de", "softmax.md")
    assert (options.language_in("behind/page.md"), options.source_of("behind/page.md")) == ("en", "behind/page.md")
    assert (options.language_in("de.md"), options.source_of("de.md")) == ("en", "de.md")


def test_the_extension_takes_its_options_for_all_that_is_built_after_it():
    markdown.Markdown(extensions=["cells.build.markdown"], extension_configs={"cells.build.markdown": {"library": "a"}})
    assert (options.here().library, library.here.all, library.known) == ("a", ("a",), ())


def test_a_library_that_is_not_there_is_told_before_its_pages_are_remembered(tmp_path):
    Options.of({"library": "nowhere"}).use()
    with pytest.raises(PageError, match="library: expected a module or package that can be imported, found no nowhere"):
        memory.Memory(str(tmp_path)).recall(["x"])


def test_a_package_that_is_not_there_is_told_before_its_pages_are_remembered(tmp_path):
    Options.of({"packages": ["nowhere"]}).use()
    with pytest.raises(PageError, match="packages: nowhere is not installed here"):
        memory.Memory(str(tmp_path)).recall(["x"])


def test_pages_are_executed_again_when_a_file_of_the_library_changes(tmp_path, monkeypatch):
    (tmp_path / "lessons").mkdir()
    source = tmp_path / "lessons" / "__init__.py"
    source.write_text("x = 1")
    monkeypatch.syspath_prepend(tmp_path)
    Options.of({"library": "lessons"}).use()
    kept = memory.Memory(str(tmp_path / "cache"))
    kept.keep(["page"], "given")
    assert kept.recall(["page"]) == "given"
    source.write_text("x = 2")
    memory.ground.cache_clear()  # a build is a process of its own
    assert kept.recall(["page"]) is None


@pytest.mark.parametrize(
    ("given", "make", "told"),
    [
        ({"vendor": "no/where"}, lambda: formulas_html([("x", True)]), "vendor: expected a folder with katex.mjs"),
        ({"runtime": "no/where"}, lambda: chart_svg({"mark": "bar"}), "runtime: expected a folder with"),
    ],
)
def test_a_folder_that_is_not_there_is_told_with_its_place(given, make, told):
    Options.of(given).use()
    with pytest.raises(PageError, match=told + r".*no/where"):
        make()
