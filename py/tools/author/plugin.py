"""The plugin for MkDocs: `plugins: [search, cells]` makes cells, by plain `mkdocs build` and `mkdocs serve`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal

from mkdocs.config import config_options
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files

from cells.build.fences import format_fence, validate_fence
from cells.build.memory import ground
from cells.build.options import WHERE, Options
from cells.page.errors import PageError
from tools.author import served
from tools.author.finish import finish
from tools.base import files, places
from tools.base.errors import ToolError, explain
from tools.pages import policy
from tools.serving import media_types

_SHEETS = ("vendor/fonts/fonts.css", "vendor/katex/katex.min.css", "vendor/colours.css")
_OURS = tuple(f"css/{name}.css" for name in served.SHEETS)
_EXTENSIONS: dict[str, dict[str, Any]] = {
    "admonition": {},
    "attr_list": {},
    "md_in_html": {},
    "tables": {},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.details": {},
    "cells.build.listings": {},
    "pymdownx.inlinehilite": {},
    "pymdownx.superfences": {
        "custom_fences": [{"name": "python", "class": "", "validator": validate_fence, "format": format_fence}]
    },
}
_LIGHT = {"media": "(prefers-color-scheme: light)", "scheme": "default", "primary": "custom", "accent": "custom"}
_DARK = {"media": "(prefers-color-scheme: dark)", "scheme": "slate", "primary": "custom", "accent": "custom"}
_PALETTE = [
    {**_LIGHT, "toggle": {"icon": "material/weather-night", "name": "Switch to dark"}},
    {**_DARK, "toggle": {"icon": "material/weather-sunny", "name": "Switch to light"}},
]
_GIVEN = [one.name for one in fields(Options) if one.name not in ("memory", "runtime", "vendor", "page")]


@contextmanager
def _told() -> Iterator[None]:
    """What is wrong is told as MkDocs tells it: in words, without a traceback."""
    try:
        yield
    except (ToolError, PageError) as error:
        raise PluginError(f"cells: {error}") from error
    except OSError as error:
        raise PluginError(f"cells: {explain(error)}") from error


class CellsPlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]
    """Options: `name`, `library`, `packages`, `labs` (see `cells.build.options`)."""

    config_scheme = tuple((name, config_options.Optional(config_options.Type(object))) for name in _GIVEN)

    def __init__(self) -> None:
        self._serves = False
        self._library = ""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self._serves = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        with _told():
            self._check_place(config)
            given = {name: value for name, value in self.config.items() if value is not None}
            folders = {"memory": places.BUILD / "pages", "runtime": places.RUNTIME, "vendor": places.VENDOR}
            said = {**given, **{name: str(folder) for name, folder in folders.items()}}
            options = Options.of(said)
            self._find(options.library)
            options.use()
            _serve_files()
        extensions = {**_EXTENSIONS, WHERE: said}
        for name, settings in extensions.items():
            if name not in config.markdown_extensions:
                config.markdown_extensions.append(name)
            config.mdx_configs[name] = {**settings, **config.mdx_configs.get(name, {})}
        _dress(config)
        return config

    def _check_place(self, config: MkDocsConfig) -> None:
        if config.theme.name != "material":
            raise ToolError(f"expected theme: material, got {config.theme.name}")
        place = Path(config.config_file_path).resolve().parent
        if place != places.ROOT:
            raise ToolError(f"expected to run in the folder of mkdocs.yml, {place}, not in {places.ROOT}: go there")

    def _find(self, library: str) -> None:
        """The library stands beside mkdocs.yml, and is read anew for each build."""
        self._library = library
        ground.cache_clear()
        if str(places.ROOT) not in sys.path:
            sys.path.insert(0, str(places.ROOT))
        for name in [name for name in sys.modules if library and (name == library or name.startswith(f"{library}."))]:
            del sys.modules[name]

    def on_files(self, there: Files, *, config: MkDocsConfig) -> Files:
        for root, folder in ((places.SERVED, places.SERVED), (places.BUILD, places.VENDOR)):
            for path in _files(folder):
                name = path.relative_to(root).as_posix()
                if there.get_file_from_path(name) is None:  # an author's own is taken instead
                    there.append(File.generated(config, name, abs_src_path=str(path)))
        return there

    @event_priority(-100)  # when the search has written its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        with _told():
            finish(Path(config.site_dir), keeps=not self._serves)

    def on_build_error(self, *, error: Exception) -> None:
        if isinstance(error, PageError | ToolError):
            raise PluginError(f"cells: {error}") from error

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        media_types.register()
        inject = server._inject_js_into_html

        def admitted(content: bytes, epoch: int) -> bytes:
            """Let the page's policy pass the script that reloads it."""
            html = inject(content, epoch).decode()  # type: ignore[no-untyped-call]
            return policy.admitting(html, policy.inline_scripts(html, "page")[-1]).encode()

        server._inject_js_into_html = admitted  # type: ignore[method-assign]
        if self._library:
            place = places.ROOT / self._library
            server.watch(os.fspath(place if place.is_dir() else place.with_suffix(".py")))
        return server


def _serve_files() -> None:
    """Fill the folder of what is served of Python; the rest of it is the engine's, as it is."""
    static, wheels = places.ENGINE / "vendor", places.ENGINE / "wheels"
    names = {path.relative_to(static).as_posix() for path in _files(static)}
    with files.alone(places.BUILD / "vendor.lock"):
        for name in names:
            files.put(places.VENDOR / name, (static / name).read_bytes())
        there = {name: next(wheels.glob(f"{name}-*.whl")) for name in served.packages()}
        served.serve(places.NODE_MODULES / "pyodide", there, names)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _dress(config: MkDocsConfig) -> None:
    """Have the pages look and behave as cells need it, where the author says nothing else."""
    theme: Any = config.theme
    theme["font"] = False  # the policy lets nothing come from elsewhere
    theme["features"] = [*dict.fromkeys([*(theme.get("features") or []), "navigation.instant"])]
    if not isinstance(theme.get("palette"), list):
        theme["palette"] = _PALETTE
    own = [theme.custom_dir] if theme.custom_dir else []
    theme.dirs.insert(len(own), str(places.ENGINE / "theme"))
    config.extra_css = [*_SHEETS, *_OURS, *config.extra_css]
    script = config_options.ExtraScript().run_validation(  # type: ignore[no-untyped-call]
        {"path": "runtime/main.mjs", "type": "module"}
    )
    config.extra_javascript = [script, *config.extra_javascript]
