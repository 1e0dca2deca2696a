"""A reader's own work: on one page, on paper, as a file, and on another machine."""

import json
import re

import pytest

from at_once import expect
from cells_in_page import cell, source, spoken, type_instead

ANSWER = "import numpy as np\n\nbird = dog - np.log(2)"


def answer(page, id):
    return page.locator(f"[data-answer={id}]")


def bring(page, tmp_path, text, name="work.json"):
    (tmp_path / name).write_text(text)
    page.locator("[data-part=hand-in] input[type=file]").set_input_files(tmp_path / name)


def asked(page, words):
    return page.locator("py-prediction").filter(has=page.get_by_role("group", name=re.compile(words)))


def guess(page, words, choice):
    asked(page, words).get_by_label(choice).check()
    asked(page, words).get_by_role("button", name="Now show me").click()


@pytest.fixture
def worked(page):
    """A page of somebody who has solved one exercise and begun another."""
    page.goto("softmax/")
    type_instead(page, "half-as-likely", ANSWER)
    page.locator("py-exercise[for=half-as-likely] [data-action=check]").click()
    expect(page.locator("py-exercise[for=half-as-likely] [data-part=solved]")).to_be_visible(timeout=90_000)
    type_instead(page, "columns", "by_column = 'a <b>beginning</b>'")
    expect(cell(page, "columns")).to_have_attribute("edited", "")
    guess(page, "Who gains", "Nobody")
    guess(page, "a high temperature", "It gets surer")
    page.goto("hand-in/")
    return page


def test_answers_stand_on_one_page_and_on_paper_and_go_to_another_machine(worked, new_context, tmp_path, axe):
    expect(answer(worked, "half-as-likely")).to_contain_text("Solved.")
    expect(answer(worked, "half-as-likely").locator("pre")).to_have_text(ANSWER)
    expect(answer(worked, "columns")).to_contain_text("Not solved yet.")
    expect(answer(worked, "columns").locator("pre")).to_have_text("by_column = 'a <b>beginning</b>'")
    expect(answer(worked, "one-lesson")).to_contain_text("Not begun.")
    axe(worked)
    worked.get_by_label("Name:").fill("Ada")
    worked.emulate_media(media="print")  # paper has name, date and answers, and no buttons
    expect(worked.get_by_label("Name:")).to_be_visible()
    expect(worked.locator("[data-part=hand-in] button").first).to_be_hidden()
    expect(answer(worked, "half-as-likely").locator("pre")).to_be_visible()
    worked.emulate_media(media="screen")
    with worked.expect_download() as download:
        worked.get_by_role("button", name="Save as a file").click()
    saved = tmp_path / "saved.json"
    download.value.save_as(saved)
    work = json.loads(saved.read_text())
    assert (work["name"], work["solved"]) == ("Ada", {"softmax.md": ["half-as-likely"]})

    other = new_context().new_page()
    other.goto("softmax/")
    type_instead(other, "columns", "mine = 1")
    expect(cell(other, "columns")).to_have_attribute("edited", "")
    guess(other, "Who gains", "The last")
    other.goto("hand-in/")
    bring(other, tmp_path, saved.read_text())
    expect(spoken(other)).to_contain_text("Below stands what work.json holds.")  # as a teacher reads it
    expect(other.get_by_label("Name:")).to_have_value("Ada")
    expect(answer(other, "half-as-likely")).to_contain_text("Solved.")
    expect(answer(other, "columns").locator("pre")).to_have_text("by_column = 'a <b>beginning</b>'")
    expect(other.locator("[data-answers='softmax.md'] [data-predicted]")).to_have_text(re.compile("^1 of 2 predicted"))
    other.reload()
    expect(other.locator("[data-answers='softmax.md'] [data-predicted]")).to_have_text(re.compile("^0 of 1 predicted"))
    expect(answer(other, "half-as-likely")).to_contain_text("Not begun.")
    expect(answer(other, "columns").locator("pre")).to_have_text("mine = 1")
    bring(other, tmp_path, saved.read_text())
    other.get_by_role("button", name="Take it up in this browser").click()
    expect(other.locator("[data-part=hand-in]")).to_contain_text("Brought back: 2 texts")
    expect(other.locator("[data-part=hand-in]")).to_contain_text("1 solved, 1 predicted")
    expect(other.locator("[data-answers='softmax.md'] [data-predicted]")).to_have_text(re.compile("^0 of 2 predicted"))
    expect(spoken(other)).to_contain_text("Brought back: 2 texts")
    expect(answer(other, "half-as-likely")).to_contain_text("Solved.")
    expect(other.locator("[data-station='softmax.md']")).to_have_attribute("data-solved", "some")  # one of two
    other.goto("softmax/")
    assert source(other, "columns") == "mine = 1"  # what stands there stays until the reader says so
    expect(other.locator("html")).to_have_attribute("data-python", "off")
    cell(other, "half-as-likely").get_by_role("button", name="Take it").click()
    assert source(other, "half-as-likely") == ANSWER
    expect(asked(other, "Who gains").get_by_label("The last")).to_be_checked()  # one's own guess stays
    expect(asked(other, "a high temperature").get_by_label("It gets surer")).to_be_checked()


def test_a_file_of_an_earlier_release_has_no_guesses_and_is_taken(page, tmp_path):
    page.goto("hand-in/")
    bring(page, tmp_path, '{"site": "dog-primer", "edits": {}, "solved": {"softmax.md": ["columns"]}}')
    page.get_by_role("button", name="Take it up in this browser").click()
    expect(page.locator("[data-part=hand-in]")).to_contain_text("0 texts, each of which waits at its snippet, 1 solved")


NONE_OF_OURS = [
    ("{", "it is damaged, or no file that was saved here"),
    ('{"site": "another"}', "it is not from this site (dog-primer)"),
    ('{"site": "dog-primer", "edits": {"softmax.md": {"softmax": 1}}, "solved": {}}', "it is damaged"),
    ('{"site": "dog-primer", "edits": {}, "solved": {"softmax.md": [1]}}', "it is damaged"),
    ('{"site": "dog-primer", "edits": []}', "it is damaged"),
    ('{"site": "dog-primer", "edits": {}, "solved": {}, "guesses": {"softmax.md": {"said": {}}}}', "it is damaged"),
]


def test_another_file_is_refused_in_words_and_changes_nothing(page, tmp_path):
    page.goto("hand-in/")
    before = page.evaluate("JSON.stringify(localStorage)")
    for number, (text, why) in enumerate(NONE_OF_OURS):
        bring(page, tmp_path, text, f"{number}.json")
        expect(page.locator("[data-part=hand-in]")).to_contain_text(f"{number}.json cannot be used: {why}.")
        assert page.evaluate("JSON.stringify(localStorage)") == before, text
