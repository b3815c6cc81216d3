"""Who may talk to the page: asked of a program that runs, with the headers that browsers send."""

from __future__ import annotations

import contextlib
import http.client
import socket
from pathlib import Path

import pytest
from reviewing import Program

pytest.importorskip("nicegui", reason="NiceGUI is not installed (pip install 'dragoman[review]')")

from dragoman.errors import UsageError
from dragoman.review.serving import listening


def asked(program: Program, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", program.port, timeout=30)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return connection.getresponse()


def cookie(program: Program) -> str:
    return f"dragoman-{program.port}={program.token}"


def test_the_page_opens_with_its_token_and_is_closed_to_the_rest_of_the_world(unchanged: Program) -> None:
    answer = asked(unchanged, f"/{unchanged.token}/")
    policy = str(answer.getheader("Content-Security-Policy"))

    assert answer.status == 200
    assert "default-src 'none'" in policy
    assert "http:" not in policy
    assert answer.getheader("Cache-Control") == "no-store"
    assert answer.getheader("Set-Cookie") == f"{cookie(unchanged)}; Path=/; HttpOnly; SameSite=Strict"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {}),
        ("/{token}x/", {}),
        ("/facts.json", {}),
        ("/_nicegui_ws/socket.io/?EIO=4&transport=polling", {}),
        ("/{token}/", {"Host": "evil.example"}),
        ("/{token}/", {"Host": "127.0.0.1.evil.example"}),
        ("/{token}/", {"Origin": "http://evil.example"}),
        ("/{token}/", {"Origin": "null"}),
        ("/{token}/facts.json", {"Sec_Fetch_Site": "cross-site"}),
        ("/", {"Cookie": "dragoman-1=guess"}),
    ],
)
def test_what_comes_from_elsewhere_or_without_the_token_is_refused(
    unchanged: Program, path: str, headers: dict[str, str]
) -> None:
    assert asked(unchanged, path.format(token=unchanged.token), **headers).status == 403


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://127.0.0.1:{port}", 101), ("http://evil.example", 403), ("http://localhost.evil.example:{port}", 403)],
)
def test_only_the_page_itself_may_open_a_line(unchanged: Program, origin: str, status: int) -> None:
    answer = asked(
        unchanged,
        "/_nicegui_ws/socket.io/?EIO=4&transport=websocket",
        Cookie=cookie(unchanged),
        Origin=origin.format(port=unchanged.port),
        Connection="Upgrade",
        Upgrade="websocket",
        Sec_WebSocket_Version="13",
        Sec_WebSocket_Key="AAAAAAAAAAAAAAAAAAAAAA==",
    )

    assert answer.status == status


def test_the_page_reads_no_file_but_its_own(unchanged: Program) -> None:
    for path in ("/../../etc/passwd", "/%2e%2e/run.json", "/_nicegui/run.json", f"/{unchanged.token}/../run.json"):
        answer = asked(unchanged, path, Cookie=cookie(unchanged))

        assert answer.status == 404


def own_addresses() -> set[str]:
    """List the addresses under which this machine may be reached from elsewhere; none if it has no network."""
    found: set[str] = set()
    with contextlib.suppress(OSError):
        found |= {str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing; only asks which way it would go
        found.add(probe.getsockname()[0])
    return found


def test_only_this_machine_is_listened_to(unchanged: Program) -> None:
    reached = []
    for other in own_addresses() - {"127.0.0.1"}:
        with socket.socket() as probe:
            probe.settimeout(2)
            reached.append(probe.connect_ex((str(other), unchanged.port)))

    assert 0 not in reached
    with listening(0) as opened:
        assert opened.getsockname()[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_a_usage_error(tmp_path: Path) -> None:
    with listening(0) as opened, pytest.raises(UsageError, match="name another --port"):
        listening(opened.getsockname()[1])
