"""The doors of the app: start, log-in, pages, the person chooser, and the end of a page's kernel."""

import asyncio
import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web
from voila.static_file_handler import TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler

from pophealth.delivery import cases, requested
from pophealth.delivery.writer import files, frame, style
from pophealth.workspace.errors import Problem
from pophealth.workspace.slugs import SLUG

GRACE = 1.0
LONGEST = 10.0
CLOSED = "This workbook is private"
CLOSED_WHY = (
    "Open it with the whole address that was printed when it was started; it ends with a token. "
    "If the workbook was started again, the address has changed."
)
BROKEN = "This page could not be opened"
BROKEN_WHY = "Something went wrong while it was being prepared. Try again in a minute."
MISSING = "There is nothing here"
MISSING_WHY = "This address leads nowhere. Go back to the start and choose a step."


def handlers(server: Any) -> list[Any]:
    """List our own doors, each with its address.

    Parameters
    ----------
    server : Server
        Knows its base address, settings and the identity file.

    Returns
    -------
    list
        As tornado takes them.
    """
    pages = {
        "template_paths": server.template_paths,
        "config": server.config,
        "voila_configuration": server.voila_configuration,
    }
    doors: list[Any] = [
        ("/", Start),
        ("/login", Closed),
        (r"/voila(?:/tree.*)?", Start),
        (r"/voila/render/(.+\.ipynb)", Page, pages),
        (r"/voila/templates/(pophealth/static/(?:fonts/)?[\w-]+(?:\.[\w-]+)*)", TemplateStaticFileHandler),
        (r"/voila/api/shutdown/([\w-]+)", End),
        (r"/pophealth/case/([a-z]+)", Example),
        ("/pophealth/report", Report),
    ]
    if server.identity_file:
        doors.append(("/pophealth/person", Person, {"identity_file": server.identity_file}))
    return [(url_path_join(server.base_url, door[0]), *door[1:]) for door in doors]


class Plain(JupyterHandler):
    """A handler whose own pages are one plain sentence."""

    def say(self, title: str, sentence: str) -> None:
        """Write a page with a title, a sentence and the way back."""
        self.show(title, lambda start: frame().plain(title, sentence, start))

    def show(self, title: str, body: Callable[[str], Any]) -> None:
        """Write a page around a body, which is told the address of the start."""
        base, parts = self.base_url, frame()
        static = f"{base}voila/templates/pophealth/static/"
        page = parts.head(title, style(), files(static.__add__)) + body(f"{base}voila/render/START.ipynb")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(str(page + parts.close()))

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say what is wrong in one sentence, never more."""
        known = {403: (CLOSED, CLOSED_WHY), 404: (MISSING, MISSING_WHY)}
        self.say(*known.get(status_code, (BROKEN, BROKEN_WHY)))


class Start(Plain):
    """Leads to the first notebook; the token in the address becomes a cookie on the way."""

    @web.authenticated
    def get(self) -> None:
        """Go to START."""
        self.redirect(url_path_join(self.base_url, "voila/render/START.ipynb"))


class Closed(Plain):
    """Where those end who have neither token nor cookie."""

    @allow_unauthenticated
    def get(self) -> None:
        """Say how to come in."""
        self.set_status(403)
        self.say(CLOSED, CLOSED_WHY)


class NotHere(Plain):
    """Everything that is not there."""

    @allow_unauthenticated
    def prepare(self) -> None:
        """Answer every method alike."""
        raise web.HTTPError(404)


class Page(TornadoVoilaHandler, Plain):
    """A notebook as a page."""

    write_error = Plain.write_error

    @web.authenticated
    async def get(self, path: str | None = None) -> None:
        """Run the notebook and send it as it comes; the cookie lets the page end its kernel later."""
        self.xsrf_token  # noqa: B018  reading it sets the cookie
        if not self.contents_manager.file_exists(path or ""):
            raise web.HTTPError(404)
        with self.visiting():
            await super().get(path=path)

    @contextlib.contextmanager
    def visiting(self) -> Iterator[None]:
        """Let no kernel be warmed while this page is made."""
        manager: Any = self.kernel_manager
        manager.visits = getattr(manager, "visits", 0) + 1
        try:
            yield
        finally:
            manager.visits -= 1


class End(Plain):
    """A page was left: its kernel may finish what it was told, then it ends."""

    @web.authenticated
    def post(self, kernel: str) -> None:
        """Answer at once, end a little later."""
        if kernel not in self.kernel_manager:
            raise web.HTTPError(404)
        asyncio.get_event_loop().create_task(self.end(kernel))
        self.set_status(204)
        self.finish()

    async def end(self, kernel: str) -> None:
        """Wait until the kernel has done what is under way, but not for ever."""
        waited = GRACE
        await asyncio.sleep(GRACE)
        while kernel in self.kernel_manager and waited < LONGEST:
            if getattr(self.kernel_manager.get_kernel(kernel), "execution_state", "idle") != "busy":
                break
            await asyncio.sleep(0.2)
            waited += 0.2
        if kernel in self.kernel_manager:
            await self.kernel_manager.shutdown_kernel(kernel, now=True)


class Example(Plain):
    """A real example from elsewhere, as a page to read and print."""

    @web.authenticated
    def get(self, name: str) -> None:
        """Write the page; its sources stand on it as text, so it leads nowhere outside."""
        try:
            found = cases.case(name)
        except KeyError:
            raise web.HTTPError(404) from None
        self.show(found.title, lambda start: frame().story(found.title, found.html, start))


class Person(Plain):
    """Demo only: choose as whom to look at the workbook."""

    def initialize(self, identity_file: str) -> None:
        """Remember the file that names the person."""
        self.identity_file = Path(identity_file)

    @web.authenticated
    def post(self) -> None:
        """Write the person into the file, whole or not at all."""
        user = self.get_body_argument("user", "")
        if not SLUG.match(user):
            raise web.HTTPError(400)
        write_whole(self.identity_file, json.dumps({"user": user}))
        self.set_status(204)
        self.finish()


class Report(Plain):
    """Make a report and hand it over as a file; one at a time."""

    turn = asyncio.Lock()

    @web.authenticated
    async def post(self) -> None:
        """Answer with the file, or with one sentence that says why there is none."""
        team = self.get_body_argument("team", "")
        if team and not SLUG.fullmatch(team):
            raise web.HTTPError(400)
        try:
            async with self.turn:
                made = await requested.report(team)
        except Problem as problem:
            self.set_status(409)
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish(str(problem))
            return
        self.set_header("Content-Type", made.mime)
        self.set_header("Content-Disposition", f'attachment; filename="{made.name}"')
        self.finish(made.content)


def write_whole(path: Path, text: str) -> None:
    """Replace a file so that a reader sees the old text or the new one, never half.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    text : str
        What it shall hold.
    """
    number, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with open(number, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
