"""The zip holds what a server needs, whole, and the same site gives the same bytes."""

import zipfile

from tools.make import dist


def test_the_same_site_gives_the_same_bytes(tmp_path):
    site = tmp_path / "site"
    (site / "a").mkdir(parents=True)
    (site / "index.html").write_text("home")
    (site / "a" / "x.mjs").write_text("1")
    (site / "a" / "x.mjs.map").write_text("{}")
    dist.pack(site, tmp_path / "one.zip")
    (site / "index.html").touch()
    dist.pack(site, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == ["README.txt", "dog-primer/a/x.mjs", "dog-primer/index.html"]
