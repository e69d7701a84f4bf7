"""Voila as the workbook's server: only the doors that are needed, each one closed to strangers, and a clean end."""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import threading
import time
import webbrowser
from typing import Any

import tornado.ioloop
import voila.app
from jupyter_core.utils import run_sync
from tornado.web import OutputTransform
from traitlets import Bool, Unicode
from voila.app import Voila

from pophealth.delivery import doors
from pophealth.delivery.app import headers
from pophealth.delivery.warm import warm_kernels

END_SECONDS = 8
KEPT = ("/channels", r"/voila/templates/(.*)", r"/voila/query/", r"/api/kernels/")


class Server(Voila):
    """The server of one workspace for one person, or for the made-up people of the demo."""

    announce_in_browser = Bool(False)
    behind_proxy = Bool(False)
    identity_file = Unicode("")

    @property
    def local_ip(self) -> str:
        """Where kernels on this machine find the server."""
        return "127.0.0.1" if self.ip in {"", "0.0.0.0", "localhost"} else self.ip  # noqa: S104  compared, not bound

    @property
    def address(self) -> str:
        """The address to open, with its token."""
        host = f"[{self.local_ip}]" if ":" in self.local_ip else self.local_ip
        return f"http://{host}:{self.port}{self.base_url}?token={self.identity_provider.token}"

    def init_settings(self) -> dict[str, Any]:
        """Add to Voila's settings: who may come in, and headers on every answer."""
        voila.app.voila_kernel_manager_factory = warm_kernels
        settings = super().init_settings()
        self.identity_provider.cookie_options = {"samesite": "Lax"}
        settings["allow_remote_access"] = self.behind_proxy
        settings["xsrf_cookies"] = True
        settings["transforms"] = [Headers]
        settings["login_url"] = f"{self.base_url}login"
        settings["default_handler_class"] = doors.NotHere
        return settings

    def init_handlers(self) -> list[Any]:
        """Keep the doors that the pages need, and put our own in front."""
        kept = [handler for handler in super().init_handlers() if any(part in handler[0] for part in KEPT)]
        return [*doors.handlers(self), *kept]

    def listen(self) -> None:
        """Print the address when the door is open."""
        tornado.ioloop.IOLoop.current().add_callback(self._announce)
        super().listen()

    def _announce(self) -> None:
        sys.stdout.write(f"Open the workbook at {self.address}\n")
        sys.stdout.flush()
        if self.announce_in_browser:
            threading.Thread(target=webbrowser.open, args=[self.address], daemon=True).start()

    def stop(self) -> None:
        """End every kernel; whatever has not ended in time is killed."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        groups = set(self._groups())
        threading.Thread(target=_kill_later, args=[groups], daemon=True).start()
        with contextlib.suppress(Exception):
            run_sync(self.kernel_manager.shutdown_all)(now=True)
        _kill(groups | set(self._groups()))
        shutil.rmtree(self.connection_dir, ignore_errors=True)

    def _groups(self) -> list[int]:
        managers = [self.kernel_manager.get_kernel(kernel) for kernel in self.kernel_manager.list_kernel_ids()]
        provisioners = [manager.provisioner for manager in managers if getattr(manager, "provisioner", None)]
        return [provisioner.pgid for provisioner in provisioners if getattr(provisioner, "pgid", None)]


class Headers(OutputTransform):
    """Puts the security headers on every answer, also on static files."""

    def __init__(self, request: Any) -> None:  # noqa: D107
        super().__init__(request)

    def transform_first_chunk(
        self, status_code: int, given: Any, chunk: bytes, finishing: bool
    ) -> tuple[int, Any, bytes]:
        """Add what is not there yet."""
        for name, value in headers().items():
            if name not in given:
                given[name] = value
        given.pop("Server", None)
        return status_code, given, chunk


def _kill(groups: set[int]) -> None:
    for group in groups - {os.getpgrp()}:
        with contextlib.suppress(OSError):
            os.killpg(group, signal.SIGKILL)


def _kill_later(groups: set[int]) -> None:
    time.sleep(END_SECONDS)
    _kill(groups)
    os._exit(1)
