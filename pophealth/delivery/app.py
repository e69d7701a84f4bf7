"""Serves the notebooks as an app: Voila with our own slim page, a token, and kernels kept ready."""

import base64
import hashlib
import ipaddress
import os
import secrets
import socket
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from traitlets.config import Config

from pophealth.delivery.kernel_mother import CAN_COPY, PROVISIONER
from pophealth.delivery.writer import NOT_IN_THE_APP, TEMPLATE, script
from pophealth.workspace.errors import Problem

SHARE = TEMPLATE.parents[2]
CELL_SECONDS = 120
REST_SECONDS = 30 * 60
FIRST = "START.ipynb"


def settings() -> Config:
    """Give the settings of Voila that every way of serving the notebooks shares.

    `pophealth serve` uses them, and so does plain `voila notebooks/` through `notebooks/voila.py`. Plain
    Voila asks for no token unless it is told to (`--token`): use it on your own machine only. Calling this
    also makes the template known to Jupyter and tells kernels that they run in the app.

    Returns
    -------
    traitlets.config.Config
        For `Voila(config=...)` or for `c.merge(...)` in a `voila.py`.

    Examples
    --------
    >>> settings().VoilaConfiguration.template
    'pophealth'
    """
    _make_known()
    config = Config()
    config.VoilaConfiguration = Config(_voila())
    config.Voila.tornado_settings = {
        "headers": headers(),
        "xsrf_cookie_kwargs": {"samesite": "Strict"},
        "websocket_ping_interval": 30,
        "websocket_ping_timeout": 30,
    }
    config.VoilaExecutor.timeout_func = seconds_for
    config.VoilaExporter.filters = {"pophealth_page": "pophealth.delivery.writer.write_page"}
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = set(NOT_IN_THE_APP)
    if os.name == "posix":
        config.KernelManager.transport = "ipc"  # files that only this user can read, instead of ports
    config.AsyncKernelManager.client_factory = "pophealth.delivery.kernel_client.Client"
    if CAN_COPY:
        config.KernelProvisionerFactory.default_provisioner_name = PROVISIONER
    config.MappingKernelManager.cull_idle_timeout = REST_SECONDS
    config.MappingKernelManager.cull_interval = 60
    config.MappingKernelManager.cull_busy = True
    return config


