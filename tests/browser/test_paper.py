"""A page on paper: few sheets, no controls, and all of the code."""

import re
import shutil

import pytest

from cells_in_page import CHAPTERS, SITE, arrive
from tools.base import files
from tools.base.errors import ToolError
from tools.make import dist, pdf, publish

BEFORE = list(zip(CHAPTERS, (34, 22, 34, 37, 16, 14), strict=True))
"""The sheets that each chapter took before it was laid out for print."""


@pytest.mark.parametrize(("address", "sheets"), BEFORE)
def test_a_chapter_takes_half_the_paper_that_it_took(page, address, sheets):
    arrive(page, address)
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4")))
    assert 0 < pages <= sheets / 2


def test_paper_has_no_controls_but_hints_answers_and_all_of_the_code(page):
    page.emulate_media(media="print")
    arrive(page, "softmax/")
    page.set_viewport_size({"width": 700, "height": 1000})
    for gone in ("button", "input", "select", "[data-part=solution]", "[data-part=checked]", ".station"):
        assert page.locator(gone).count() > 0, gone
        assert page.locator(gone).locator("visible=true").count() == 0, gone
    answer = page.locator("py-prediction details > p").first
    assert answer.evaluate("(e) => e.checkVisibility({contentVisibilityAuto: true})")
    hint = page.locator("py-exercise details.hint p").first
    assert hint.evaluate("(e) => e.checkVisibility({contentVisibilityAuto: true})")
    assert hint.bounding_box()["height"] > 5
    cut = "(all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent.slice(0, 60))"
    assert page.locator("article pre code:visible").evaluate_all(cut) == []


@pytest.fixture
def copy(site_url, tmp_path):
    assert site_url
    return shutil.copytree(SITE, tmp_path / "site")


def test_a_chapter_is_a_pdf_with_structure_alternative_texts_and_bookmarks(browser, copy, site_url):
    with pytest.raises(ToolError, match="expected pages that lead to a PDF, found none"):
        pdf.draw(copy, browser)
    own = {"softmax": ("as a PDF", b"/Lang (en", "answers"), "de/softmax": ("als PDF", b"/Lang (de", "Lösungen")}
    for folder in own:
        pdf.link(copy / folder)
    made = pdf.draw(copy, browser)
    names = ("softmax.pdf", "softmax-worksheet.pdf", "softmax-answers.pdf")
    assert sorted(made) == sorted(copy / folder / name for folder in own for name in names)
    for folder, (words, language, answers) in own.items():
        html = (copy / folder / "index.html").read_text()
        assert f'<a href="softmax.pdf" type="application/pdf">{words}</a>.</p>' in html
        teach = (copy / folder).with_name("teach") / "index.html"
        assert f'href="../softmax/softmax-answers.pdf">{answers}<' in teach.read_text()
        content = (copy / folder / "softmax.pdf").read_bytes()
        for part in (b"/StructTreeRoot", b"/Outlines", b"/S /H2", language):
            assert part in content, (folder, part)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", content)) > 4
        links = re.findall(rb"/URI \((http[^)]*)\)", content)
        assert links
        assert all(link.startswith((site_url.encode(), b"https://")) for link in links)  # not to where it was printed
        figures = re.findall(r'<figure[^>]* role="img"', html)
        assert len(figures) > 5
        assert content.count(b"/S /Figure") == content.count(b"/Alt ") == len(figures) + 1  # and the dog at the end


def test_a_published_site_offers_itself_with_size_and_hash_and_again_when_it_is_published_again(copy):
    for _ in range(2):
        publish.offer(copy)
        archive = copy / dist.ARCHIVE.name
        for teach, way in (("teach", ".."), ("de/teach", "../..")):
            told = (copy / teach / "index.html").read_text()
            assert told.count("<span data-zip>") == 1
            assert f'<a href="{way}/{archive.name}">' in told
            assert f"<code>{files.sha256(archive)}</code>" in told
            assert f"{archive.stat().st_size / 1e6:.0f} MB" in told
