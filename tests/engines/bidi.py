"""WebDriver BiDi: commands and events as JSON over one WebSocket (https://www.w3.org/TR/webdriver-bidi/).

There is no well-kept way to Firefox from Python without a driver's binary that no package brings, and what is needed of
the protocol is a number on each command.
"""

import json
from collections.abc import Callable
from itertools import count
from typing import Any

import websocket


class BidiError(Exception):
    """The browser refused a command."""


class Connection:
    """One connection; events that come are handed to `hear` while somebody waits for an answer."""

    def __init__(self, url: str, hear: Callable[[str, dict[str, Any]], None], seconds: float) -> None:
        self._socket = websocket.create_connection(url, suppress_origin=True, timeout=seconds)
        self._hear = hear
        self._numbers = count(1)

    def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            if message["type"] == "event":
                self._hear(message["method"], message["params"])
            elif message["id"] == number:
                if message["type"] == "error":
                    raise BidiError(f"{method}: {message['error']}: {message['message']}")
                result: dict[str, Any] = message["result"]
                return result

    def close(self) -> None:
        self._socket.close()
