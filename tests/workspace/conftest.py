"""Workspaces to try things on."""

import shutil

import pytest

from pophealth.workspace.store import Workspace


@pytest.fixture(scope="session")
def pattern(tmp_path_factory):
    """A workspace with two teams, a series for learning, and people in all roles; only to be copied."""
    there = tmp_path_factory.mktemp("pattern")
    workspace = Workspace.create(there, community="Riverbend")
    with workspace.together():
        workspace.add_team("gull-harbor", "Gull Harbor")
        workspace.add_team("stone-creek", "Stone Creek")
        workspace.add_team("vienna", "Vienna", history=True)
        workspace.add_person("ana", "Ana Reyes", "member", ["gull-harbor"], title="data lead")
        workspace.add_person("ben", "Ben Ode", "member", ["gull-harbor"])
        workspace.add_person("sam", "Sam Kite", "member", ["stone-creek"])
        workspace.add_person("cora", "Cora Lind", "coach", ["gull-harbor"])
        workspace.add_person("fay", "Fay Moss", "faculty")
    return there


@pytest.fixture
def folder(pattern, tmp_path):
    """A workspace of this test's own."""
    return shutil.copytree(pattern, tmp_path / "community")


@pytest.fixture
def book(folder):
    """Gull Harbor as one of its members sees it."""
    return Workspace.open(folder, user="ana").team("gull-harbor")


@pytest.fixture
def other(folder):
    """Gull Harbor as another of its members sees it."""
    return Workspace.open(folder, user="ben").team("gull-harbor")
