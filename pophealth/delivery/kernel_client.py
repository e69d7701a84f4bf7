"""How the server talks to a kernel: Jupyter's own way, but for one look more after each message it sends."""

from typing import Any

import zmq
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from traitlets import Type


class Attentive(AsyncZMQSocketChannel):
    """A channel that hears an answer which arrives while a message goes out.

    Jupyter sends past the event loop. ZeroMQ tells of an answer once, and such a send may swallow that; the
    page would then wait for ever. Asking the socket what has happened tells the loop as well.
    """

    def send(self, msg: dict[str, Any]) -> None:
        """Send a message, then look for what came meanwhile."""
        super().send(msg)
        self.socket.get(zmq.EVENTS)


class Client(AsyncKernelClient):
    """Jupyter's client with an attentive shell channel."""

    shell_channel_class = Type(Attentive)
