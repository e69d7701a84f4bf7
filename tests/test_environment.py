"""One list of dependencies, written down in three places that must agree."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
CONDA = {
    "jupyter-client": "jupyter_client",
    "jupyter-server": "jupyter_server",
    "build": "python-build",
    "playwright": "playwright-python",
}
"""Packages that conda-forge knows under another name; under their own there is none, or an old one."""

FLOORS = {"jupyter-server": "2.20", "nbconvert": "7.17.1", "voila": "0.5.13"}


def requirements():
    listed = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    return {Requirement(line).name: Requirement(line) for line in listed}


def conda_lines():
    text = (ROOT / "environment.yml").read_text().split("dependencies:")[1]
    return dict(re.findall(r"^\s+- ([a-z0-9_-]+)\s*(\S*)$", text, flags=re.MULTILINE))


def pins():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return dict(line.lower().replace("_", "-").split("==") for line in lines)


def test_environment_yml_lists_the_same_packages_and_ranges():
    conda = conda_lines()
    conda.pop("python")
    conda.pop("pip")
    assert conda == {CONDA.get(name, name): str(need.specifier) for name, need in requirements().items()}


def test_every_dependency_has_an_exact_version_inside_its_range():
    for name, need in requirements().items():
        assert need.specifier.contains(pins()[name]), name


def test_version_floors_keep_out_known_vulnerabilities():
    for name, floor in FLOORS.items():
        assert str(requirements()[name].specifier) == f">={floor}"


def test_constraints_carry_no_addresses():
    assert "://" not in (ROOT / "constraints.txt").read_text()
    assert " @ " not in (ROOT / "constraints.txt").read_text()
