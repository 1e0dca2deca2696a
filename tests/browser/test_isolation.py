"""Code typed into a cell reaches neither the page, nor the network, nor what the site stores."""

import re

import pytest

from at_once import expect
from cells_in_page import FEW, FULL, PYTHON_STARTS, output, run, run_instead, settled

SECRET = "not-for-readers-code"

PLANT = """async (secret) => {
    localStorage.setItem("secret", secret);
    sessionStorage.setItem("secret", secret);
    document.cookie = `secret=${secret}; path=/`;
    await (await caches.open("secret")).put("secret", new Response(secret));
    await new Promise((resolve, reject) => {
        const opening = indexedDB.open("secret", 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore("secret").put(secret, "secret");
        opening.onsuccess = () => (opening.result.close(), resolve());
        opening.onerror = reject;
    });
    window.overheard = [];
    const channel = new BroadcastChannel("secret");
    channel.onmessage = ({ data }) => window.overheard.push(data);
}"""

# Each tries by itself and says in one line how it went.
ATTEMPTS = {
    "js.fetch": "import js\njs.fetch('/')",
    "js.XMLHttpRequest": "import js\njs.XMLHttpRequest.new()",
    "js.WebSocket": "import js\njs.WebSocket.new('ws://127.0.0.1:1/')",
    "js.localStorage": "import js\njs.localStorage.getItem('secret')",
    "js.indexedDB": "import js\njs.indexedDB.open('secret')",
    "js.caches": "import js\njs.caches.open('secret')",
    "js.document.cookie": "import js\njs.document.cookie",
    "js.navigator.serviceWorker": "import js\njs.navigator.serviceWorker.getRegistrations()",
    "js.BroadcastChannel": "import js\njs.BroadcastChannel.new('secret').postMessage('heard')",
    "js.self": "import js\njs.self.parent",
    "js.globalThis": "import js\njs.globalThis.postMessage",
    "js.eval": "import js\njs.eval('1')",
    "js.Function": "import js\njs.Object.constructor('return self')()",
    "function of a function": "import js\njs.Math.max.constructor('return self')()",
    "pyfetch": "from pyodide.http import pyfetch\npyfetch('/').send(None)",
    "pyxhr": "from pyodide.http import pyxhr\npyxhr.get('/')",
    "open_url": "from pyodide.http import open_url\nopen_url('/')",
    "run_js": "from pyodide.code import run_js\nrun_js('fetch')",
    "pyodide_js": "import pyodide_js\npyodide_js._module",
    "pyodide_js.loadPackage": "from pyodide_js import loadPackage\nloadPackage('/x.whl')",
    "urllib": "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:1/')",
    "socket": "import socket\nsocket.create_connection(('127.0.0.1', 1), 1)",
}


@pytest.fixture
def planted(page):
    page.goto(FEW)
    page.evaluate(PLANT, SECRET)
    return page


def ready_to_run(page, source):
    run_instead(page, "rounding", source)
    return output(page, "rounding").inner_text()


@pytest.mark.parametrize("way", ["snapshot", *(["bytecode"] if FULL else []), "plain"])
def test_no_way_out_of_python_is_open(planted, way):
    planted.evaluate("way => document.documentElement.dataset.start = way", way)
    lines = ["def attempt(code):", "    try:", "        exec(code, {})", "    except BaseException as error:"]
    lines += ["        return type(error).__name__", "    return 'REACHED'"]
    lines += [f"print({name!r}, attempt({code!r}))" for name, code in ATTEMPTS.items()]
    told = ready_to_run(planted, "\n".join(lines))
    assert len(told.strip().splitlines()) == len(ATTEMPTS)
    assert "REACHED" not in told, told
    assert planted.evaluate("window.overheard") == []


def test_the_global_object_that_a_captured_this_gives_holds_nothing(planted):
    source = """
import js
from pyodide.ffi import create_proxy
seen = []
js.Array.from_(js.Array.of(1), create_proxy(lambda this, *rest: seen.append(this), capture_this=True))
for name in ["fetch", "XMLHttpRequest", "WebSocket", "indexedDB", "caches", "BroadcastChannel", "navigator", "Worker",
             "importScripts", "postMessage", "close", "localStorage", "document", "parent"]:
    print(name, any(getattr(this, name, None) is not None for this in seen))
"""
    told = ready_to_run(planted, source)
    assert "True" not in told, told


def test_what_runs_python_is_of_no_origin_and_may_ask_for_nothing(planted):
    run(planted, "softmax")
    python = next(frame for frame in planted.frames if frame.parent_frame)
    assert python.evaluate("origin") == "null"
    for storage in ["localStorage", "document.cookie", "sessionStorage"]:
        read = f"(() => {{ try {{ return String({storage}) }} catch (error) {{ return error.name }} }})()"
        assert python.evaluate(read) == "SecurityError"
    assert planted.locator("iframe").get_attribute("sandbox") == "allow-scripts"
    policy = planted.locator("iframe").get_attribute("srcdoc")
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert "unsafe-inline" not in policy


def test_the_worker_itself_could_not_fetch_or_store_even_with_all_of_its_globals(planted):
    run(planted, "softmax")
    python = next(frame for frame in planted.frames if frame.parent_frame)
    told = python.evaluate(
        """async (address) => {
            const code = `(async () => {
                const told = [];
                const attempt = async (what) => {
                    try { await what(); told.push("REACHED"); } catch (error) { told.push(error.name); }
                };
                await attempt(() => fetch(${JSON.stringify(address)}));
                await attempt(() => import(${JSON.stringify(address)} + "runtime/config.mjs"));
                await attempt(() => importScripts(${JSON.stringify(address)} + "runtime/config.mjs"));
                await attempt(() => new Promise((resolve, reject) => {
                    const request = indexedDB.open("secret");
                    request.onsuccess = resolve;
                    request.onerror = () => reject(request.error);
                }));
                await attempt(() => caches.open("secret"));
                postMessage(told);
            })()`;
            const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
            return new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
        }""",
        planted.url.removesuffix(FEW),
    )
    assert len(told) == 5
    assert "REACHED" not in told


def test_a_forged_message_from_code_is_no_report(planted):
    """Python has no port; and the page hears the frame's ports alone, not what a window says."""
    run(planted, "softmax")
    python = next(frame for frame in planted.frames if frame.parent_frame)
    python.evaluate("parent.postMessage({type: 'failed', phase: 'x', message: 'forged'}, '*')")
    expect(planted.locator("html")).to_have_attribute("data-python", "ready", timeout=PYTHON_STARTS)
    expect(planted.locator("py-cell").first).not_to_contain_text(re.compile("forged"))
    settled(planted, "softmax", "done")
