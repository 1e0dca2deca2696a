"""Questions that a reader answers before the page does: by pointer, by keys, kept, forgotten, and without a script."""

import re

import pytest

from at_once import expect
from cells_in_page import arrive, enter, settings, spoken
from test_first_acts import LINKS, MOMENTS, reader

__all__ = ["reader"]  # the fixture

PAGE = "test-pages/predictions/"


def question(page, words):
    return page.locator("py-prediction").filter(has=page.get_by_role("group", name=re.compile(words)))


def said(asked):
    return asked.locator("[data-part=verdict]")


def button(asked):
    return asked.get_by_role("button", name="Now show me")


@pytest.fixture
def asking(page):
    arrive(page, PAGE)
    return page


def test_the_answer_comes_when_one_has_chosen_and_says_what_was_wrong(asking, axe):
    leads = question(asking, "who leads")
    answer = leads.get_by_text("It has the largest share.")
    expect(answer).to_be_hidden()
    button(leads).click()
    expect(leads.locator("[data-part=note]")).to_have_text("Choose first. A wrong guess teaches more than none.")
    expect(spoken(asking)).to_have_text("Choose first. A wrong guess teaches more than none.")
    expect(answer).to_be_hidden()
    leads.get_by_label("The cat").check()
    expect(leads.locator("[data-part=note]")).to_have_text("")
    button(leads).click()
    expect(said(leads)).to_have_text("No: it is “The dog”.")
    expect(leads.get_by_text("It has the smallest share.")).to_be_visible()
    expect(leads.get_by_text("Not any more.")).to_be_hidden()
    expect(answer).to_be_visible()
    expect(spoken(asking)).to_have_text("No: it is “The dog”. It has the smallest share.")
    expect(button(leads)).to_be_focused()
    leads.get_by_label("The dog").evaluate("(box) => box.click()")  # what is said is said
    expect(leads.get_by_label("The cat")).to_be_checked()
    axe(asking)


def test_of_several_it_says_which_were_missed_and_which_are_none(asking):
    legs = question(asking, "who has legs")
    legs.get_by_label("The cat").check()
    legs.get_by_label("The toaster").check()
    button(legs).click()
    expect(said(legs)).to_have_text("Not quite: you missed “The dog”; “The toaster” does not belong.")
    expect(legs.get_by_text("It has feet.")).to_be_visible()


def test_a_number_is_compared_and_a_wrong_one_that_is_known_is_answered(asking):
    share = question(asking, "how large")
    field = share.get_by_label("Your guess, between 0 and 1")
    button(share).click()
    expect(share.locator("[data-part=note]")).to_have_text("Set a number between 0 and 1 first.")
    enter(field, "7", "Enter")
    expect(share.locator("[data-part=note]")).to_have_text("Expected a number between 0 and 1; got 7.")
    expect(share).not_to_have_attribute("made", "")
    enter(field, "0.6", "Enter")
    expect(field).to_be_focused()
    expect(said(share)).to_have_text("You said 0.6, it is 0.259 nats: off by 0.34.")
    expect(share.get_by_text("That is what is left.")).to_be_hidden()
    expect(share.get_by_text("A quarter, and a bit.")).to_be_visible()


@pytest.mark.parametrize(
    ("guess", "verdict", "is_left"),
    [
        ("0.3", "Right. You said 0.3, it is 0.259 nats: off by 0.041.", False),
        ("0.259", "Right. You said 0.259, it is 0.259 nats.", False),
        ("0.74", "You said 0.74, it is 0.259 nats: off by 0.48.", True),
    ],
)
def test_near_is_right_and_exact_is_not_off(asking, guess, verdict, is_left):
    share = question(asking, "how large")
    share.get_by_label("Your guess").fill(guess)
    button(share).click()
    expect(said(share)).to_have_text(verdict)
    expect(share.get_by_text("That is what is left.")).to_be_visible(visible=is_left)


def test_a_curve_is_drawn_by_keys_and_compared_place_by_place(asking):
    curve = question(asking, "what does the curve")
    button(curve).click()
    expect(curve.locator("[data-part=note]")).to_contain_text("Draw first")
    for at, key in (("−1", "End"), ("1", "End")):
        curve.get_by_role("slider", name=at, exact=True).press(key)
    curve.get_by_role("slider", name="0", exact=True).press("Enter")
    expect(said(curve)).to_have_text("Off by 0.33 on average, most at −1: it is 0 there.")
    expect(curve.get_by_text("It rises.")).to_be_visible()
    asking.reload()
    expect(curve.get_by_role("slider", name="−1")).to_have_value("1")
    expect(said(curve)).to_have_text("Off by 0.33 on average, most at −1: it is 0 there.")


