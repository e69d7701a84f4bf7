"""The process that makes report parts: imports everything once, then one fork for each team.

``python -m pophealth.delivery.worker`` reads its orders as JSON from standard input and writes a line for
every finished batch. It is a process of its own because forking is safe only where no thread and no
message socket exists yet; a notebook server has both.
"""

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from pophealth.delivery.engine import CellFailed, run_notebook
from pophealth.delivery.export import fragment, scrubbed
from pophealth.workspace.errors import Problem

Batch = list[dict[str, Any]]
_HEAVY = (
    "pophealth.stats.spc",
    "pophealth.views.charts",
    "pophealth.views.words",
    "pophealth.delivery.workbook",
)


def run_job(job: dict[str, Any]) -> dict[str, Any]:
    """Run one notebook for one team and say how it went.

    Parameters
    ----------
    job
        ``notebook`` (file), ``parameters``, ``prefix`` (for ids in the page) and ``scrub`` (folders of this
        machine that no page may name).

    Returns
    -------
    dict
        ``status`` (``done`` or ``failed``), ``sentence``, ``seconds`` and ``html``.
    """
    started = time.perf_counter()
    answer = {"status": "failed", "sentence": "", "html": ""}
    try:
        notebook = run_notebook(Path(job["notebook"]), job["parameters"])
        answer["html"] = scrubbed(fragment(notebook, prefix=job["prefix"]), job["scrub"])
        answer["status"] = "done"
    except CellFailed as stopped:
        answer["sentence"] = scrubbed(_why(stopped.cause), job["scrub"])
    except Exception as error:  # one bad notebook must not take the other reports with it
        answer["sentence"] = f"It could not be run ({type(error).__name__})."
    return answer | {"seconds": round(time.perf_counter() - started, 3)}


def _why(cause: BaseException) -> str:
    if isinstance(cause, Problem):
        return str(cause)
    return f"One of its cells stopped ({type(cause).__name__}). Open the notebook in JupyterLab to see where."


def _write(answer: dict[str, Any], path: str) -> None:
    half = Path(path + ".part")
    half.write_text(json.dumps(answer), encoding="utf-8")
    half.replace(path)


def run_batch(batch: Batch) -> None:
    """Run the jobs of a batch one after the other and write each answer to its file."""
    for job in batch:
        _write(run_job(job), job["answer"])


def _warm() -> None:
    """Import what every notebook needs, once."""
    for name in _HEAVY:
        import_module(name)


def _fork(batch: Batch) -> int:
    """Run a batch in a copy of this process; nothing it prints goes anywhere."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        run_batch(batch)
        code = 0
    finally:
        os._exit(code)


def _fork_all(batches: list[Batch], *, width: int, patience: float) -> None:
    """Keep ``width`` forks busy; end one that takes longer than ``patience`` seconds a notebook."""
    waiting = list(enumerate(batches))
    running: dict[int, tuple[int, float]] = {}
    while waiting or running:
        while waiting and len(running) < width:
            number, batch = waiting.pop(0)
            running[_fork(batch)] = (number, time.monotonic() + patience * len(batch))
        child, _ = os.waitpid(-1, os.WNOHANG)
        if child in running:
            number, _deadline = running.pop(child)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
        else:
            _end_late(running)
            time.sleep(0.004)


def _end_late(running: dict[int, tuple[int, float]]) -> None:
    now = time.monotonic()
    for child, (_, deadline) in running.items():
        if now > deadline:
            os.kill(child, 9)


def main() -> None:
    """Read the orders and carry them out."""
    orders = json.load(sys.stdin)
    if len(orders["batches"]) == 1:
        run_batch(orders["batches"][0])
        return
    _warm()
    _fork_all(orders["batches"], width=orders["width"], patience=orders["patience"])


if __name__ == "__main__":
    main()
