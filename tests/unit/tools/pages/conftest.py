"""A small built site, with what the build expects of Material's files."""

import pytest

PAGE = """<!doctype html>
<html><head><meta charset="utf-8">
<meta name="generator" content="mkdocs-1.6.1, mkdocs-material-9.8.1">
<link rel="stylesheet" href="assets/stylesheets/main.css">
<link rel="stylesheet" href="css/site.css">
<script src="assets/javascripts/bundle.1.min.js"></script>
</head><body>
<p>Before</p>
<table>
<thead><tr><th>Animal</th></tr></thead>
</table>
<table class="mine">
</table>
</body></html>
"""
SHEET = ".twinkling{animation:twinkle 1s}@keyframes twinkle{to{opacity:0}}"
THEIRS = (
    "[data-md-color-switching] *,[data-md-color-switching] :after{transition-duration:0s!important}"
    ".banner{color:var(--banner)}kbd{color:var(--key)}:root{--banner:red;--key:blue}.tabbed-control--next{top:0}"
)
SCRIPT = (
    'let o=x("meta",{name:"color-scheme"}),r=x("meta",{name:"theme-color"});'
    'let r=Mn(e);L($(location.protocol!=="file:"),Je("search"));'
    'z([t,r.pipe(Q(we()),g(o=>!!o.searchParams.get("h")))]);'
    'new URL("search/search_index.json",Or.base);var Xn=".node circle{r:1}";'
    'function ui({document$:e}){let t=new Map;e.pipe(b(()=>M("link[rel=alternate]")))}'
    "function Ti({document$:e}){}function Ci(e,t){done()}function ki(e,t){}"
    't.pipe(ne("pathname"),b(a=>xr(a)));s.pipe(b(()=>t),ne("hash"));'
    "`tabbed-control--${a}` `md-tag--${b}` `md-source__fact--${c}`"
)


@pytest.fixture
def built(tree):
    """A site of one page, as MkDocs leaves it."""
    return tree(
        {
            "index.html": PAGE,
            "assets/stylesheets/main.css": THEIRS,
            "css/site.css": SHEET,
            "assets/javascripts/bundle.1.min.js": SCRIPT,
            "vendor/purify.mjs": 'const allowed = ["b", "kbd"]',
            "runtime/page/at-first.mjs": "export const there = true;",
            "runtime/visit/early.mjs": 'import { there } from "../page/at-first.mjs"; globalThis.early = { there };',
        }
    )
