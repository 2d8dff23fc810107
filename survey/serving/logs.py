"""What the server says: nothing about visitors, and one plain sentence when it cannot start."""

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.logger import set_log_level

SPOKEN_BY_STREAMLIT = ("uvicorn", "uvicorn.access", "uvicorn.asgi", "uvicorn.error", "websockets")
PLAIN = "SystemExit: "


def be_quiet() -> None:
    """Keep visitors' addresses out of every log, whoever started uvicorn."""
    set_log_level(logging.ERROR)
    logging.getLogger("uvicorn.access").disabled = True
    for name in SPOKEN_BY_STREAMLIT:
        logger = logging.getLogger(name)
        # Streamlit prints what uvicorn prints already.
        logger.handlers = [
            handler
            for handler in logger.handlers
            if handler is not getattr(logger, "streamlit_console_handler", None)
        ]


class PlainStart:
    """Pure ASGI: when the house did not open for an expected reason, says the reason and no traceback."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; shorten what a failed start says."""
        if scope["type"] != "lifespan":
            await self.app(scope, receive, send)
            return

        async def send_plainly(message: Message) -> None:
            if message["type"] == "lifespan.startup.failed":
                last = message.get("message", "").strip().rpartition("\n")[2]
                if last.startswith(PLAIN):
                    message = {**message, "message": last.removeprefix(PLAIN)}
            await send(message)

        await self.app(scope, receive, send_plainly)
