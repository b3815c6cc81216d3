"""Who may talk to the page: this machine, with the token of this start, from the page itself and from nowhere else."""

from __future__ import annotations

from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self' ws://{host}",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""What the browser may load: all from here. NiceGUI starts itself by inline scripts and compiles templates."""


class Guard:
    """Let through what has the right Host, no foreign Origin, and the token in its path or in the page's cookie."""

    def __init__(self, app: ASGIApp, *, port: int, token: str) -> None:
        self.app = app
        self.token = token
        self.hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        self.cookie = f"dragoman-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self.refusal(scope, headers)
        if refusal is None:
            await self.app(scope, receive, self._marked(scope, headers, send))
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(refusal, 403)(scope, receive, send)

    def refusal(self, scope: Scope, headers: Headers) -> str | None:
        """Say why a request is refused, None if it is not."""
        host = headers.get("host", "")
        if host not in self.hosts:
            return "this page answers to this machine only"
        origin = headers.get("origin")
        if origin is None and scope["type"] == "websocket":
            return "this connection does not say which page it comes from"
        if origin not in (None, f"http://{host}") or headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return "another page may not ask for this"
        if not (self._in_path(scope) or self._in_cookie(headers)):
            return "the address is incomplete: copy it from the terminal, with its last part"
        return None

    def _in_path(self, scope: Scope) -> bool:
        first = scope["path"].lstrip("/").split("/")[0]
        return compare_digest(first.encode(), self.token.encode())

    def _in_cookie(self, headers: Headers) -> bool:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return found is not None and compare_digest(found.value.encode(), self.token.encode())

    def _marked(self, scope: Scope, headers: Headers, send: Send) -> Send:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                made = MutableHeaders(scope=message)
                made["Content-Security-Policy"] = POLICY.format(host=headers["host"])
                made["X-Content-Type-Options"] = "nosniff"
                made["Referrer-Policy"] = "no-referrer"
                made["Cross-Origin-Resource-Policy"] = "same-origin"
                made["Cross-Origin-Opener-Policy"] = "same-origin"
                if self._in_path(scope):
                    made["Cache-Control"] = "no-store"
                    made.append("Set-Cookie", f"{self.cookie}={self.token}; Path=/; HttpOnly; SameSite=Strict")
            await send(message)

        return marked