def test_it_is_answered_by_keys_alone_kept_over_a_reload_and_forgotten_when_asked(asking):
    leads = question(asking, "who leads")
    leads.get_by_label("The cat").focus()
    asking.keyboard.press("ArrowDown")
    asking.keyboard.press("Tab")
    expect(button(leads)).to_be_focused()
    asking.keyboard.press("Space")
    expect(said(leads)).to_have_text("Right.")
    question(asking, "how large").get_by_label("Your guess").fill("0.5")
    question(asking, "how large").get_by_label("Your guess").press("Enter")
    asking.reload()
    expect(said(leads)).to_have_text("Right.")
    expect(leads.get_by_label("The dog")).to_be_checked()
    expect(question(asking, "how large").get_by_label("Your guess")).to_have_value("0.5")
    expect(leads.get_by_text("It has the largest share.")).to_be_visible()
    other = asking.context.new_page()
    other.goto(PAGE)
    expect(said(question(other, "who leads"))).to_have_text("Right.")
    settings(asking).get_by_role("button", name="Forget what I solved").click()
    for where in (asking, other):
        expect(said(question(where, "who leads"))).to_have_text("")
        expect(question(where, "who leads").get_by_label("The dog")).not_to_be_checked()
        expect(question(where, "how large").get_by_label("Your guess")).to_have_value("")
        expect(question(where, "who leads").get_by_text("It has the largest share.")).to_be_hidden()
    asking.reload()
    expect(button(leads)).to_be_visible()
    expect(said(leads)).to_have_text("")


def test_where_nothing_can_be_kept_it_says_so_and_counts_until_one_leaves(page):
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('', 'SecurityError'); }")
    arrive(page, PAGE)
    leads = question(page, "who leads")
    leads.get_by_label("The dog").check()
    button(leads).click()
    expect(said(leads)).to_have_text("Right.")
    expect(leads.locator("[data-part=note]")).to_contain_text("Your browser keeps nothing for this site")


def test_without_a_script_the_question_is_there_and_its_answer_is_a_fold(plain):
    plain.goto(PAGE)
    leads = question(plain, "who leads")
    expect(leads.get_by_text("The duck").first).to_be_visible()
    assert leads.locator("input:visible, button:visible").count() == 0
    expect(leads.get_by_text("It has the largest share.")).to_be_hidden()
    leads.get_by_text("Answer").click()
    for words in ("Right: The dog", "It has the smallest share.", "It has the largest share."):
        expect(leads.get_by_text(words)).to_be_visible()


def test_on_paper_question_and_answer_are_both_there(asking):
    asking.emulate_media(media="print")
    leads = question(asking, "who leads")
    seen = "(e) => e.checkVisibility({contentVisibilityAuto: true}) && e.getBoundingClientRect().height > 5"
    for words in ("The duck", "Right: The dog", "It has the largest share."):
        assert leads.get_by_text(words).first.evaluate(seen), words
    assert leads.locator("button:visible").count() == 0


def test_how_many_were_right_at_first_is_said_at_the_end_and_with_ones_work(asking):
    score = asking.locator(".score")
    expect(score).to_be_hidden()
    for words, choice in (("who leads", "The cat"), ("who has legs", "The cat")):
        question(asking, words).get_by_label(choice).check()
        button(question(asking, words)).click()
    expect(score).to_have_text("0 of 2 predicted right at first")
    share = question(asking, "how large")
    share.get_by_label("Your guess").fill("0.3")
    button(share).click()
    expect(score).to_have_text("1 of 3 predicted right at first")
    asking.reload()
    expect(score).to_be_visible()
    expect(score).to_have_text("1 of 3 predicted right at first")
    asking.goto("perceptron/")
    asking.get_by_label("The dog", exact=True).first.check()
    button(question(asking, "Which of the four pictures gets the largest sum")).click()
    expect(asking.locator(".score")).to_have_text("1 of 1 predicted right at first")
    asking.goto("hand-in/")
    chapter = asking.locator("[data-answers='perceptron.md']")
    expect(chapter.get_by_text("1 of 1 predicted right at first")).to_be_visible()
    expect(asking.locator("[data-answers='softmax.md'] [data-predicted]")).to_be_hidden()
    asking.go_back()
    settings(asking).get_by_role("button", name="Forget what I solved").click()
    expect(asking.locator(".score")).to_be_hidden()
    asking.go_forward()
    expect(chapter.locator("[data-predicted]")).to_be_hidden()


