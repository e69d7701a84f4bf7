"""Starts kernels as copies of a process that has imported everything: a page opens in half the time."""

import asyncio
import atexit
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from pophealth.delivery.fanout import ONE_THREAD
from pophealth.delivery.kernel_mother import CAN_COPY, PROVISIONER

_COMMAND = [sys.executable, "-P", "-m", "pophealth.delivery.kernel_mother"]
_LAUNCHER = "ipykernel_launcher"
TRIES = 2
PATIENCE = 60


class Copy:
    """A running kernel, with what Jupyter asks of a process it started."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, handle: int) -> None:
        self.pid, self._handle = pid, handle

    def poll(self) -> int | None:
        """Give None while the kernel runs, and 0 once it has ended."""
        if self._handle < 0:
            return 0
        if not select.select([self._handle], [], [], 0)[0]:
            return None
        os.close(self._handle)
        self._handle = -1
        return 0

    def wait(self) -> int:
        """Wait until the kernel has ended."""
        if self.poll() is None:
            select.select([self._handle], [], [])
        return self.poll() or 0

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel, and to nobody else who may have its number by now."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel now."""
        self.send_signal(signal.SIGKILL)


class Mother:
    """The process that makes the copies; begun with the first order, gone with this process."""

    def __init__(self) -> None:
        self._one_order = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._orders: socket.socket | None = None
        self.over = False

    def copy(self, **order: Any) -> Copy:
        """Order a copy and wait for it.

        Parameters
        ----------
        **order
            ``module``, ``arguments``, ``environment`` and ``cwd`` of the kernel.

        Returns
        -------
        Copy
            The running kernel.

        Raises
        ------
        OSError
            When there is no process to copy, or it has ended.
        """
        with self._one_order:
            for _ in range(TRIES):
                with contextlib.suppress(OSError):
                    return self._copied(json.dumps(order).encode())
                self._let_go()
        why = "the server is about to end" if self.over else "no process to copy kernels from would stay"
        raise ConnectionError(why)

    def _copied(self, order: bytes) -> Copy:
        orders = self._ready()
        orders.sendall(order + b"\n")
        answer, handles, _, _ = socket.recv_fds(orders, 8, 1)
        if not handles:
            raise ConnectionError("the process that kernels are copied from has ended")
        return Copy(int.from_bytes(answer, "big"), handles[0])

    def end(self) -> None:
        """End the process, and its kernels with it, for good."""
        self.over = True
        if self._process is not None:
            self._process.kill()
        with self._one_order:
            self._let_go()

    def _ready(self) -> socket.socket:
        if self._orders is not None and self._process is not None and self._process.poll() is None:
            return self._orders
        self._let_go()
        if self.over:
            raise ConnectionError("the server is about to end")
        self._orders, theirs = socket.socketpair()
        self._orders.settimeout(PATIENCE)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  our own module
                [*_COMMAND, str(theirs.fileno())],
                env={**os.environ, **ONE_THREAD},
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        return self._orders

    def _let_go(self) -> None:
        if self._orders is not None:
            self._orders.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._orders = None


MOTHER = Mother()
atexit.register(MOTHER.end)


def prefer() -> None:
    """Let Jupyter start the kernels of this process as copies, where the system can."""
    if CAN_COPY:
        KernelProvisionerFactory.instance().default_provisioner_name = PROVISIONER


class Copies(LocalProvisioner):
    """Jupyter's own way to start a kernel here, but for how its process comes to be."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start a kernel as a copy; as a new process where that cannot be."""
        if not (CAN_COPY and cmd[1:3] == ["-m", _LAUNCHER]):
            return await super().launch_kernel(cmd, **kwargs)
        order = {
            "module": _LAUNCHER,
            "arguments": cmd[2:],
            "environment": dict(kwargs.get("env") or os.environ) | ONE_THREAD,
            "cwd": str(kwargs.get("cwd") or Path.cwd()),
        }
        try:
            copy: Any = await asyncio.to_thread(MOTHER.copy, **order)
        except OSError:
            if MOTHER.over:
                raise
            return await super().launch_kernel(cmd, **kwargs)
        self.process = copy
        self.pid = self.pgid = copy.pid
        self.cwd = order["cwd"]
        return self.connection_info
