"""Bad input gets a clear page in both languages, the headers are always there, and nothing breaks."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from http.client import HTTPConnection
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.evaluate.engine import Question
from huiqi.language.diagnostics import Problems
from huiqi.packs.model import Corpus
from huiqi.page.firms import Firm, introduction, read_files, read_firms
from huiqi.page.server import HOST, Server
from huiqi.page.site import Site
from tests.page.conftest import Get, ask, serving
from tests.page.dom import read

NASTY = "<script>alert(1)</script>&'\"“甲”有限公司"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "huiqi",
}


@pytest.mark.parametrize(
    ("target", "status", "zh", "en"),
    [
        ("/?on=nonsense", 400, "日期“nonsense”不存在，写法如 2026-06-30。", '"nonsense" is not a date; write it like 2026-06-30.'),
        ("/firm/carmaker?on=2026-02-30", 400, "日期“2026-02-30”不存在，写法如 2026-06-30。", '"2026-02-30" is not a date; write it like 2026-06-30.'),
        ("/?on=<b>", 400, "日期“<b>”不存在，写法如 2026-06-30。", '"<b>" is not a date; write it like 2026-06-30.'),
        ("/?on=" + "9" * 99, 400, f"日期“{'9' * 40}”不存在，写法如 2026-06-30。", f'"{"9" * 40}" is not a date; write it like 2026-06-30.'),
        ("/firm/carmakr", 404, "没有名为“carmakr”的示例企业，是否指“carmaker”？", 'There is no example firm "carmakr"; did you mean "carmaker"?'),
        ("/firm/xyz", 404, "没有名为“xyz”的示例企业。", 'There is no example firm "xyz".'),
        ("/firm/", 404, "没有名为“”的示例企业。", 'There is no example firm "".'),
        ("/firm/../../etc/passwd", 404, "没有名为“../../etc/passwd”的示例企业。", 'There is no example firm "../../etc/passwd".'),
        (
            "/policy/hz-2022-iott",
            404,
            "没有编号为“hz-2022-iott”的政策，是否指“hz-2022-iot”？",
            'There is no policy "hz-2022-iott"; did you mean "hz-2022-iot"?',
        ),
        ("/policy/%E7%A9%BA%00", 404, "没有编号为“空\ufffd”的政策。", 'There is no policy "空\ufffd".'),
        ("/nothing", 404, "请检查网址，或从首页找。", "Check the address, or start from the home page."),
        ("/static/../server.py", 404, "请检查网址，或从首页找。", "Check the address, or start from the home page."),
        ("/?" + "a=1&" * 30, 400, "请检查网址。", "Check the address."),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_fault_pages_say_what_is_wrong_in_both_languages(get: Get, target: str, status: int, zh: str, en: str, lang: str) -> None:
    reply = get(target + ("&" if "?" in target else "?") + f"lang={lang}")
    assert reply.status == status
    error = reply.page.one("div", "error", role="alert")
    said = error.one("p", "status").text, error.all("p")[1].text, error.one("div").text
    both = {"zh": (f"{status}", zh, en), "en": (f"{status}", en, zh)}
    if "a=1" in target:
        lang = "zh"  # a query that cannot be read has no language
    # A null character is shown as the replacement character by every parser of HTML.
    assert (said[0], said[1].replace("\0", "\ufffd"), said[2].replace("\0", "\ufffd").endswith(both[lang][2])) == (*both[lang][:2], True)


@pytest.mark.parametrize("target", ["/", "/firm/carmaker", "/policy/hz-2022-ic", "/static/page.css", "/static/mark.svg", "/nope", "/?on=1", "/static/nope.css"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE", "OPTIONS", "BREW"])
def test_headers_on_every_answer_and_only_get(get: Get, target: str, method: str) -> None:
    reply = get(target, method)
    assert {name: reply.headers[name] for name in HEADERS} == HEADERS
    known = 404 if "nope" in target else 400 if "on=1" in target else 200
    assert reply.status == (known if method in ("GET", "HEAD") else 405)
    assert (reply.headers["Allow"] == "GET, HEAD") == (reply.status == 405)
    assert (reply.body == "") == (method == "HEAD")
    assert "Set-Cookie" not in reply.headers


def test_types_of_static_files(get: Get) -> None:
    types = {name: get(f"/static/{name}").headers["Content-Type"] for name in ("page.css", "mark.svg")}
    assert types == {"page.css": "text/css; charset=utf-8", "mark.svg": "image/svg+xml"}


def test_pages_carry_no_script_and_no_inline_style(get: Get) -> None:
    for target in ("/", "/firm/drug-maker?on=2026-06-30", "/policy/hz-2022-ic", "/nope"):
        page = get(target).page
        assert page.all("script") + page.all("style") == []
        assert [e.tag for e in page.walk() if any(a == "style" or a.startswith("on") for a in e.attrs)] == []


@pytest.mark.parametrize("target", ["//evil.example/", "/%2Fevil.example", "/%5C%5Cevil.example", "/%2F%2Fevil.example?on=x", "http://evil.example/nope"])
def test_links_stay_on_the_site(get: Get, target: str) -> None:
    page = get(target).page
    links = [a.attrs["href"] for a in page.all("a")] + [f.attrs["action"] for f in page.all("form")]
    assert [link for link in links if not link.startswith(("/", "#")) or link.startswith(("//", "/\\"))] == []


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET / HTTP/9.9\r\n\r\n", b"400"),
        (b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\n\r\n", b"414"),
        (b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
        (b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", b"404"),
    ],
)
def test_broken_requests_get_a_page(server: Server, raw: bytes, status: bytes) -> None:
    with socket.create_connection((HOST, server.server_port), timeout=10) as connection:
        connection.sendall(raw)
        answer = b""
        while b"</html>" not in answer:
            more = connection.recv(65536)
            assert more, answer
            answer += more
    assert answer.split(b" ", 2)[1] == status


def test_head_has_no_body(server: Server) -> None:
    with socket.create_connection((HOST, server.server_port), timeout=10) as connection:
        connection.sendall(b"HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.endswith(b"\r\n\r\n") and answer.count(b"\r\n\r\n") == 1


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30), st.sampled_from(["/", "/firm/", "/policy/", "/static/", "/?on=", "/?lang=", "/firm/carmaker?on="]))
def test_no_address_breaks_the_site(site: Site, text: str, start: str) -> None:
    answer = site.answer(start + text)
    assert answer.status in (200, 400, 404)
    read(answer.body.decode())


@pytest.fixture(scope="module")
def site(corpus: Corpus, firms: dict[str, Firm]) -> Site:
    return Site(corpus, firms)


def test_an_error_inside_is_a_page_without_its_insides(corpus: Corpus, firms: dict[str, Firm], capsys: pytest.CaptureFixture[str]) -> None:
    class Broken(Site):
        def answer(self, target: str):  # type: ignore[no-untyped-def]
            raise RuntimeError("inside")

    with serving(Broken(corpus, firms)) as server:
        reply = ask(server, "/")
    assert (reply.status, reply.page.one("h1").text, "inside" in reply.body) == (500, "程序出错了", False)
    assert "RuntimeError: inside" in capsys.readouterr().err


def test_a_firm_named_like_a_script_is_text(corpus: Corpus, tmp_path: Path) -> None:
    name = NASTY.replace("'", "''")
    (tmp_path / "nasty.yaml").write_text(
        f"# {NASTY}（虚构）：<b>试</b>&amp;验。\napplicant: {{kind: 企业, name: '{name}'}}\nsubjects:\n- {{kind: 产品, id: '<i>P</i>'}}\n"
    )
    with serving(Site(corpus, read_firms(tmp_path, corpus))) as server:
        home, firm = ask(server, "/").page, ask(server, "/firm/nasty?on=2026-06-30").page
    row = home.one("table", "firms").one("tbody").one("tr")
    assert (row.one("a").text, row.all("p")[0].text) == (NASTY, "<b>试</b>&amp;验。")
    assert (firm.one("h1").text, firm.one("title").text) == (NASTY, f"{NASTY} · 惠企")
    assert {s.text for s in firm.all("span", "subject")} == {"产品“<i>P</i>”"}
    assert home.all("script") + firm.all("script") + home.all("b") + firm.all("i") == []


def test_reasons_are_text(corpus: Corpus, firms: dict[str, Firm], monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(corpus, firms)
    results = site.engine.results(firms["carmaker"].applicant, Question("2026-06-30"))
    for result in results:
        result.reasons = [reason._replace(text=f"<i>{NASTY}</i>✓2026-06-30") for reason in result.reasons]
    monkeypatch.setattr(site.engine, "results", lambda *_, **__: results)
    page = read(site.answer("/firm/carmaker?on=2026-06-30").body.decode())
    texts = {li.text.partition(" <")[2] for li in page.all("li", "holds")}
    assert (page.all("i"), page.all("script"), texts) == ([], [], {f"i>{NASTY}</i>✓2026-06-30"})


def test_ones_own_files_are_shown_as_ones_own(corpus: Corpus, tmp_path: Path) -> None:
    paths = []
    for folder, name in (("a", "甲公司"), ("b", "乙公司"), ("c", "丙公司")):
        (tmp_path / folder).mkdir()
        paths.append(tmp_path / folder / "firm.yaml")
        paths[-1].write_text(f"applicant: {{kind: 企业, name: {name}}}\n", encoding="utf-8")
    firms = read_files(paths, corpus)
    assert {stem: firm.name for stem, firm in firms.items()} == {"firm": "甲公司", "firm-2": "乙公司", "firm-3": "丙公司"}
    site = Site(corpus, firms, own=True)
    home, page = (read(site.answer(address).body.decode()) for address in ("/", "/firm/firm-2"))
    assert (home.one("h2", id="firms").text, page.one("h1").text) == ("企业", "乙公司")
    assert [x.one("aside", "notice").one("strong").text for x in (home, page)] == ["测算", "测算"]
    assert "虚构" not in home.one("body").text + page.one("body").text


def test_without_firms_the_home_page_says_so(corpus: Corpus, tmp_path: Path) -> None:
    with serving(Site(corpus, read_firms(tmp_path, corpus))) as server:
        section = ask(server, "/").page.one("section", aria_labelledby="firms")
    assert [p.text for p in section.all("p")] == ["examples 文件夹里还没有示例企业。"]


def test_faulty_examples_are_all_reported(corpus: Corpus, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("applicant: {kind: 企业, code: 1}\n")
    with pytest.raises(Problems) as raised:
        read_firms(tmp_path, corpus)
    assert [(Path(d.place.file).name, d.code) for d in raised.value.diagnostics] == [("a.yaml", "F006"), ("b.yaml", "F006")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ""),
        ("a: 1\n# 后面的不算。\n", ""),
        ("# 一家企业。再说。\n", "一家企业。"),
        ("# 甲公司（虚构）：做芯片，\n# 在滨江。\n# 展示：别的。\n", "做芯片，在滨江。"),
        ("# 没有句号\n", "没有句号"),
    ],
)
def test_introduction(text: str, told: str) -> None:
    assert introduction(text) == told


def test_many_at_once(server: Server) -> None:
    found: list[int] = []
    workers = [threading.Thread(target=lambda: found.append(ask(server, "/firm/drug-maker?on=2026-06-30").status)) for _ in range(12)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found == [200] * 12


def test_the_command_serves_until_interrupted_and_names_a_port_in_use() -> None:
    command = [sys.executable, "-m", "huiqi.cli.main", "serve", "--port"]
    # A runner in the background may hand on an ignored interrupt.
    with subprocess.Popen([*command, "0"], stdout=subprocess.PIPE, text=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        port = int(line.split(":")[2].split("/")[0])
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        connection.close()
        second = subprocess.run([*command, str(port)], capture_output=True, text=True, timeout=30)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
    assert line == f"惠企 http://127.0.0.1:{port}/（Ctrl+C 结束 | Ctrl+C to stop）\n"
    assert (second.returncode, second.stderr.split(maxsplit=2)[:2], second.stdout) == (2, ["--port", "C004"], "")
