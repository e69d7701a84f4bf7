"""On a slow line a page arrives in pieces; nothing on it may break between two of them."""

import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser
SOURCES = Path(__file__).parents[2] / "frontend" / "src"
PIECES = (
    """<!doctype html><title>Slow</title><script type="module" async>
    import { furnish } from "/furniture.js";
    const more = () => furnish("/");
    new MutationObserver(more).observe(document.documentElement, { childList: true, subtree: true });
    document.addEventListener("DOMContentLoaded", more);
    </script><main data-title="Step 9">""",
    '<p>A first line.</p><details class="more">',
    "<summary>More, when you",
    " need it: by month</summary>",
    "<p>Twelve lines.</p></details>",
    '<form class="report" action="/report"><button>Report</button>',
    '<span role="status"></span></form>',
    "</main>",
)


class Drip(SimpleHTTPRequestHandler):
    """Sends the page piece by piece, and the scripts as they are."""

    def do_GET(self) -> None:
        if self.path != "/":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        for piece in PIECES:
            self.wfile.write(piece.encode())
            self.wfile.flush()
            time.sleep(0.15)
        return None

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Drip, directory=str(SOURCES)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_page_in_pieces_comes_to_life_piece_by_piece(browser: Browser, address: str) -> None:
    page = browser.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address)
    part, heading = page.get_by_text("Twelve lines."), page.get_by_text("More, when you need it: by month")
    expect(part).to_be_hidden()
    heading.click()
    expect(part).to_be_visible()
    page.reload()
    expect(part).to_be_visible()
    expect(page).to_have_title("Step 9")
    assert page.locator("form.report[data-ready]").count() == 1
    page.close()
    assert wrong == []
