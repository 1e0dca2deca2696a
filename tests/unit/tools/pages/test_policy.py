"""The policy names every inline script of the site, and nothing that no policy could name is built."""

import pytest

from tools.base.errors import ToolError
from tools.pages.policy import host_files, inline_scripts, policy, reloading, secure, source_of, with_policy


def test_every_page_has_the_same_policy_and_it_names_the_inline_scripts_of_all(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><head><meta charset=utf-8><script>one()</script></head>")
    (tmp_path / "a" / "index.html").write_text(
        "<!doctype html><head><script>two()</script><script src=x></script></head>"
    )
    text = secure(tmp_path)
    assert source_of("one()") in text
    assert source_of("two()") in text
    for page in (tmp_path / "index.html", tmp_path / "a" / "index.html"):
        assert page.read_text().count(f'content="{text}"') == 1
    assert f"Content-Security-Policy: {text}\n" in (tmp_path / "_headers").read_text()


@pytest.mark.parametrize(
    "html",
    [
        "<!doctype html><html><head><meta charset='utf-8'><title>t</title>",
        "<!DOCTYPE html><html><head><title>t</title>",
        "<!doctype html><title>t</title>",
        "<title>t</title>",
    ],
)
def test_the_policy_stands_before_all_that_it_is_about(html):
    page = with_policy(html, policy([]))
    assert page.index("http-equiv") < page.index("<title>")
    assert page.lower().find("charset") < page.index("http-equiv")


def test_nothing_is_evaluated_and_no_other_origin_is_named():
    text = policy([])
    assert "'unsafe-eval'" not in text
    assert "http" not in text
    assert "*" not in text
    assert "'unsafe-inline'" not in text.split("script-src ")[1].split(";")[0]


def test_data_islands_are_no_scripts():
    assert inline_scripts('<script type="application/json">{"a": "<b onclick=x>"}</script>', "page") == []


@pytest.mark.parametrize("html", ['<p onclick="x()">', '<a href=" javascript:x()">', "<svg onload=x()>"])
def test_what_the_policy_would_refuse_stops_the_build(tmp_path, html):
    (tmp_path / "page.html").write_text(f"<p>fine</p>\n{html}")
    with pytest.raises(ToolError, match=r"page\.html, line 2: .* refused by the site's policy"):
        secure(tmp_path)


def test_the_development_server_admits_its_own_script():
    page = with_policy("<head><script>ours()</script>", policy(["ours()"])) + "<script>reload()</script>"
    assert f"script-src {source_of('reload()')} 'self'" in reloading(page.encode()).decode()


def test_the_header_files_send_the_policy_of_the_pages():
    text = policy(["one()"])
    for name, content in host_files(text).items():
        assert text in content, name
        assert "nosniff" in content
