"""`huiqi serve`: the page on 127.0.0.1."""

from __future__ import annotations

import argparse
from pathlib import Path

from huiqi.cli.main import examples
from huiqi.language.diagnostics import Place, problem, system_fault
from huiqi.packs.registry import load_corpus
from huiqi.page.firms import read_files, read_firms
from huiqi.page.server import Server
from huiqi.page.site import Site


def serve(args: argparse.Namespace) -> int:
    """Serve until Ctrl+C."""
    corpus = load_corpus()
    own = [Path(name) for name in args.facts]
    site = Site(corpus, read_files(own, corpus) if own else read_firms(examples(), corpus), bool(own))
    try:
        server = Server(site, args.port)
    except (OSError, OverflowError) as error:
        raise problem("C004", Place("--port"), port=args.port, **system_fault(error)) from None
    with server:
        print(f"惠企 {server.url}（Ctrl+C 结束 | Ctrl+C to stop）", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0
