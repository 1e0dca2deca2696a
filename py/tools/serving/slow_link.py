"""A slow way to a server of this machine: every byte takes as long as on a reader's link, service workers' bytes too.

A browser's own throttling does not reach what a service worker fetches; a proxy in between reaches everything.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

_CHUNK = 8 * 1024
_QUEUE = 0.01
"""Seconds of bytes that wait before the link, as before any: it would have nothing to do while this program awakes."""
_END = b""


@dataclass(frozen=True)
class Link:
    """What a link is like: its round trip in milliseconds, and what it brings in Mbit/s, shared by all connections."""

    round_trip: float
    megabits: float

    def seconds(self, n_bytes: int) -> float:
        """Say how long so many bytes take to come, at the least."""
        return self.round_trip / 1000 + n_bytes * 8 / self.megabits / 1e6


class _Pipe:
    """One direction of all connections: chunks leave in turn, as fast as the link is, and arrive later."""

    def __init__(self, delay: float, bytes_per_second: float) -> None:
        self._delay, self._rate = delay, bytes_per_second
        self._free = 0.0

    async def carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, wait: float = 0.0) -> None:
        """Carry all that `source` gives, the first of it after `wait` seconds more."""
        arriving: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivery = asyncio.create_task(_deliver(arriving, target))
        now = asyncio.get_running_loop().time
        try:
            while chunk := await source.read(_CHUNK):
                self._free = max(now(), self._free) + len(chunk) / self._rate
                arriving.put_nowait((self._free + self._delay + wait, chunk))
                wait = 0.0
                await asyncio.sleep(self._free - now() - _QUEUE)
        except OSError:
            pass  # hung up: whatever came before is still on its way
        finally:
            arriving.put_nowait((self._free + self._delay, _END))
            await delivery


async def _deliver(arriving: "asyncio.Queue[tuple[float, bytes]]", target: asyncio.StreamWriter) -> None:
    now = asyncio.get_running_loop().time
    try:
        while True:
            due, chunk = await arriving.get()
            await asyncio.sleep(due - now())
            if chunk == _END:
                break
            target.write(chunk)
            await target.drain()
    except OSError:
        pass  # nobody listens any more
    finally:
        target.close()


@contextmanager
def slowed(address: str, link: Link) -> Iterator[str]:
    """Give an address that leads to `address` over `link`, while the block runs.

    Parameters
    ----------
    address : str
        Of a server of this machine, with its port; a path is kept.
    link : Link
        What every byte and every new connection goes through.

    Yields
    ------
    str
        The address to give to a browser.
    """
    split = urlsplit(address)
    loop = asyncio.new_event_loop()

    async def begin() -> asyncio.Server:
        half = link.round_trip / 2000
        down, up = (_Pipe(half, link.megabits * 1e6 / 8) for _ in range(2))

        async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                there, back = await asyncio.open_connection(split.hostname, split.port)
            except OSError:
                writer.close()  # the server has gone, as a test may wish
                return
            handshake = link.round_trip / 1000
            with suppress(asyncio.CancelledError):  # the link is gone; the server would take it for an error of its own
                await asyncio.gather(up.carry(reader, back, handshake), down.carry(there, writer))

        return await asyncio.start_server(connect, "127.0.0.1", 0)

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(begin(), loop).result()  # this thread may be in a loop of its own
    try:
        yield split._replace(netloc=f"127.0.0.1:{server.sockets[0].getsockname()[1]}").geturl()
    finally:
        loop.call_soon_threadsafe(server.close)
        asyncio.run_coroutine_threadsafe(_cancel_all(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _cancel_all() -> None:
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
