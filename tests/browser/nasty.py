"""Markup as somebody would write it who wants in: pieces that have got through sanitisers, put together at random."""

import random
from collections.abc import Iterator

_ADDRESSES = [
    "javascript:pwned(1)",
    " jAvAsCrIpT:pwned(2)",
    "java\tscript:pwned(3)",
    "&#106;avascript:pwned(4)",
    "javascript&colon;pwned(5)",
    "\x01javascript:pwned(6)",
    "vbscript:pwned(7)",
    "data:text/html,<script>pwned(8)</script>",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='pwned(9)'/>",
    "//elsewhere.example/x",
    "http://elsewhere.example/x.png",
    "HTTPS:elsewhere.example",
    "\\\\elsewhere.example\\x",
    "../x.png",
    "blob:http://elsewhere.example/1",
    "#fine",
    "data:image/png;base64,iVBORw0KGgo=",
]
_STYLES = [
    "background:url(//elsewhere.example/x)",
    "background:URL( 'http://elsewhere.example/x' )",
    "background:u\\72l(//elsewhere.example/x)",
    "background:image-set('http://elsewhere.example/x' 1x)",
    "background:-webkit-image-set(url(//elsewhere.example/x) 1x)",
    "background:url(/**/'//elsewhere.example/y')",
    "position:fixed;inset:0",
    "position/**/:fixed",
    "@import '//elsewhere.example/x'",
    "width:expression(pwned(10))",
    "fill:url(#fine)",
    "color:red",
    "--x:url(//elsewhere.example/z);background:var(--x)",
]
_TAGS = [
    "a", "abbr", "animate", "animateTransform", "applet", "area", "article", "audio", "b", "base", "body", "button",
    "canvas", "circle", "clipPath", "custom-x", "desc", "details", "dialog", "discard", "div", "embed", "feImage",
    "filter", "fencedframe", "font", "foreignObject", "form", "frame", "frameset", "g", "h1", "handler", "html",
    "iframe", "image", "img", "input", "isindex", "keygen", "line", "link", "linearGradient", "listener", "map",
    "marker", "mask", "math", "meta", "metadata", "mglyph", "mi", "mo", "mpath", "ms", "mtext", "noembed",
    "noframes", "noscript", "object", "ol", "optgroup", "option", "p", "param", "path", "pattern", "picture",
    "plaintext", "portal", "pre", "py-cell", "rect", "script", "section", "select", "set", "slot", "source", "span",
    "style", "summary", "svg", "switch", "symbol", "table", "tbody", "td", "template", "text", "textarea",
    "textPath", "title", "tr", "track", "tspan", "use", "video", "wbr", "xml", "xmp", "xss", "annotation-xml",
]  # fmt: skip
_NAMES = [
    "src", "href", "xlink:href", "srcset", "poster", "background", "action", "formaction", "data", "cite",
    "longdesc", "ping", "from", "to", "values", "by", "begin", "attributeName", "style", "class", "id", "name",
    "for", "is", "slot", "xmlns", "xmlns:xlink", "xml:base", "fill", "stroke", "filter", "mask", "clip-path",
    "marker-end", "cursor", "target", "rel", "type", "content", "http-equiv", "srcdoc", "onload", "onerror",
    "onclick", "onfocus", "ontoggle", "onbegin", "onanimationstart", "onpointerenter", "autofocus", "tabindex",
    "contenteditable", "data-md-component", "data-expr", "data-action", "data-drag", "data-why", "data-marks-cell",
    "part", "popover", "popovertarget", "sandbox", "allow", "usemap", "codebase", "dynsrc", "lowsrc", "manifest",
    "profile",
]  # fmt: skip
_TEXTS = [
    "plain",
    "<!--",
    "-->",
    "--!>",
    "<![CDATA[",
    "]]>",
    "<?xml version='1.0'?>",
    "<!DOCTYPE html [<!ENTITY x 'pwned'>]>",
    "&lt;script&gt;pwned(11)&lt;/script&gt;",
    "<script>pwned(12)</script>",
    "<img src=x onerror=pwned(13)>",
    "<svg/onload=pwned(14)>",
    "</style><img src=x onerror=pwned(15)>",
    "</title></textarea></noscript><img src=x onerror=pwned(16)>",
    "\x00",
    "\ufeff",
    "\u2028",
    "${pwned(17)}",
    "{{constructor.constructor('pwned(18)')()}}",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=pwned(19)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=pwned(20)>",
    "<svg></p><style><a id='</style><img src=x onerror=pwned(21)>'>",
    "<noscript><p title='</noscript><img src=x onerror=pwned(22)>'>",
    "<a href='#' id=attributes><a id=attributes name=nodeName>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=pwned(23)/>#x'/></svg>",
    "<svg><animate attributeName=href values=javascript:pwned(24) /><a id=y><text>y</text></a></svg>",
    "<template shadowrootmode=open><img src=x onerror=pwned(25)></template>",
    "<select><template><style><!--</style><a rel='--></style></template></select><img onerror=pwned(26) src>'>",
]


