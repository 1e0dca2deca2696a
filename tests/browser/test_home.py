"""The home page: the belt in the first view, before Python and without JavaScript; stations, and ends of chapters."""

import re

import pytest

from at_once import expect
from cells_in_page import arrive
from layout_in_page import FONTS
from voice import listen, until_quiet


def belt(page):
    return page.locator("[data-belt]")


def kept(page):
    return belt(page).locator(".belt [data-kept]").count()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_what_it_is_and_the_whole_belt_are_in_the_first_view(page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    page.goto("./")
    page.evaluate(FONTS)  # the browser's own, here, is wider than any telephone's
    for part in (page.get_by_role("heading", level=1), belt(page).get_by_role("slider"), belt(page).locator(".belt")):
        box = part.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_the_threshold_keeps_what_is_surer_and_says_it_without_python(page):
    arrive(page, "./")
    slider = belt(page).get_by_role("slider", name="Keep it if it is more than this sure")
    said = belt(page).locator(".album p")
    before = said.inner_text()
    expect(said).to_have_text("2 dogs kept, 1 missed, 1 cat let in.")
    probs = [
        float(p) for p in belt(page).locator(".belt [data-p]").evaluate_all("(all) => all.map((e) => e.dataset.p)")
    ]
    for threshold in (0.0, 0.36, 0.37, 0.6, 1.0):
        slider.fill(f"{threshold:g}")
        assert kept(page) == sum(p > threshold for p in probs)
        assert belt(page).locator(".album li:visible").count() == kept(page)
        expect(belt(page).locator(".keep b")).to_have_text(f"{threshold:.0%}")
        expect(slider).to_have_attribute("aria-valuetext", f"{threshold:.0%}")
    expect(said).to_have_text("No dog kept, 3 missed, nothing else let in.")
    slider.fill("0.5")
    expect(said).to_have_text(before)
    expect(page.locator("html")).not_to_have_attribute("data-python", re.compile("loading|ready"))
    listen(page)
    slider.press("ArrowRight")
    assert until_quiet(page) == [before]


def test_what_is_dragged_before_the_script_has_come_is_kept(page):
    held = []
    page.route("**/runtime/main.mjs", lambda route: held.append(route))
    with page.expect_request("**/runtime/main.mjs"):
        page.goto("./", wait_until="commit")
        belt(page).get_by_role("slider").fill("0.2")
    held[0].continue_()
    expect(belt(page).locator(".keep b")).to_have_text("20%")
    expect(belt(page).locator(".album p")).to_have_text("3 dogs kept, none missed, 2 cats let in.")


def test_without_javascript_the_belt_is_whole_at_a_half(plain):
    plain.goto("./")
    expect(belt(plain).locator(".album p")).to_have_text("2 dogs kept, 1 missed, 1 cat let in.")
    assert belt(plain).locator(".album li:visible").count() == kept(plain) == 3
    expect(belt(plain).get_by_role("slider")).to_have_count(0)


def test_a_dog_drops_into_the_album_unless_the_hand_moves_or_nothing_shall(page, new_context):
    page.goto("./")
    running = "(e) => e.getAnimations({subtree: true}).filter((one) => one.playState === 'running').length"
    slider = belt(page).get_by_role("slider")
    slider.fill("1")
    slider.fill("0.5")
    assert belt(page).locator(".album").evaluate(running) == 3
    still = new_context(reduced_motion="reduce").new_page()
    still.goto("./")
    belt(still).get_by_role("slider").fill("0.2")
    longest = "(e) => Math.max(0, ...e.getAnimations({subtree: true}).map((a) => a.effect.getTiming().duration))"
    assert belt(still).locator(".album").evaluate(longest) < 1


def test_six_cards_lead_to_the_stations_and_each_end_to_the_next(page):
    page.goto("./")
    cards = page.locator(".stations-road a")
    expect(cards).to_have_count(6)
    addresses = cards.evaluate_all("(all) => all.map((a) => a.href)")
    assert page.locator(".start").inner_text().endswith("about 20 minutes"), "as the first card says"
    leads = page.locator(".stations-road .station-lead").all_inner_texts()
    for here, following, lead in zip(addresses, [*addresses[1:], f"{page.url}today/"], leads, strict=True):
        page.goto(here)
        minutes = re.search(r"about (\d+) minutes", page.locator("[data-minutes]").first.inner_text())[0]
        assert lead.endswith(minutes), "as the page counts them; mkdocs.yml has them for the bar above"
        end = page.get_by_role("region", name="The end of this chapter")
        expect(end.get_by_role("img", name="A dog that sits")).to_be_visible()
        assert end.get_by_role("listitem").count() >= 3
        assert end.get_by_role("link").evaluate("(a) => a.href") == following


def test_a_page_that_is_not_there_leads_home(page, guard):
    guard.allow("404")
    page.goto("no/such/page/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This is no page. Is it a dog?")
    page.get_by_role("link", name="To the beginning").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Teach a machine to know a dog when it sees one.")


def test_what_is_kept_and_cleared_stands_behind_a_gear(page):
    page.goto("./")
    expect(page.locator("[data-storage]")).not_to_be_visible()
    page.get_by_text("What is kept, and how to clear it").click()
    expect(page.get_by_role("button", name="Clear what this site has stored")).to_be_visible()
    for gear in page.locator("details.gear > summary").all():  # drawn, and not a block in the theme's colour
        ground = gear.evaluate("(one) => getComputedStyle(one, '::before').backgroundColor")
        assert ground == "rgba(0, 0, 0, 0)"
