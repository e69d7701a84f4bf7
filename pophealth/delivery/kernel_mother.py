"""The process that kernels come from: it imports what every page needs once, then copies itself.

``python -m pophealth.delivery.kernel_mother SOCKET`` reads orders from a socket, one line of JSON each, and
answers each with the number of a new kernel's process and a handle on it. It is a process of its own because
copying is safe only where no thread and no message socket exists yet; a notebook server has both. It ends
when the server is gone, and its kernels end with it.
"""

import gc
import json
import os
import runpy
import signal
import socket
import sys
import time
from importlib import import_module
from typing import Any

from pophealth.delivery.books import BOOKS, book_of

PROVISIONER = "pophealth-copies"
CAN_COPY = sys.platform == "linux"
_EVERY_PAGE = (
    "pophealth.views.altair_start",
    "pophealth.views.charts",
    "pophealth.views.forms",
    "pophealth.views.words",
    "ipykernel.kernelapp",
)


def _load() -> None:
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # a kernel ends when this process does
    for name in _EVERY_PAGE:
        import_module(name)
    for step in BOOKS:
        book_of(step)
    gc.collect()
    gc.freeze()


def _copy() -> tuple[int, int]:
    """Copy this process; the copy leads a group of its own, so that it can be ended with all it started."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        os.setsid()
        os.close(writes)
        return 0, -1
    handle = os.pidfd_open(child)
    os.close(writes)
    os.read(reads, 1)
    os.close(reads)
    return child, handle


def _become_kernel(order: dict[str, Any]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, sys.stdin.fileno())
    os.close(nothing)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["environment"], JPY_PARENT_PID=str(os.getppid()))
    time.tzset()
    sys.argv = order["arguments"]
    runpy.run_module(order["module"], run_name="__main__", alter_sys=True)


def main() -> None:
    """Load, then answer orders until the server is gone."""
    orders = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # kernels that end leave nothing behind
    _load()
    for line in orders.makefile(encoding="utf-8"):
        child, handle = _copy()
        if child == 0:
            os.close(orders.detach())
            return _become_kernel(json.loads(line))
        socket.send_fds(orders, [child.to_bytes(8, "big")], [handle])
        os.close(handle)
    return None


if __name__ == "__main__":
    main()
