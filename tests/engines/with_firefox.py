"""Firefox, by WebDriver BiDi."""

import base64
import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from bidi import BidiError, Connection
from engine import SIZE, WATCH, Engine, Said, ScriptError, key_actions, pointer_actions
from tools.make import engines

NOWHERE = 9
"""A port at which nobody answers (RFC 863's, which takes everything and says nothing, where it runs at all)."""

_OFF = [
    "network.captive-portal-service.enabled", "network.connectivity-service.enabled", "network.prefetch-next",
    "app.normandy.enabled", "browser.aboutConfig.showWarning", "browser.newtabpage.enabled",
    "browser.safebrowsing.downloads.enabled", "browser.safebrowsing.malware.enabled",
    "browser.safebrowsing.phishing.enabled", "browser.safebrowsing.update.enabled", "browser.search.update",
    "browser.shell.checkDefaultBrowser", "browser.topsites.contile.enabled", "browser.translations.enable",
    "datareporting.healthreport.uploadEnabled", "datareporting.policy.dataSubmissionEnabled",
    "dom.push.connection.enabled", "extensions.getAddons.cache.enabled", "extensions.systemAddon.update.enabled",
    "extensions.update.enabled", "media.gmp-manager.updateEnabled", "messaging-system.rsexperimentloader.enabled",
    "privacy.trackingprotection.enabled", "security.remote_settings.crlite_filters.enabled",
    "security.remote_settings.intermediates.enabled", "signon.autofillForms", "toolkit.telemetry.enabled",
    "toolkit.telemetry.unified",
]  # fmt: skip
"""What a browser does by itself, or asks elsewhere."""
PREFERENCES = {
    **dict.fromkeys(_OFF, False),
    # The proxy that is not there is asked for every address but this machine's: nothing else is reached or looked up.
    "network.proxy.type": 1,
    **{f"network.proxy.{kind}": "127.0.0.1" for kind in ("http", "ssl", "socks")},
    **{f"network.proxy.{kind}_port": NOWHERE for kind in ("http", "ssl", "socks")},
    "network.proxy.no_proxies_on": "127.0.0.1",
    "network.dns.disablePrefetch": True,
    "network.trr.mode": 5,
    "app.update.disabledForTesting": True,
    "browser.region.network.url": "",
    "browser.startup.homepage": "about:blank",
    "browser.startup.page": 0,
    "geo.provider.network.url": "",
    "intl.accept_languages": "en-GB, en",
    "security.OCSP.enabled": 0,
    "services.settings.server": "data:,#none",
    "toolkit.telemetry.server": "data:,",
    "ui.systemUsesDarkTheme": 0,
}

_EVENTS = ("log.entryAdded", "network.beforeRequestSent", "network.fetchError")
_CUT_OFF = re.compile(
    "Failed to load ‘(.+)’. A ServiceWorker intercepted the request and encountered an unexpected error."
    "|downloadable font: download failed .*: status=2152398850 source: (.+)"  # NS_BINDING_ABORTED
)
"""Said, in the next page's console, of what had begun to come when its page was left (test_cut_off.py)."""
_HALF_READ = {f"Invalid markup: Incorrect number of children for <{tag}/> tag." for tag in ("mfrac", "msup", "msub")}
"""Said of a formula of which Firefox has drawn the half that it had read by then."""

_STARTS = 60.0
"""Seconds within which Firefox has begun to listen on any machine."""


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Wait until Firefox says where it listens."""
    deadline = time.monotonic() + _STARTS
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"BiDi listening on (ws://\S+)", log.read_text(errors="replace")):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(f"Firefox did not begin to listen; it said:\n{log.read_text(errors='replace')}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Give a browser that was told to close the time that it needs."""
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Firefox(Engine):
    name = "firefox"
    patience = 1.5

    def _start(self) -> None:
        profile = tempfile.mkdtemp(prefix="dog-primer-firefox-")
        self._stack.callback(shutil.rmtree, profile, ignore_errors=True)
        told = "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items())
        (Path(profile) / "user.js").write_text(told)
        executable = engines.find_firefox()
        if executable is None:
            raise AssertionError("there is no Firefox; run: make test-engines")
        options = ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]
        log = self._stack.enter_context((Path(profile) / "stderr.txt").open("w"))
        process = subprocess.Popen([executable, *options], stdout=subprocess.DEVNULL, stderr=log)
        self._stack.callback(_end, process)
        self._cut_off: set[str] = set()
        self._bidi = Connection(f"{_address(process, Path(log.name))}/session", self._hear, 180)
        self._stack.callback(self._leave)
        session = self._bidi.command("session.new", capabilities={})
        self.version = session["capabilities"]["browserVersion"]
        first = self._bidi.command("browsingContext.getTree")["contexts"][0]["context"]
        # Nothing in the tab that a window begins with ever has the focus.
        self._context = self._bidi.command("browsingContext.create", type="tab")["context"]
        self._bidi.command("browsingContext.close", context=first)
        self._bidi.command("session.subscribe", events=list(_EVENTS))
        self._bidi.command("script.addPreloadScript", functionDeclaration=f"() => {{ {WATCH} }}")
        self.resize(*SIZE)

    def _leave(self) -> None:
        with suppress(BidiError, OSError):
            self._bidi.command("browser.close")
        self._bidi.close()

    def _hear(self, method: str, event: dict[str, Any]) -> None:
        if method == "network.beforeRequestSent":
            self.said.append(Said("request", event["request"]["url"]))
        elif method == "network.fetchError":
            if event["errorText"] == "NS_BINDING_ABORTED":
                self._cut_off.add(event["request"]["url"])
        else:
            level = {"warn": "warning"}.get(event["level"], event["level"])
            self.said.append(Said(level, event["text"] or ""))

    def is_fault(self, said: Said) -> bool:
        found = _CUT_OFF.fullmatch(said.text)
        return said.text not in _HALF_READ and not (found and (found[1] or found[2]) in self._cut_off)

    def goto(self, url: str) -> None:
        wait = "complete" if self._waits else "none"
        try:
            self._bidi.command("browsingContext.navigate", context=self._context, url=url, wait=wait)
        except BidiError as error:
            # A page that a service worker answers is now and then taken for one that was given up.
            if "NS_BINDING_ABORTED" not in str(error):
                raise
            deadline = time.monotonic() + _STARTS
            while not self.evaluate(
                "return location.href === arguments_[0] && document.readyState === 'complete'", url
            ):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def reload(self) -> None:
        self._bidi.command("browsingContext.reload", context=self._context, wait="complete")

    def resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height}
        self._bidi.command("browsingContext.setViewport", context=self._context, viewport=size)

    def pointer(self, *steps: Sequence[Any]) -> None:
        self._bidi.command("input.performActions", context=self._context, actions=pointer_actions(steps))

    def press(self, *chords: str) -> None:
        self._bidi.command("input.performActions", context=self._context, actions=key_actions(chords))

    def screenshot(self, file: Path) -> None:
        shot = self._bidi.command("browsingContext.captureScreenshot", context=self._context)
        file.write_bytes(base64.b64decode(shot["data"]))

    def listen(self) -> None:
        self._bidi.command("session.status")

    def _evaluate(self, expression: str) -> str | None:
        target = {"context": self._context}
        found = self._bidi.command("script.evaluate", expression=expression, target=target, awaitPromise=True)
        if found["type"] == "exception":
            raise ScriptError(found["exceptionDetails"]["text"])
        text: str | None = found["result"].get("value")
        return text
