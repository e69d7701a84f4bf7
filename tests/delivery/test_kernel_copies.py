"""Kernels that are copies of a process with everything loaded: each its own, and none outlives the server."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from pophealth.delivery import fanout, kernel_copies, kernel_mother
from pophealth.delivery.app import settings

TELLING = """
import json, os, random, sys, time
about = {
    "loaded": "altair" in sys.modules, "cwd": os.getcwd(), "names": sorted(os.environ),
    "asked": os.environ.get("ASKED"), "luck": random.random(), "parent": os.getppid(),
}
with open(os.environ["TOLD"] + ".part", "w") as file:
    json.dump(about, file)
os.rename(os.environ["TOLD"] + ".part", os.environ["TOLD"])
time.sleep(float(os.environ["STAYS"]))
"""
Tell = Callable[..., tuple[kernel_copies.Copy, dict[str, Any]]]


@pytest.fixture
def mother() -> Iterator[kernel_copies.Mother]:
    mother = kernel_copies.Mother()
    yield mother
    mother.end()


@pytest.fixture
def copied(mother: kernel_copies.Mother, tmp_path: Path) -> Tell:
    """Make a copy that tells about itself and stays for a while; Python's own timer runs any code."""

    def copied(name: str, *, cwd: Path = tmp_path, stays: float = 60, **environment: str):
        told = tmp_path / name
        given = {"TOLD": str(told), "STAYS": str(stays), **environment}
        code = ["timeit", "-n1", "-r1", TELLING]
        copy = mother.copy(module="timeit", arguments=code, environment=given, cwd=str(cwd))
        assert until(told.exists), "the copy said nothing"
        return copy, json.loads(told.read_text())

    return copied


def until(true: Callable[[], object], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(true())


def launched(command: list[str]) -> None:
    """Start a kernel in a thread, for the browser tests' own event loop may run in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(kernel_copies.Copies().launch_kernel(command))).result()


def gone(process: int) -> bool:
    return until(lambda: not Path(f"/proc/{process}").exists())


def test_each_copy_has_everything_loaded_and_its_own_place_environment_and_luck(copied, tmp_path):
    (tmp_path / "other").mkdir()
    first, one = copied("one", ASKED="first")
    second, two = copied("two", cwd=tmp_path / "other", ASKED="second")
    assert one["loaded"]
    assert two["loaded"]
    assert (one["asked"], two["asked"]) == ("first", "second")
    assert (one["cwd"], two["cwd"]) == (str(tmp_path), str(tmp_path / "other"))
    assert one["names"] == ["ASKED", "JPY_PARENT_PID", "STAYS", "TOLD"]
    assert one["luck"] != two["luck"]
    assert one["parent"] == two["parent"] != os.getpid()
    assert os.getpgid(first.pid) == first.pid != second.pid


def test_a_copy_that_ends_by_itself_or_is_ended_leaves_nothing_behind(copied):
    short, _ = copied("short", stays=0)
    assert until(lambda: short.poll() == 0)
    ended, _ = copied("ended")
    assert ended.poll() is None
    ended.send_signal(signal.SIGKILL)
    assert ended.wait() == 0
    assert gone(short.pid)
    assert gone(ended.pid)
    ended.terminate()
    assert ended.poll() == 0


def test_when_the_process_they_come_from_is_gone_the_next_copy_comes_from_a_new_one(copied):
    first, about = copied("first")
    os.kill(about["parent"], signal.SIGKILL)
    second, later = copied("second")
    assert later["loaded"]
    assert later["parent"] != about["parent"]
    for copy in (first, second):
        copy.kill()


def test_nothing_is_started_while_the_server_ends(mother, copied):
    _, about = copied("last", stays=0)
    mother.end()
    assert gone(about["parent"])
    with pytest.raises(ConnectionError, match="about to end"):
        mother.copy(module="timeit", arguments=["timeit", "pass"], environment={}, cwd="/")


def test_copies_are_made_before_any_thread_or_event_loop_exists():
    """Copying is safe only from a process with one thread; the mother must stay that way."""
    look = (
        "import os; from pophealth.delivery import kernel_mother as mother; mother._load(); "
        "print(len(os.listdir('/proc/self/task')), 'eventpoll' in str([os.readlink(f'/proc/self/fd/{one}') "
        "for one in os.listdir('/proc/self/fd') if os.path.islink(f'/proc/self/fd/{one}')]))"
    )
    environment = fanout.ONE_THREAD | {"PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout.split() == ["1", "False"]


def test_the_app_starts_its_kernels_as_copies():
    assert settings().KernelProvisionerFactory.default_provisioner_name == kernel_mother.PROVISIONER


@pytest.mark.parametrize(
    "command", [["R", "--slave"], [sys.executable, "-m", "ipykernel_launcher", "-f", "x"]]
)
def test_what_cannot_be_copied_starts_in_the_usual_way(monkeypatch, mother, command):
    asked = []

    async def usual(_self, cmd, **_):
        asked.append(cmd)

    def refused(**_):
        raise ConnectionError("nobody there")

    monkeypatch.setattr(LocalProvisioner, "launch_kernel", usual)
    monkeypatch.setattr(kernel_copies, "MOTHER", mother)
    monkeypatch.setattr(mother, "copy", refused)
    launched(command)
    assert asked == [command]
    mother.end()
    if command[0] != "R":
        with pytest.raises(ConnectionError):
            launched(command)
