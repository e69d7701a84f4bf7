"""Voila as the workbook's server: only the doors that are needed, closed to strangers, and a clean end."""

import contextlib
import logging
import os
import shutil
import signal
import sys
import threading
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
from pophealth.delivery.kernel_copies import MOTHER
from pophealth.delivery.warm import warm_kernels

END_SECONDS = 8
KEPT = ("/voila/query/", "/api/kernels/")


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
        self.init_logging()
        settings: Any = super().init_settings()
        self.identity_provider.cookie_options = {"samesite": "Lax"}
        settings["allow_remote_access"] = self.behind_proxy
        settings["xsrf_cookies"] = True
        settings["transforms"] = [Headers]
        settings["log_function"] = self.note
        settings["login_url"] = f"{self.base_url}login"
        settings["default_handler_class"] = doors.NotHere
        return settings

    def init_logging(self) -> None:
        """Let logs carry what happened, never what stood in a cell, an address or a message."""
        if not self.voila_configuration.show_tracebacks:
            for log in (self.log, logging.getLogger("tornado.application")):
                log.addFilter(brief)

    def note(self, handler: Any) -> None:
        """Log an answer that failed, without the address's query."""
        if handler.get_status() >= 500:
            self.log.error("%s answered %s", handler.request.path, handler.get_status())

    def init_handlers(self) -> list[Any]:
        """Keep the doors that the pages need, and put our own in front."""
        voilas: Any = super().init_handlers()
        kept = [handler for handler in voilas if any(part in handler[0] for part in KEPT)]
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

    def _handle_signal_stop(self, sig: int, frame: Any) -> None:
        self._deadline()
        super()._handle_signal_stop(sig, frame)

    def _deadline(self) -> threading.Timer:
        """Whatever happens, be gone in time and leave no kernel behind."""
        timer = threading.Timer(END_SECONDS, _end_now, args=[set(self._groups())])
        timer.daemon = True
        timer.start()
        return timer

    def stop(self) -> None:
        """End every kernel; whatever has not ended in time is killed."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        timer, groups = self._deadline(), set(self._groups())
        with contextlib.suppress(Exception):
            run_sync(self.kernel_manager.shutdown_all)(now=True)
        MOTHER.end()
        _kill(groups | set(self._groups()))
        shutil.rmtree(self.connection_dir, ignore_errors=True)
        timer.cancel()

    def _groups(self) -> list[int]:
        managers = [
            self.kernel_manager.get_kernel(kernel) for kernel in self.kernel_manager.list_kernel_ids()
        ]
        provisioners = [manager.provisioner for manager in managers if getattr(manager, "provisioner", None)]
        return [provisioner.pgid for provisioner in provisioners if getattr(provisioner, "pgid", None)]


class Headers(OutputTransform):
    """Puts the security headers on every answer, also on static files."""

    def transform_first_chunk(
        self,
        status_code: int,
        given: Any,
        chunk: bytes,
        finishing: bool,  # noqa: ARG002  tornado's own
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


def _end_now(groups: set[int]) -> None:
    _kill(groups)
    os._exit(1)


def brief(record: logging.LogRecord) -> bool:
    """Shorten a log record to what happened.

    Parameters
    ----------
    record : logging.LogRecord
        Changed in place: a traceback and the text of a cell or a request go.

    Returns
    -------
    bool
        Always true: the record stays.

    Examples
    --------
    >>> record = logging.LogRecord("x", 40, "", 0, "Uncaught exception %s", ("GET /?token=a",), None)
    >>> brief(record), record.getMessage()
    (True, 'A page or a cell ended with an error.')
    """
    record.exc_info = record.exc_text = record.stack_info = None
    if record.msg.startswith(("Error at server", "Uncaught exception", "Exception in callback")):
        record.msg, record.args = "A page or a cell ended with an error.", ()
    return True
