"""Pictures that the library makes come through to the page, and show."""

from at_once import expect
from cells_in_page import output, run_instead

SHEET = """from primer.pictures.images import picture_sheet, signed
from primer.pictures.looking import looks_for
from primer.network import MLP
picture_sheet(signed(looks_for(MLP([400, 3, 4]))), "Three neurons.", captions=["1", "2", "3"], columns=3)"""

LOADED = """async (image) => {
  const picture = new Image();
  picture.src = image.getAttribute("xlink:href");
  await picture.decode();
  return [picture.naturalWidth, picture.naturalHeight];
}"""


def test_a_sheet_of_pictures_comes_through_unharmed(page):
    page.goto("softmax/")
    run_instead(page, "rounding", SHEET)
    sheet = output(page, "rounding").get_by_role("img", name="Three neurons.")
    images = sheet.locator("image")
    expect(images).to_have_count(3)
    for image in images.all():
        assert image.get_attribute("xlink:href").startswith("data:image/png;base64,")
        assert image.get_attribute("image-rendering") == "pixelated"
        assert image.evaluate(LOADED) == [20, 20]
