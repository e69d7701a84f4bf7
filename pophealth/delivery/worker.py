"""The process that makes report parts: imports everything once, then one fork for each team.

``python -m pophealth.delivery.worker`` reads its orders as JSON from standard input and writes a line for
every finished batch. It is a process of its own because forking is safe only where no thread and no
message socket exists yet; a notebook server has both.
"""

import json
import math
import os
import signal
import sys
import time
from importlib import import_module
from typing import Any

CAN_FORK = sys.platform == "linux"
Batch = list[dict[str, Any]]
_FIRST = ("pophealth.views.altair_start", "pophealth.delivery.press")
_ALSO = (
    "pophealth.stats.spc",
    "pophealth.views.charts",
    "pophealth.views.words",
    "pophealth.delivery.workbook",
)


def _load(names: tuple[str, ...]) -> None:
    """Import what every notebook needs, once; the quick start of Altair comes before what slows it down."""
    for name in names:
        import_module(name)


def _run(batch: Batch) -> None:
    import_module("pophealth.delivery.press").run_batch(batch)


def _fork(batch: Batch) -> int:
    """Run a batch in a copy of this process; nothing it prints goes anywhere."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        _run(batch)
        code = 0
    finally:
        os._exit(code)


def _fork_all(batches: list[Batch], *, width: int, patience: float, master: int) -> None:
    """Keep ``width`` forks busy; end one that takes longer than ``patience`` seconds a notebook.

    All of them end when the master, the process that gave the orders, is gone.
    """
    waiting = list(enumerate(batches))
    running: dict[int, tuple[int, float]] = {}
    while waiting or running:
        while waiting and len(running) < width:
            number, batch = waiting.pop(0)
            running[_fork(batch)] = (number, time.monotonic() + patience * len(batch))
        child, _ = os.waitpid(-1, os.WNOHANG)
        if child:
            sys.stdout.write(f"{running.pop(child)[0]}\n")
            sys.stdout.flush()
            continue
        if os.getppid() != master:
            _end(running, since=math.inf)
            return
        _end(running, since=time.monotonic())
        time.sleep(0.004)


def _end(running: dict[int, tuple[int, float]], *, since: float) -> None:
    for child, (_, deadline) in running.items():
        if since > deadline:
            os.kill(child, signal.SIGKILL)


def main() -> None:
    """Read the orders and carry them out."""
    master = os.getppid()
    orders = json.load(sys.stdin)
    batches = orders["batches"]
    _load(_FIRST)
    if not CAN_FORK:
        for batch in batches:
            _run(batch)
        return
    if len(batches) > 1:
        _load(_ALSO)
    _fork_all(batches, width=orders["width"], patience=orders["patience"], master=master)


if __name__ == "__main__":
    main()
