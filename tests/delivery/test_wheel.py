"""A built wheel, in an environment of its own, has everything: notebooks, samples, templates, fonts."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel offline, with the tools that are here."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install the wheel into an empty environment that borrows the other libraries, but not this checkout."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    pip = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", wheel], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin"


def run(*command, folder):
    """Run a command as a person would who has never seen the checkout."""
    ours = ("POPHEALTH_", "PYTHON")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_wheel_holds_what_is_not_python(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "pophealth/_content/notebooks/09_measure.ipynb",
        "pophealth/_content/notebooks/voila.py",
        "pophealth/_content/samples/01-vienna.csv",
        "pophealth/_content/cases/esther.md",
        "pophealth/delivery/report_template/team.html.j2",
        "pophealth/delivery/report_template/report.css",
        "pophealth/views/style.css",
        "pophealth/views/fonts/atkinson-hyperlegible-next-400.ttf",
    ):
        assert needed in names
    assert not [name for name in names if name.startswith(("tests/", "notebooks/")) or "sqlite" in name]


def test_the_installed_package_is_the_wheels(installed, tmp_path):
    look = "import pophealth.delivery.content as found; print(found.__file__, found.content('notebooks'))"
    done = run(installed / "python", "-c", look, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"{ROOT}/pophealth" not in done.stdout
    assert "_content" in done.stdout


def test_demo_and_report_work_from_the_wheel(installed, tmp_path):
    done = run(installed / "pophealth", "demo", "demo", "--no-serve", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    command = (installed / "pophealth", "report", "gull-harbor", "--workspace", "demo", "-o", "reports")
    done = run(*command, folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    report = (tmp_path / "reports" / "gull-harbor.html").read_text(encoding="utf-8")
    assert "<h1>Gull Harbor ACO</h1>" in report
    assert report.count('<section class="step"') == 10
