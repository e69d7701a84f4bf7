"""Imports go down the floors only, and each outside library lives on its own floor."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pophealth"
FLOORS = ("stats", "workspace", "views", "delivery")
HOMES = {
    "altair": ("views/",),
    "vl_convert": ("views/",),
    "ipywidgets": ("views/forms.py",),
    "anywidget": ("views/forms.py",),
    "papermill": ("delivery/",),
    "nbconvert": ("delivery/",),
    "voila": ("delivery/",),
    "sqlalchemy": ("workspace/store",),
    "typer": ("delivery/cli",),
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} uses a relative import"
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def floor(dotted):
    parts = dotted.split(".")
    return (
        FLOORS.index(parts[1]) if parts[0] == "pophealth" and len(parts) > 1 and parts[1] in FLOORS else None
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down_only(path):
    here = path.relative_to(PACKAGE).parts[0]
    if here not in FLOORS:
        return
    for name in imported(path):
        below = floor(name)
        assert below is None or below <= FLOORS.index(here), f"{path.name} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_outside_libraries_stay_on_their_floor(path):
    where = path.relative_to(PACKAGE).as_posix()
    for name in imported(path):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or where.startswith(homes), f"{where} imports {name}"


def test_stats_knows_no_file_clock_environment_or_network():
    forbidden = {"os", "pathlib", "io", "time", "socket", "urllib", "http", "subprocess", "sys"}
    for path in (PACKAGE / "stats").rglob("*.py"):
        assert not {name.split(".")[0] for name in imported(path)} & forbidden, path.name


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("pophealth.stats.spc", ("altair", "ipywidgets", "sqlalchemy", "voila")),
        ("pophealth.workspace.store", ("altair", "ipywidgets", "voila", "papermill")),
        ("pophealth", ("pandas", "altair", "ipywidgets")),
    ],
)
def test_a_floor_loads_nothing_from_above(module, forbidden):
    code = f"import sys, {module}; print([name for name in {forbidden!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
