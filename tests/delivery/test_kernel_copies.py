"""Kernels that are copies of a process with everything loaded: each its own, and none outlives the server."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from pophealth.delivery import kernel_copies
from pophealth.delivery.app import settings
from pophealth.delivery.kernel_mother import CAN_COPY, PROVISIONER

pytestmark = pytest.mark.skipif(not CAN_COPY, reason="kernels start in the usual way on this system")
TELLING = """
import json, os, random, sys
print(json.dumps({
    "loaded": "altair" in sys.modules, "cwd": os.getcwd(), "asked": os.environ.get("ASKED"),
    "names": sorted(os.environ), "luck": random.random(), "parent": os.getppid(), "pid": os.getpid(),
}))
"""


@pytest.fixture(autouse=True)
def mother(monkeypatch: pytest.MonkeyPatch) -> Iterator[kernel_copies.Mother]:
    mother = kernel_copies.Mother()
    monkeypatch.setattr(kernel_copies, "MOTHER", mother)
    monkeypatch.setenv(KernelProvisionerFactory.default_provisioner_name_env, PROVISIONER)
    KernelProvisionerFactory.clear_instance()
    yield mother
    mother.end()
    KernelProvisionerFactory.clear_instance()


async def told(manager: AsyncKernelManager) -> dict[str, Any]:
    import json

    said: list[str] = []
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=60)
    await client.execute_interactive(
        TELLING, output_hook=lambda message: said.append(message["content"].get("text", "")), timeout=60
    )
    client.stop_channels()
    return json.loads("".join(said))


async def begun(**options: Any) -> AsyncKernelManager:
    manager = AsyncKernelManager()
    await manager.start_kernel(**options)
    return manager


def gone(process: int, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while Path(f"/proc/{process}").exists() and time.monotonic() < end:
        time.sleep(0.05)
    return not Path(f"/proc/{process}").exists()


def test_the_app_starts_its_kernels_as_copies():
    assert settings().KernelProvisionerFactory.default_provisioner_name == PROVISIONER
    assert KernelProvisionerFactory.instance().get_provisioner_entries()[PROVISIONER].endswith(":Copies")


def test_each_copy_has_everything_loaded_and_its_own_place_and_luck(tmp_path):
    async def two():
        first = await begun(env={**os.environ, "ASKED": "first"}, cwd=str(tmp_path))
        second = await begun(env={"PATH": os.environ["PATH"], "ASKED": "second"})
        heard = [await told(first), await told(second)]
        for manager in (first, second):
            await manager.shutdown_kernel()
        return heard

    first, second = asyncio.run(two())
    assert first["loaded"]
    assert second["loaded"]
    assert (first["asked"], second["asked"]) == ("first", "second")
    assert first["cwd"] == str(tmp_path)
    assert "HOME" not in second["names"]
    assert first["luck"] != second["luck"]
    assert first["parent"] == second["parent"] != os.getpid()
    assert gone(first["pid"])
    assert gone(second["pid"])


def test_a_kernel_that_is_ended_hard_is_known_to_be_gone():
    async def ended():
        manager = await begun()
        alive = await manager.is_alive()
        os.kill(manager.provisioner.pid, signal.SIGKILL)
        await asyncio.to_thread(gone, manager.provisioner.pid)
        after = await manager.is_alive()
        await manager.shutdown_kernel(now=True)
        return alive, after

    assert asyncio.run(ended()) == (True, False)


def test_kernels_end_with_the_process_they_were_copied_from_and_the_next_one_comes_anyway(mother):
    async def again():
        manager = await begun()
        heard = await told(manager)
        os.kill(heard["parent"], signal.SIGKILL)
        assert await asyncio.to_thread(gone, heard["pid"])
        await manager.shutdown_kernel(now=True)
        later = await begun()
        after = await told(later)
        await later.shutdown_kernel()
        return heard, after

    before, after = asyncio.run(again())
    assert after["loaded"] or after["parent"] == os.getpid()
    assert before["pid"] != after["pid"]


def test_nothing_is_started_while_the_server_ends(mother):
    mother.end()
    with pytest.raises(ConnectionError, match="about to end"):
        asyncio.run(begun())


def test_another_kind_of_kernel_starts_in_the_usual_way(monkeypatch, mother):
    asked = []

    async def usual(_self, cmd, **_):
        asked.append(cmd)

    monkeypatch.setattr(LocalProvisioner, "launch_kernel", usual)
    asyncio.run(kernel_copies.Copies().launch_kernel(["R", "--slave"]))
    assert asked == [["R", "--slave"]]
