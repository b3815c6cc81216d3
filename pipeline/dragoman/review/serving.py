"""The server of the page: on 127.0.0.1 only, behind the guard."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable
from typing import Any

import nicegui
import uvicorn
from fastapi import FastAPI
from nicegui import ui

from dragoman.errors import UsageError
from dragoman.review.desk import Desk
from dragoman.review.guard import Guard
from dragoman.review.page import Pages
from dragoman.review.preview import Preview

LOCAL = "127.0.0.1"


def serve(desk: Desk, *, name: str, preview: Preview, port: int, ready: Callable[[str], Any]) -> None:
    """Serve the review till it is interrupted; `ready` gets the address. Raises UsageError if the port is taken."""
    token = secrets.token_urlsafe(24)
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    Pages(desk, name=name, preview=preview, token=token).register(app)
    ui.run_with(app, title=name, dark=None, tailwind=False, show_welcome_message=False, reconnect_timeout=30)
    nicegui.app.on_shutdown(preview.stop)
    with listening(port) as opened:
        port = opened.getsockname()[1]
        config = uvicorn.Config(
            Guard(app, port=port, token=token), log_level="error", access_log=False, timeout_graceful_shutdown=1
        )
        ready(f"http://{LOCAL}:{port}/{token}/")
        uvicorn.Server(config).run(sockets=[opened])


def listening(port: int) -> socket.socket:
    """Open a port of this machine that only this machine can reach; 0 takes any that is free."""
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere it lets another program take the same port
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((LOCAL, port))
        opened.listen()
    except OSError as error:
        opened.close()
        raise UsageError(f"port {port}: {error.strerror}; name another --port, or none") from error
    return opened
