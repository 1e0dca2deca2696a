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

from cells.build.memory import ground
from cells.build.options import WHERE, Options
from cells.page.errors import PageError
from tools.author import served
from tools.author.finish import finish
from tools.base import files, places, site
from tools.base.errors import ToolError, explain
from tools.pages import policy
from tools.serving import media_types

_MODEL = places.ENGINE / "mkdocs.yml"
"""The course's own, which the engine has brought: how cells look and how pages are read is said there alone."""
_BROUGHT = ((places.SERVED, places.SERVED), (places.BUILD, places.VENDOR))
"""What the engine has brought or made for a site to serve: below what, and where."""
_NOT_TAKEN = (WHERE, "pymdownx.snippets")
"""Of its Markdown extensions: the options of its cells, and what includes its own files."""
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
        model = site.read(_MODEL)
        extensions = [one for one in site.named(model, "markdown_extensions") if one[0] not in _NOT_TAKEN]
        for name, settings in (*extensions, (WHERE, said)):
            if name not in config.markdown_extensions:
                config.markdown_extensions.append(name)
            config.mdx_configs[name] = {**(settings or {}), **config.mdx_configs.get(name, {})}
        _dress(config, model)
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
        for root, folder in _BROUGHT:
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
        server._inject_js_into_html = lambda *page: policy.reloading(inject(*page))  # type: ignore
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


def _dress(config: MkDocsConfig, model: dict[str, Any]) -> None:
    """Have the pages look and behave as cells need it, where the author says nothing else."""
    theme: Any = config.theme
    theme["font"] = False  # the policy lets nothing come from elsewhere
    theme["features"] = [*dict.fromkeys([*(theme.get("features") or []), "navigation.instant"])]
    if not isinstance(theme.get("palette"), list):
        theme["palette"] = model["theme"]["palette"]
    own = [theme.custom_dir] if theme.custom_dir else []
    theme.dirs.insert(len(own), str(places.ENGINE / "theme"))
    sheets = [name for name in model["extra_css"] if any((root / name).is_file() for root, _ in _BROUGHT)]
    config.extra_css = [*sheets, *config.extra_css]
    valid = config_options.ExtraScript()  # type: ignore[no-untyped-call]
    config.extra_javascript = [*map(valid.run_validation, model["extra_javascript"]), *config.extra_javascript]