def headers() -> dict[str, str]:
    """Give the headers that tell a browser what a page may do: ask this server, and nobody else.

    Returns
    -------
    dict of str to str
        Name and value. The two scripts that stand in the page are named by their hash; `blob:` is needed for
        forms, whose script comes with their state.

    Examples
    --------
    >>> headers()["Referrer-Policy"]
    'no-referrer'
    """
    own = " ".join(f"'sha256-{_hash(script(name))}'" for name in ("boot", "fold"))
    policy = {
        "default-src": "'self'",
        "script-src": f"'self' blob: {own}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }


def seconds_for(cell: Any) -> int | None:
    """Say how long a cell may run; the set-up cell of a kernel that waits for its visitor may wait for ever.

    Parameters
    ----------
    cell : nbformat.NotebookNode
        A code cell.

    Returns
    -------
    int or None
        Seconds; None for no limit.

    Examples
    --------
    >>> seconds_for({"metadata": {"tags": ["setup"]}}), seconds_for({"metadata": {}})
    (None, 120)
    """
    return None if "setup" in cell["metadata"].get("tags", []) else CELL_SECONDS


def serve(
    workspace_address: str,
    notebooks_dir: str | Path,
    *,
    user: str | None = None,
    identity_file: str | Path | None = None,
    port: int = 0,
    preheat: bool = True,
    ip: str = "127.0.0.1",
    open_browser: bool = False,
    behind_proxy: bool = False,
    token: str | None = None,
) -> None:
    """Serve the notebooks until told to stop (Ctrl-C or SIGTERM); prints one line with the address.

    Parameters
    ----------
    workspace_address : str
        The workspace that the notebooks open.
    notebooks_dir : str or pathlib.Path
        The folder of the notebooks.
    user : str, optional
        The person this server works for; the workspace's default person when absent.
    identity_file : str or pathlib.Path, optional
        Demo only: a JSON file that names the person; the page then offers a chooser that writes it.
    port : int
        0 for any free one.
    preheat : bool
        Keep a kernel ready for each notebook, so that pages open in half a second.
    ip : str
        The address to listen on.
    open_browser : bool
        Open the address in a browser.
    behind_proxy : bool
        Say that a proxy with its own log-in and encryption stands in front; needed for an address other than
        this machine's own.
    token : str, optional
        The secret in the address; a random one when absent.

    Raises
    ------
    Problem
        When the folder has no notebooks, the port is taken, or the address is open to others.
    """
    from pophealth.delivery.server import Server

    folder = Path(notebooks_dir)
    if not any(folder.glob("*.ipynb")):
        raise Problem(f"There are no notebooks in {folder}. Name the folder that holds START.ipynb.")
    check_address(ip, behind_proxy=behind_proxy)
    os.environ.update(environment(workspace_address, user=user, identity_file=identity_file))
    config = settings()
    config.Voila.update(
        {
            "root_dir": str(folder.resolve()),
            "ip": ip,
            "port": free_port(ip, port),
            "port_retries": 0,
            "token": token or secrets.token_urlsafe(24),
            "open_browser": False,
            "log_level": "ERROR",
            "config_file_paths": [],
        }
    )
    config.VoilaConfiguration.preheat_kernel = preheat
    server = Server.instance(config=config, announce_in_browser=open_browser, behind_proxy=behind_proxy)
    server.identity_file = str(identity_file or "")
    with TemporaryDirectory(prefix="pophealth-") as kept:
        os.environ["POPHEALTH_KEPT"] = kept
        server.initialize([])
        server.start()


def environment(
    workspace_address: str, *, user: str | None = None, identity_file: str | Path | None = None
) -> dict[str, str]:
    """Give the environment that tells a kernel whose pages it makes.

    Parameters
    ----------
    workspace_address : str
        The workspace.
    user : str, optional
        The person.
    identity_file : str or pathlib.Path, optional
        The file that names the person in the demo.

    Returns
    -------
    dict of str to str
        Names that start with POPHEALTH_.

    Examples
    --------
    >>> environment("demo", user="ana")["POPHEALTH_USER"]
    'ana'
    """
    named = {
        "POPHEALTH_WORKSPACE": workspace_address
        if "://" in workspace_address
        else str(Path(workspace_address).resolve())
    }
    named |= {"POPHEALTH_USER": user} if user else {}
    return named | ({"POPHEALTH_IDENTITY": str(Path(identity_file).resolve())} if identity_file else {})


def check_address(ip: str, *, behind_proxy: bool) -> None:
    """Refuse to listen where strangers could come in, unless a proxy keeps the door.

    Parameters
    ----------
    ip : str
        The address to listen on.
    behind_proxy : bool
        Whether a proxy stands in front.

    Raises
    ------
    Problem
        When the address is not this machine's own.

    Examples
    --------
    >>> check_address("127.0.0.1", behind_proxy=False)
    """
    if behind_proxy or ip == "localhost":
        return
    try:
        own = ipaddress.ip_address(ip).is_loopback
    except ValueError:
        own = False
    if not own:
        raise Problem(
            f"{ip or 'An empty address'} would open the workbook to others. Use 127.0.0.1, or put a proxy "
            "with a log-in in front and add --behind-proxy."
        )


def free_port(ip: str, port: int = 0) -> int:
    """Find a port to listen on, before the kernels are told of it.

    Parameters
    ----------
    ip : str
        The address to listen on.
    port : int
        The port wished for; 0 for any.

    Returns
    -------
    int
        A port that is free now.

    Raises
    ------
    Problem
        When the port is taken.
    """
    family = socket.AF_INET6 if ":" in ip else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ip, port))
        except OSError as error:
            raise Problem(
                f"Port {port} on {ip} is taken or not allowed. Choose another with --port."
            ) from error
        return probe.getsockname()[1]


def _make_known() -> None:
    known = os.environ.get("JUPYTER_PATH", "")
    if str(SHARE) not in known.split(os.pathsep):
        os.environ["JUPYTER_PATH"] = os.pathsep.join(path for path in (str(SHARE), known) if path)
    os.environ["POPHEALTH_SURFACE"] = "app"


def _voila() -> dict[str, Any]:
    return {
        "template": "pophealth",
        "allow_template_override": "NO",
        "allow_theme_override": "NO",
        "show_tracebacks": False,
        "strip_sources": True,
        "file_allowlist": [],
        "http_keep_alive_timeout": 600,
    }


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