def _attribute(rng: random.Random) -> str:
    name = rng.choice(_NAMES)
    if name.startswith("on"):
        value = f"pwned({rng.randrange(100, 200)})"
    elif name == "style":
        value = ";".join(rng.sample(_STYLES, rng.randint(1, 2)))
    elif name in ("fill", "stroke", "filter", "mask", "clip-path", "marker-end", "cursor"):
        value = f"url({rng.choice(_ADDRESSES)})"
    else:
        value = rng.choice(_ADDRESSES + _TEXTS)
    name = rng.choice([name, name, name, name.upper(), f"/{name}", f"x:{name}"])
    quote = rng.choice(['"', '"', "'", "", "`"])
    return f"{rng.choice([' ', ' ', '/', chr(10), chr(12)])}{name}={quote}{value}{quote}"


def _element(rng: random.Random, depth: int) -> str:
    if depth == 0 or rng.random() < 0.2:
        return rng.choice(_TEXTS)
    tag = rng.choice(_TAGS)
    attributes = "".join(_attribute(rng) for _ in range(rng.randint(0, 4)))
    inside = "".join(_element(rng, depth - 1) for _ in range(rng.randint(0, 3)))
    end = rng.choice([f"</{tag}>", f"</{tag}>", "", f"</{rng.choice(_TAGS)}>", f"</{tag} onclick=pwned(27)>"])
    return f"<{tag}{attributes}{rng.choice(['>', '>', '/>', ''])}{inside}{end}"


def _mutated(rng: random.Random, text: str) -> str:
    """Cut, double, swap and drop, as an editor with shaking hands."""
    for _ in range(rng.randint(1, 4)):
        at, to = sorted(rng.randrange(len(text) + 1) for _ in range(2))
        text = rng.choice(
            [
                text[:at] + text[to:],
                text[:at] + text[at:to] * 2 + text[to:],
                text[:at] + rng.choice("<>\"'`/=&;\x00 \n\\") + text[at:],
                text[:at] + text[at:to].swapcase() + text[to:],
                text[:at] + rng.choice(_TEXTS) + text[at:],
            ]
        )
        text = text or "<"
    return text


def markups(count: int, seed: int) -> Iterator[str]:
    """Give `count` documents; the same seed gives the same ones."""
    rng = random.Random(seed)
    for _ in range(count):
        text = "".join(_element(rng, rng.randint(1, 4)) for _ in range(rng.randint(1, 3)))
        if rng.random() < 0.5:
            text = f"<svg xmlns='http://www.w3.org/2000/svg'>{text}</svg>"
        yield _mutated(rng, text) if rng.random() < 0.5 else text


_TEX = [
    *(r"\href{javascript:pwned(30)}{x}", r"\url{javascript:pwned(31)}", r"\htmlData{a=b}{x}", r"\includegraphics{x}"),
    *(r"\htmlStyle{background:url(//elsewhere.example)}{x}", r"\htmlId{x}{y}", r"\frac{1}{", "<img src=x onerror=1>"),
    *(
        r"\text{<script>pwned(32)</script>}",
        r"\def\a{\a\a}\a",
        r"\unicode{60}",
        "$$",
        r"\\",
        "}{",
        "&",
        "^_",
        r"\color",
    ),
]


def formulas(count: int, seed: int) -> Iterator[str]:
    """Give `count` formulas that ask for more than a formula may."""
    rng = random.Random(seed)
    for _ in range(count):
        yield "$" + "".join(rng.choice(_TEX) for _ in range(rng.randint(1, 4))) + "$"
