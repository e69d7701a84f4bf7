"""One notebook for one team, from its file to a part of a page."""

import json
import time
from pathlib import Path
from typing import Any

from pophealth.delivery.engine import CellFailed, run_notebook
from pophealth.delivery.export import fragment, scrubbed
from pophealth.workspace.errors import Problem


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


def run_batch(batch: list[dict[str, Any]]) -> None:
    """Run the jobs of a batch one after the other and write each answer to its file."""
    for job in batch:
        _write(run_job(job), job["answer"])
