"""What a person does with the album, and what stands in its database, as functions for the tests."""

from at_once import expect
from lab_in_page import lab

ALBUM = """async ([name, argument]) => {
  const root = new URL("..", document.querySelector("script[src*='runtime/main.mjs']").src);
  const tools = await import(new URL("vendor/dog-stream.mjs", root).href);
  window.albums ??= {};
  const album = (window.albums[name] ??= new tools.Album(name === "own" ? `dog-primer/1${root.pathname}album` : name));
  const dogs = (count, from = 0) => Array.from({length: count}, (_, i) => from + i).map((i) => ({
    added: 1e12 + i, kind: "dog", breed: `breed ${i}`, isNew: false, size: 20, threshold: 0.5,
    pixels: Uint8Array.from({length: 400}, (_, at) => (at * (i + 1)) % 256), probabilities: [0.01, 0.02, 0.07, 0.9]}));
  BODY
}"""


def do(page, body, argument=None, name="test"):
    """Run JavaScript on an album; `album`, `dogs(count, from)` and the module's `tools` are at hand.

    The name "own" is the database of the page itself.
    """
    return page.evaluate(ALBUM.replace("BODY", body), [name, argument])


def shelf(page):
    return lab(page).locator("[data-part=album]")


def press(page, name):
    shelf(page).get_by_role("button", name=name, exact=True).click()


def count(page, number):
    expect(shelf(page).locator("[data-figure=album-count]")).to_have_text(str(number))


def said(page, words):
    expect(shelf(page).locator("[data-part=summary]")).to_contain_text(words)


def open_album(page):
    page.goto("dog-stream/")
    expect(shelf(page)).to_be_visible()
    return page


def bring(page, content, name="dog-album.zip"):
    with page.expect_file_chooser() as asked:
        press(page, "Import album")
    asked.value.set_files({"name": name, "mimeType": "application/zip", "buffer": content})
