"""One notebook, run by papermill in this very process.

A kernel spends most of a report's time on starting and importing. Here papermill hands the cells to an
IPython shell in a process that has imported everything already and that ends with the team's report.
"""

from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import nbformat
from IPython.core.display_trap import DisplayTrap
from IPython.core.displayhook import CapturingDisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill import execute_notebook
from papermill.engines import Engine, papermill_engines
from traitlets.config import Config

NOT_RUN = frozenset({"intro", "form", "exercise", "closing"})


class _Stream(StringIO):
    """Text that a cell prints, kept in order with what it displays."""

    def __init__(self, name: str, outputs: list[dict[str, Any]]) -> None:
        super().__init__()
        self._name, self._outputs = name, outputs

    def write(self, text: str) -> int:
        last = self._outputs[-1] if self._outputs else {}
        if last.get("stream") == self._name:
            last["text"] += text
        elif text:
            self._outputs.append({"stream": self._name, "text": text})
        return len(text)


class CellFailed(Exception):  # noqa: N818  it is caught by name
    """A cell stopped; the cause says why."""

    def __init__(self, index: int, cause: BaseException) -> None:
        super().__init__(f"cell {index} stopped")
        self.index, self.cause = index, cause


class ShellEngine(Engine):
    """Papermill's engine for notebooks in this process."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **_: Any) -> None:  # noqa: ARG003
        """Run the cells in a fresh shell and stop at the first that fails."""
        shell = _fresh_shell()
        for index, cell in enumerate(nb_man.nb.cells):
            nb_man.cell_start(cell, index)
            if cell.cell_type == "code":
                cell.outputs, failure = _run_cell(shell, cell.source)
                if failure is not None:
                    raise CellFailed(index, failure)
            nb_man.cell_complete(cell, index)


def _fresh_shell() -> InteractiveShell:
    InteractiveShell.clear_instance()
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.colors = "nocolor"
    shell = InteractiveShell.instance(config=settings)
    shell.showtraceback = shell.showsyntaxerror = _say_nothing
    return shell


def _say_nothing(*_: Any, **__: Any) -> None:
    """Keep a traceback, which may hold a person's data, out of every output."""


def _run_cell(shell: InteractiveShell, source: str) -> tuple[list[NotebookNode], BaseException | None]:
    captured: list[dict[str, Any]] = []
    shell.display_pub = CapturingDisplayPublisher()
    shell.display_pub.outputs = captured
    shell.display_trap = DisplayTrap(hook=CapturingDisplayHook(shell=shell, outputs=captured))
    with redirect_stdout(_Stream("stdout", captured)), redirect_stderr(_Stream("stderr", captured)):
        result = shell.run_cell(source, store_history=False)
    return [_as_output(entry) for entry in captured], result.error_before_exec or result.error_in_exec


def _as_output(entry: dict[str, Any]) -> NotebookNode:
    if "stream" in entry:
        return new_output("stream", name=entry["stream"], text=entry["text"])
    return new_output("display_data", data=entry["data"], metadata=entry.get("metadata") or {})


def run_notebook(notebook: Path, parameters: dict[str, Any], *, engine: str = "pophealth") -> NotebookNode:
    """Run a notebook as a report, without the cells that a report leaves out.

    Parameters
    ----------
    notebook
        The notebook file.
    parameters
        Names and values that ``parameters.checked`` has passed.
    engine
        ``"pophealth"`` runs in this process; ``"nbclient"`` in a kernel of its own.

    Returns
    -------
    nbformat.NotebookNode
        The notebook with its outputs; nothing is written.

    Raises
    ------
    CellFailed
        When a cell stops.
    """
    nb = nbformat.read(notebook, as_version=4)
    nb.cells = [cell for cell in nb.cells if not NOT_RUN & set(cell.metadata.get("tags", ()))]
    papermill_engines.register("pophealth", ShellEngine)
    return execute_notebook(
        nb,
        None,
        parameters=parameters,
        engine_name=engine,
        kernel_name="python3",
        progress_bar=False,
        log_output=False,
        cwd=notebook.parent,
    )
