"""After each message to a kernel the channel looks for what came meanwhile, so that no answer is missed."""

import zmq
import zmq.asyncio
from jupyter_client.session import Session

from pophealth.delivery.app import settings
from pophealth.delivery.kernel_client import Attentive, Client


def test_a_channel_looks_at_its_socket_after_each_message(tmp_path, monkeypatch):
    done = []
    look, send = zmq.asyncio.Socket.get, zmq.Socket.send_multipart
    monkeypatch.setattr(zmq.asyncio.Socket, "get", lambda one, key: (done.append(key), look(one, key))[1])
    monkeypatch.setattr(
        zmq.Socket,
        "send_multipart",
        lambda one, *args, **named: (done.append("sent"), send(one, *args, **named))[1],
    )
    with (
        zmq.Context() as plain,
        zmq.asyncio.Context() as context,
        plain.socket(zmq.ROUTER) as kernel,
        context.socket(zmq.DEALER) as socket,
    ):
        kernel.bind(f"ipc://{tmp_path}/kernel")
        socket.connect(f"ipc://{tmp_path}/kernel")
        session = Session(key=b"made up")
        Attentive(socket, session).send(session.msg("comm_msg"))
        assert kernel.poll(5000)
    assert done[done.index("sent") + 1] == zmq.EVENTS


def test_the_app_talks_to_its_kernels_with_this_channel():
    assert settings().AsyncKernelManager.client_factory.endswith(f"kernel_client.{Client.__name__}")
    assert Client.shell_channel_class.klass is Attentive
