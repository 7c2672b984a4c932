"""The page over HTTP: standard library, this machine only, reading only."""

from __future__ import annotations

import sys
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from huiqi.page.site import Answer, Site

HOST = "127.0.0.1"
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}


class Server(ThreadingHTTPServer):
    """Serves one site on 127.0.0.1; port 0 takes a free one."""

    daemon_threads = True

    def __init__(self, site: Site, port: int):
        self.site = site
        super().__init__((HOST, port), Handler)

    @property
    def url(self) -> str:
        """Where the home page is."""
        return f"http://{HOST}:{self.server_address[1]}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news; anything else is."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            traceback.print_exc(file=sys.stderr)


class Handler(BaseHTTPRequestHandler):
    """GET and HEAD; every other method is refused, every fault has a page."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        """Answer an address."""
        try:
            answer = self.server.site.answer(self.path)
        except Exception:
            traceback.print_exc(file=sys.stderr)
            answer = self.server.site.wrong(500)
        self._send(answer)

    do_HEAD = do_GET

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the library refuses (unknown method, broken request) gets our page and headers; then the connection ends."""
        self.close_connection = True
        self.request_version = self.protocol_version  # a request too broken to name one still gets its headers
        self._send(self.server.site.wrong(405 if code == 501 else code))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.status == 405:
            self.send_header("Allow", "GET, HEAD")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def version_string(self) -> str:
        """The `Server` header, without versions."""
        return "huiqi"

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not logged."""
