"""Keeps a kernel ready for each notebook: started, imports done, waiting for its visitor."""

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tornado.ioloop import IOLoop
from voila.request_info_handler import RequestInfoSocketHandler
from voila.voila_kernel_manager import voila_kernel_manager_factory

READY_SECONDS = 60
REST = 1.5
LONGEST_REST = 20
GLANCE = 0.05


def warm_kernels(
    base: type, preheat: bool, size: int, page_config_hook: Callable[..., Any] | None = None
) -> type:
    """Make Voila's kernel manager, one that warms kernels one after the other.

    Parameters
    ----------
    base : type
        The kernel manager to build on.
    preheat : bool
        Whether to keep kernels ready at all.
    size : int
        How many for each notebook.
    page_config_hook : callable, optional
        Passed on to Voila.

    Returns
    -------
    type
        A kernel manager class.
    """
    voilas = voila_kernel_manager_factory(base, preheat, size, page_config_hook=page_config_hook)
    return type("WarmKernels", (OneByOne, voilas), {"size": size}) if preheat else voilas


class OneByOne:
    """Fills Voila's pool of kernels one by one; goes in front of Voila's own manager.

    Voila's own starts a kernel for every notebook at once, and lets a visitor wait for one that has just been
    ordered. This one warms a single kernel at a time, START first, rests while a visitor's page is made, and
    offers only what is ready: a visitor who comes too soon gets a kernel of her own at once.
    """

    size: int
    parent: Any
    log: Any
    _initialize: Any
    _pools: dict[str, list[asyncio.Future[Any]]]

    def __init__(self, **options: Any) -> None:
        self.wishes: list[str] = []
        self.worker: asyncio.Future[None] | None = None
        self.quiet_until = 0.0
        self.visits = 0
        super().__init__(**options)

    def fill_if_needed(self, delay: float | None = None, notebook_name: str | None = None, **_: Any) -> None:
        """Note that a notebook needs a kernel; the worker brings them in turn."""
        if notebook_name is None or self.wishes.count(notebook_name) >= self.size:
            return
        self._pools.setdefault(notebook_name, [])
        self.wishes += [notebook_name] * (self.size if delay == 0 else 1)
        self.wishes.sort(key=_in_order)
        self.quiet_until = time.monotonic() + (REST if delay is None else delay)
        IOLoop.current().add_callback(self.start)

    def start(self) -> None:
        """Set the worker to work, unless it is."""
        if self.worker is None or self.worker.done():
            self.worker = asyncio.ensure_future(self.work())

    async def work(self) -> None:
        """Warm what is wished for, one at a time."""
        while self.wishes:
            await self.rest()
            name = self.wishes.pop(0)
            try:
                await self.warm(name)
            except Exception:
                told = self.parent.voila_configuration.show_tracebacks
                self.log.error("No kernel could be kept ready for %s.", name, exc_info=told)

    async def rest(self) -> None:
        """Leave the machine to visitors whose pages are being made, but not for ever."""
        await asyncio.sleep(max(0.0, self.quiet_until - time.monotonic()))
        latest = time.monotonic() + LONGEST_REST
        while self.visits and time.monotonic() < latest:
            await asyncio.sleep(GLANCE)

    async def warm(self, name: str) -> None:
        """Start a kernel for a notebook and put it into the pool when it waits for its visitor."""
        place = {"path": str(Path(name).parent), "env": kernel_environment(self.parent)}
        content = await self._initialize(name, None, **place)
        for _ in range(int(READY_SECONDS / GLANCE)):
            if content["task"].done() or content["kernel_id"] in RequestInfoSocketHandler._waiters:
                break
            await asyncio.sleep(GLANCE)
        ready = asyncio.get_running_loop().create_future()
        ready.set_result(content)
        self._pools[name].append(ready)

    async def shutdown_all(self, *options: Any, **named: Any) -> None:
        """End the worker first, so that nothing is started while everything is ended."""
        self.wishes.clear()
        if self.worker is not None:
            self.worker.cancel()
            await asyncio.gather(self.worker, return_exceptions=True)
        self._pools = {}
        await super().shutdown_all(*options, **named)  # type: ignore[misc]


def kernel_environment(app: Any) -> dict[str, str]:
    """Give the environment of a kernel that waits for its visitor.

    Parameters
    ----------
    app : Voila
        Knows where kernels find the server.

    Returns
    -------
    dict of str to str
        This process's environment and Voila's additions.
    """
    own = {
        "VOILA_PREHEAT": "True",
        "VOILA_BASE_URL": app.base_url,
        "VOILA_SERVER_URL": app.server_url,
        "VOILA_APP_PORT": str(app.port),
        "VOILA_APP_IP": app.local_ip,
    }
    return {**os.environ, **own}


def _in_order(name: str) -> tuple[bool, str]:
    return not name.startswith("START"), name
