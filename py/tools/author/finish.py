"""What is done to a built site: it is made light, has its policy, and readers' browsers keep it."""

from pathlib import Path

from tools.pages import names, notebooks, offline, policy
from tools.pages.lighten import lighten


def finish(site: Path, *, keeps: bool) -> str:
    """Change a built site in place, and give its policy.

    Parameters
    ----------
    site : Path
        The folder that MkDocs has written.
    keeps : bool
        Whether readers' browsers shall keep the site, so that it works without a network.
    """
    names.check(site)
    notebooks.add(site)
    lighten(site)
    text = policy.secure(site)
    if keeps and (site / offline.BUNDLE).is_file():
        offline.add(site)
    elif not keeps:
        offline.remove(site)
    return text
