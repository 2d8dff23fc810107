"""The server: one socket, our own uvicorn settings, nothing printed about visitors."""

import errno
import importlib
import socket

import uvicorn

from survey.serving.line import Line

BACKLOG = 2048
LARGEST_MESSAGE = 8 * 1024 * 1024
"""Of one websocket message: an upload goes another way, a page's widgets are far smaller."""


class PortBusy(Exception):
    """The port cannot be used; the words say what to do."""


class NotStarted(Exception):
    """The house did not open; why was printed before."""


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket. Raises PortBusy.

    The protocol is named so that asyncio switches TCP_NODELAY on: without it every kept-alive answer waits 44 ms.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows, where SO_REUSEADDR would share a port in use
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        raise PortBusy(why(error, host, port)) from error
    return listening


def why(error: OSError, host: str, port: int) -> str:
    """Return in plain words why a port cannot be used."""
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use: Houselights or another program is running already. "
            "Stop it, or set HOUSELIGHTS_PORT to another number."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} needs an administrator. Set HOUSELIGHTS_PORT to a number above 1023."
    return f"Nothing can listen at {host} port {port}. Set HOUSELIGHTS_HOST to an address of this machine."


def raise_file_limit() -> None:
    """Allow as many open connections as the system permits: 1,024 are used up by 1,100 waiting phones."""
    try:
        resource = importlib.import_module("resource")
    except ImportError:  # Windows has no such limit
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # macOS says "no limit" and then refuses it.
    wanted = 65536 if hard == resource.RLIM_INFINITY else min(hard, 1048576)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def serve(listening: socket.socket) -> None:
    """Serve until told to stop. Raises NotStarted."""
    server = uvicorn.Server(
        uvicorn.Config(
            "app:app",
            lifespan="on",
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=True,  # a proxy on this machine says whether a phone came from outside; nothing is kept
            timeout_keep_alive=75,  # people think longer than uvicorn's 5 s
            timeout_graceful_shutdown=10,
            backlog=BACKLOG,
            http=Line,
            ws="websockets-sansio",
            ws_max_size=LARGEST_MESSAGE,
            ws_ping_interval=20,
            ws_ping_timeout=20,
            ws_per_message_deflate=False,
        )
    )
    server.run(sockets=[listening])
    if not server.started:
        raise NotStarted("Houselights did not start.")
