"""The site's own font, and the style sheet that names it.

One file, for a page must be light: code is set in what the reader's machine has, italics are slanted by the browser.
"""

import re

from tools import files, places

_FAMILIES = {"inter": ("normal",)}


def install() -> set[str]:
    """Put the fonts and fonts.css into site/vendor/fonts; give the names of the files."""
    rules = []
    names = {"fonts/fonts.css"}
    for family, styles in _FAMILIES.items():
        package = places.NODE_MODULES / "@fontsource-variable" / family
        for style in styles:
            sheet = (package / ("index.css" if style == "normal" else "wght-italic.css")).read_text()
            file = f"{family}-latin-wght-{style}.woff2"
            rule = next(rule for rule in re.findall(r"@font-face \{.*?\}", sheet, re.DOTALL) if file in rule)
            rule = rule.replace(
                "font-display: swap", "font-display: optional"
            )  # a text that changes its lines is no help
            rules.append(re.sub(r"url\(\./files/", "url(", rule))
            files.put(places.VENDOR / "fonts" / file, (package / "files" / file).read_bytes())
            names.add(f"fonts/{file}")
    files.put(places.VENDOR / "fonts" / "fonts.css", ("\n\n".join(rules) + "\n").encode())
    return names
