"""Click to usable: step 9 in our app, against the same notebook under Voila's own settings, in one run.

"Usable" is the moment the last form of the page can be typed into. Before each visit the server may finish
what it has begun. Prints the medians and their ratio; at least five times sooner is wanted.
`python benchmarks/page_speed.py [VISITS]`.
"""

import contextlib
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from tests.browser.find_browser import NONE, find_browser  # noqa: E402

NOTEBOOK = "09_measure.ipynb"
TEAM = "gull-harbor"
USABLE = "() => document.querySelectorAll('.pf-card').length >= 5"
WANTED = 5
QUIET = 0.15
OURS = "import sys; from pophealth.delivery.app import serve; serve(sys.argv[1], sys.argv[2], token='bench')"


def sample(folder: Path) -> Path:
    """Make the sample cohort, and folders with step 9 alone, so that nothing else is warmed meanwhile."""
    subprocess.run(
        [sys.executable, "-m", "pophealth.delivery.cli", "demo", str(folder / "demo"), "--no-serve"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    for name in ("ours", "theirs"):
        (folder / name).mkdir()
        shutil.copy(ROOT / "notebooks" / NOTEBOOK, folder / name)
    return folder


@contextlib.contextmanager
def running(command: list[str], folder: Path, **named: str) -> Iterator[subprocess.Popen[str]]:
    """Run a server until the end of the block."""
    server = subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | named,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=15)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)


def settle(server: subprocess.Popen[str]) -> None:
    """Wait until the server and its kernels have nothing to do, for a second."""
    time.sleep(3)
    for _ in range(60):
        family = [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]
        before = sum(sum(each.cpu_times()[:2]) for each in family if each.is_running())
        time.sleep(1)
        after = sum(sum(each.cpu_times()[:2]) for each in family if each.is_running())
        if after - before < QUIET:
            return


def seconds(browser: Browser, server: subprocess.Popen[str], address: str, visits: int) -> list[float]:
    """Visit a page afresh several times; seconds from click to usable."""
    found = []
    for _ in range(visits):
        settle(server)
        context = browser.new_context()
        page = context.new_page()
        page.set_default_timeout(120_000)
        begun = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.wait_for_function(USABLE)
        found.append(time.perf_counter() - begun)
        context.close()
    return found


def ours(browser: Browser, folder: Path, visits: int) -> list[float]:
    """Measure our app with a kernel kept ready."""
    demo = folder / "demo" / "workspace.sqlite"
    with running([sys.executable, "-c", OURS, str(demo), str(folder / "ours")], folder) as server:
        address = (server.stdout or sys.stdin).readline().split()[-1]
        root, token = address.split("?")
        return seconds(browser, server, f"{root}voila/render/{NOTEBOOK}?team={TEAM}&{token}", visits)


def theirs(browser: Browser, folder: Path, visits: int) -> list[float]:
    """Measure the same notebook under Voila as it comes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "voila", ".", f"--port={port}", "--no-browser", "--Voila.ip=127.0.0.1"]
    told = {"POPHEALTH_WORKSPACE": str(folder / "demo" / "workspace.sqlite"), "POPHEALTH_SURFACE": "app"}
    with running(command, folder / "theirs", **told) as server:
        wait_for(port)
        return seconds(
            browser, server, f"http://127.0.0.1:{port}/voila/render/{NOTEBOOK}?team={TEAM}", visits
        )


def wait_for(port: int) -> None:
    """Wait until somebody listens."""
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)


def main(visits: int = 5) -> int:
    """Measure both in turn and print what was found."""
    path = find_browser()
    if not path:
        print(NONE)
        return 1
    ways: dict[str, Callable[[Browser, Path, int], list[float]]] = {
        "our app": ours,
        "Voila's own settings": theirs,
    }
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        folder = sample(Path(place))
        middle = {}
        for name, way in ways.items():
            found = way(browser, folder, visits)
            middle[name] = statistics.median(found)
            print(f"{name:<22} median {middle[name]:.2f} s   ({', '.join(f'{each:.2f}' for each in found)})")
        browser.close()
    ratio = middle["Voila's own settings"] / middle["our app"]
    verdict = "as wanted" if ratio >= WANTED else f"wanted: {WANTED}"
    print(f"Step 9 is usable {ratio:.1f} times sooner ({verdict})")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
