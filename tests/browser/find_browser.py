"""Finds the browser that the tests use: Chromium or Chrome, whichever this machine has.

`python -m tests.browser.find_browser` says which, or ends with exit 1 and one sentence; `--install` installs
Debian's when there is none.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NONE = "No Chromium or Chrome was found. Install one with `make browser`, then run the tests again."


def find_browser() -> str | None:
    return next((path for path in map(shutil.which, NAMES) if path), None)


def install() -> None:
    root = [] if os.geteuid() == 0 else ["sudo"]
    subprocess.run([*root, "apt-get", "update", "-qq"], check=True)
    subprocess.run(
        [*root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=True
    )


def main(options: list[str]) -> int:
    if "--install" in options and find_browser() is None:
        install()
    path = find_browser()
    sys.stdout.write(f"{path or NONE}\n")
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