def test_a_guess_of_an_earlier_release_is_kept_and_not_counted(asking):
    leads = question(asking, "who leads")
    leads.get_by_label("The dog").check()
    button(leads).click()
    expect(asking.locator(".score")).to_have_text("1 of 1 predicted right at first")
    asking.evaluate("""() => {
        const key = Object.keys(localStorage).find((key) => key.includes("guesses/"));
        localStorage.setItem(key, JSON.stringify(JSON.parse(localStorage.getItem(key)).said));
    }""")
    asking.reload()
    expect(said(leads)).to_have_text("Right.")
    expect(asking.locator(".score")).to_be_hidden()


def given_away(page, cell="leader"):
    """What a covered cell shows: two of them wait for one prediction."""
    return page.locator(f"#{cell} [data-part=output] pre")


def bare(page):
    return page.get_by_role("button", name="Show it without a guess: The leader")


def test_an_output_that_would_give_it_away_waits_for_the_guess(asking, axe):
    place = asking.locator("#leader [data-part=output]").bounding_box()
    expect(given_away(asking)).to_be_hidden()
    expect(bare(asking)).to_be_visible()
    axe(asking)
    leads = question(asking, "who leads")
    leads.get_by_label("The cat").check()
    expect(given_away(asking)).to_be_hidden()
    button(leads).click()
    for cell in ("leader", "follower"):
        expect(given_away(asking, cell)).to_be_visible()
    expect(bare(asking)).to_be_hidden()
    assert asking.locator("#leader [data-part=output]").bounding_box()["x"] == place["x"]
    asking.reload()
    expect(given_away(asking)).to_be_visible()
    settings(asking).get_by_role("button", name="Forget what I solved").click()
    for cell in ("leader", "follower"):
        expect(given_away(asking, cell)).to_be_hidden()


@pytest.mark.parametrize("how", ["asked", "run", "moved", "started"])
def test_who_wants_to_see_it_anyway_sees_it(asking, how):
    if how == "asked":
        bare(asking).press("Enter")
        expect(asking.locator("#leader [data-part=output]")).to_be_focused()
        for words in ("Right: The dog", "It has the largest share."):
            expect(question(asking, "who leads").get_by_text(words)).to_be_visible()
        expect(button(question(asking, "who leads"))).to_be_hidden()
    elif how == "run":
        asking.get_by_role("button", name="Run: The leader").click()
    elif how == "moved":
        asking.get_by_role("slider", name="lead", exact=True).press("ArrowRight")
    else:
        asking.goto(f"{PAGE}?start=leader")
    for cell in ("leader", "follower"):
        expect(given_away(asking, cell)).to_be_visible()
    expect(said(question(asking, "who leads"))).to_have_text("")


def test_nothing_is_covered_without_a_script_on_paper_or_alone_in_a_frame(plain, asking):
    plain.goto(PAGE)
    expect(given_away(plain)).to_be_visible()
    expect(plain.locator("#leader [data-part=cover]")).to_be_hidden()
    asking.emulate_media(media="print")
    expect(given_away(asking)).to_be_visible()
    asking.emulate_media(media="screen")
    asking.goto(f"{PAGE}?embed=leader")
    expect(given_away(asking)).to_be_visible()


def early(page, moment):
    """One question at each of three moments; for a second thought it is too late."""
    words, choice = {
        MOMENTS[0]: ("who leads", "The cat"),
        MOMENTS[1]: ("who has legs", "The cat"),
        MOMENTS[2]: ("how large", "0.6"),
    }[moment]
    asked = question(page, words)
    if words == "how large":
        asked.get_by_label("Your guess").fill(choice)
    else:
        asked.get_by_label(choice).check()
    button(asked).click()
    expect(asked.locator("[data-part=note]")).to_have_text("Heard: the page comes …")
    expect(asked.locator("input").first).to_be_disabled()
    expect(button(asked)).to_be_focused()


@pytest.mark.parametrize("link", list(LINKS)[:1])
def test_what_is_said_before_the_script_has_come_counts_and_no_later_thought(reader, link):
    page = (visitor := reader(link)).page
    for moment in visitor.moments(PAGE):
        if moment == MOMENTS[3]:
            break
        early(page, moment)
    expect(said(question(page, "who leads"))).to_have_text("No: it is “The dog”.")
    expect(question(page, "who leads").get_by_label("The cat")).to_be_checked()
    expect(question(page, "who leads").get_by_label("The cat")).to_have_js_property("disabled", False)
    expect(said(question(page, "who has legs"))).to_have_text("Not quite: you missed “The dog”.")
    expect(said(question(page, "how large"))).to_have_text("You said 0.6, it is 0.259 nats: off by 0.34.")
