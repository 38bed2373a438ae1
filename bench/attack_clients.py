"""Those who ask while bench/attack.py measures: an attacker, readers, an office. Each in its own process, from its own address."""

import asyncio
import random
import ssl
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from multiprocessing import Process, SimpleQueue

HOST = "help.example.cn"
PATIENCE = 20  # seconds for one answer
HALF_A_HANDSHAKE = bytes.fromhex("160301020001000200")  # where TLS would go on
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Line:
    """One connection over TLS from that address of this machine, opened again when the server has closed it."""

    def __init__(self, port: int, source: str):
        self._port, self._source, self._streams = port, source, None

    async def ask(self, path: str, headers: dict[str, str] | None = None, body: str | None = None) -> int:
        """The status; 0 for no answer."""
        try:
            return await asyncio.wait_for(self._ask(path, headers or {}, body), PATIENCE)
        except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError):
            self.close()
            return 0

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
        self._streams = None

    async def _ask(self, path: str, headers: dict[str, str], body: str | None) -> int:
        if self._streams is None:
            tls = ssl._create_unverified_context()  # noqa: S323 (its own certificate)
            self._streams = await asyncio.open_connection(
                "127.0.0.1", self._port, ssl=tls, server_hostname=HOST, local_addr=(self._source, 0)
            )
        reader, writer = self._streams
        sent = {"Host": HOST, "Accept-Encoding": "gzip", "Accept-Language": "zh-CN", **headers}
        sent |= {} if body is None else {"Content-Length": str(len(body)), **FORM}
        lines = [
            f"{'GET' if body is None else 'POST'} {path} HTTP/1.1",
            *(f"{name}: {value}" for name, value in sent.items()),
            "",
            body or "",
        ]
        writer.write("\r\n".join(lines).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(head.split()[1])
        if status not in (204, 304):
            await _body(reader, head)
        if "connection: close" in head:
            self.close()
        return status


async def _body(reader: asyncio.StreamReader, head: str) -> None:
    if "content-length: " in head:
        await reader.readexactly(int(head.partition("content-length: ")[2].split()[0]))
        return
    while size := int(await reader.readline(), 16):
        await reader.readexactly(size + 2)
    await reader.readline()


def in_process(work: Callable, *arguments) -> Callable[[], tuple[Counter, list[float]]]:
    """Starts it; what comes back waits for its statuses and for what each answer took, in milliseconds."""
    results = SimpleQueue()
    process = Process(target=lambda: results.put(asyncio.run(work(*arguments))))
    process.start()

    def wait() -> tuple[Counter, list[float]]:
        found = results.get()
        process.join()
        return found

    return wait


async def _together(lanes: list[AsyncIterator[tuple[int, float]]]) -> tuple[Counter, list[float]]:
    statuses, times = Counter(), []

    async def follow(lane):
        async for status, milliseconds in lane:
            statuses[status] += 1
            times.append(milliseconds)

    await asyncio.gather(*map(follow, lanes))
    return statuses, times


async def _timed(asked) -> tuple[int, float]:
    started = time.perf_counter()
    return await asked, (time.perf_counter() - started) * 1000


async def attack(port: int, source: str, make: Callable[[], tuple], connections: int, seconds: float):
    """As much as `connections` can ask: `make` gives the arguments of Line.ask."""
    until = time.monotonic() + seconds

    async def lane():
        line = Line(port, source)
        while time.monotonic() < until:
            yield await _timed(line.ask(*make()))
        line.close()

    return await _together([lane() for _ in range(connections)])


async def read(port: int, source: str, paths: list[str], readers: int, seconds: float):
    """Readers who open a page twice a second, each on a connection of their own."""
    until = time.monotonic() + seconds

    async def lane():
        line = Line(port, source)
        await line.ask(paths[0])  # the handshake is not what is measured
        while time.monotonic() < until:
            yield await _timed(line.ask(random.choice(paths)))  # noqa: S311
            await asyncio.sleep(random.uniform(0.3, 0.7))  # noqa: S311
        line.close()

    return await _together([lane() for _ in range(readers)])


async def work_in_an_office(port: int, source: str, queries: list[str], agents: int, seconds: float):
    """Agents behind one address: each types letter by letter, opens the results and an entry, and listens for some seconds."""
    until = time.monotonic() + seconds

    async def lane():
        line = Line(port, source)
        await asyncio.sleep(random.uniform(0, 5))  # noqa: S311
        while time.monotonic() < until:
            query = random.choice(queries)  # noqa: S311
            for end in range(1, len(query) + 1):
                yield await _timed(line.ask(f"/search/suggestions/?q={_quoted(query[:end])}"))
                await asyncio.sleep(0.25)
            yield await _timed(line.ask(f"/search/?q={_quoted(query)}"))
            await asyncio.sleep(1)
            yield await _timed(line.ask(f"/f/{random.randint(1, 140)}/"))  # noqa: S311 (some are none: 404)
            await asyncio.sleep(random.uniform(3, 10))  # noqa: S311
        line.close()

    return await _together([lane() for _ in range(agents)])


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


async def half_open(port: int, source: str, connections: int, seconds: float):
    """Holds connections on which a handshake has begun, which costs the attacker nothing, opening anew those that the server has closed."""
    until, opened = time.monotonic() + seconds, Counter()

    async def lane():
        while time.monotonic() < until:
            with suppress(OSError, TimeoutError):
                reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
                opened["opened"] += 1
                writer.write(HALF_A_HANDSHAKE)
                await asyncio.wait_for(reader.read(), max(until - time.monotonic(), 0.1))
                writer.close()
            await asyncio.sleep(0.2)

    await asyncio.gather(*(lane() for _ in range(connections)))
    return opened, []


async def arrive(port: int, source: str, paths: list[str], readers: int, seconds: float):
    """Readers who come one after the other over those seconds, each on a new connection."""

    async def lane(number: int):
        await asyncio.sleep(seconds * number / readers)
        line = Line(port, source)
        yield await _timed(line.ask(random.choice(paths)))  # noqa: S311
        line.close()

    return await _together([lane(number) for number in range(readers)])
