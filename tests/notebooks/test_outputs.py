"""The committed outputs are there, are the made-up sample's, and come out the same again."""

import base64
import os
import re
import subprocess
import sys
from importlib.resources import files

import nbformat
import pytest
from fontTools.ttLib import TTFont

from pophealth.delivery.content import content, notebook_files
from pophealth.delivery.kernel_mother import CAN_COPY, PROVISIONER
from pophealth.delivery.notebooks import difference, made

CASES = [pytest.param(path, id=path.stem) for path in notebook_files()]
SILENT = {"parameters", "setup", "form", "exercise"}
OUTSIDE = re.compile(r"https?://(?!www\.w3\.org/)|//cdn|src=\"(?!data:)|@import")
MACHINE = re.compile(
    r"(?<![\w.])/(?:home|root|tmp|Users|usr|work|var|opt|private)/[\w.]|[A-Z]:\\\\|0x[0-9a-f]{8,}"
)


def shown(cell):
    for output in cell.get("outputs", ()):
        yield from ([output.text] if "text" in output else map(str, output.get("data", {}).values()))


def without_pictures(text):
    return re.sub(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]+", "data:", text)


@pytest.mark.parametrize("path", CASES)
def test_a_second_run_gives_the_same_bytes(path):
    assert not difference(path.read_text(encoding="utf-8"), made(path))


@pytest.mark.parametrize("path", CASES)
def test_outputs_are_there(path):
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type != "code" or SILENT & set(cell.metadata.get("tags", ())):
            continue
        last = cell.source.strip().splitlines()[-1]
        if not re.match(r"\w+(\[.*\])? = ", last):
            assert cell.outputs, cell.source


@pytest.mark.parametrize("path", CASES)
def test_outputs_hold_no_error_warning_widget_address_or_machine(path):
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            assert output.output_type != "error"
            assert output.get("name") != "stderr", output.text
            assert not any("widget" in mime for mime in output.get("data", {}))
        for text in (cell.source, *shown(cell)):
            assert not OUTSIDE.search(without_pictures(text))
            assert not MACHINE.search(without_pictures(text))


@pytest.mark.parametrize("path", CASES)
def test_figures_use_no_sign_that_our_font_lacks(path):
    """Such a sign would be drawn, and its text measured, in whatever font a machine has."""
    with TTFont(str(files("pophealth.views") / "fonts" / "atkinson-hyperlegible-next-400.ttf")) as font:
        signs = set(font.getBestCmap())
    for drawing in re.findall(r"svg\+xml;base64,([A-Za-z0-9+/=]+)", path.read_text(encoding="utf-8")):
        words = "".join(re.findall(r"<text[^>]*>([^<]*)<", base64.b64decode(drawing).decode()))
        assert {sign for sign in words if ord(sign) not in signs} == set()


def test_checked_numbers_hold_in_nbval():
    """Cells tagged nbval-check-output must give the committed numbers; every other cell must run."""
    quick = {"JUPYTER_DEFAULT_PROVISIONER_NAME": PROVISIONER} if CAN_COPY else {}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--nbval-lax",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:doctest",
    ]
    done = subprocess.run(
        [*command, "-o", "addopts=", "-W", "default", str(content("notebooks"))],
        capture_output=True,
        text=True,
        cwd=content("notebooks").parent,
        env=os.environ | quick,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    checked = [path for path in notebook_files() if "nbval-check-output" in path.read_text(encoding="utf-8")]
    assert checked
