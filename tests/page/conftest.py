"""A real server on a free port, and a way to ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPMessage
from threading import Thread
from typing import NamedTuple

import pytest

from huiqi.cli.main import examples
from huiqi.packs.model import Corpus
from huiqi.page.firms import Firm, read_firms
from huiqi.page.server import HOST, Server
from huiqi.page.site import Site
from tests.page.dom import Element, read


class Reply(NamedTuple):
    status: int
    headers: HTTPMessage
    body: str

    @property
    def page(self) -> Element:
        return read(self.body)


Get = Callable[..., Reply]


@contextmanager
def serving(site: Site) -> Iterator[Server]:
    with Server(site, 0) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(server: Server, target: str, method: str = "GET") -> Reply:
    connection = HTTPConnection(HOST, server.server_port, timeout=20)
    try:
        connection.request(method, target)
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read().decode())
    finally:
        connection.close()


@pytest.fixture(scope="session")
def firms(corpus: Corpus) -> dict[str, Firm]:
    return read_firms(examples(), corpus)


@pytest.fixture(scope="session")
def server(corpus: Corpus, firms: dict[str, Firm]) -> Iterator[Server]:
    with serving(Site(corpus, firms)) as server:
        yield server


@pytest.fixture
def get(server: Server) -> Get:
    return lambda target, method="GET": ask(server, target, method)
