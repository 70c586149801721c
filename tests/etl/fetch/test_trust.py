"""Whom the fetcher trusts: certificates are verified, and plain http stays on this machine."""

import re
import ssl
from pathlib import Path

import httpx
import pytest

from etl.fetch.addresses import AddressError, checked_address, same_host
from etl.fetch.commands import fetch_command
from etl.fetch.limits import FetchLimits
from etl.fetch.web import Pace, open_client
from etl.findings import ExitCode
from etl.settings import Settings
from tests.etl.fetch.conftest import Errands, Waits
from tests.etl.fetch.publisher import Publisher, serving

CERTIFICATE = Path(__file__).parent / "untrusted.pem"


def encrypted(publisher: Publisher) -> Publisher:
    return Publisher(data_sets=publisher.data_sets, files=publisher.files)


def test_a_certificate_that_nobody_signed_is_refused_at_once(
    publisher: Publisher, tmp_path: Path
) -> None:
    with serving(encrypted(publisher), CERTIFICATE) as untrusted:
        errands = Errands(untrusted, tmp_path)
        text, code = errands.fetch("listed")
    assert code == ExitCode.UNREADABLE
    assert "a certificate that nobody we trust has signed" in text
    assert errands.waits.seconds == [], "trying again would not make it better"
    assert untrusted.asked == []


def test_a_certificate_that_the_environment_names_is_trusted(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with serving(encrypted(publisher), CERTIFICATE) as trusted:
        text, code = Errands(trusted, tmp_path).fetch("listed")
    assert code == ExitCode.OK, text


def test_no_setting_and_no_option_switches_verification_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: dict[str, object] = {}
    monkeypatch.setattr(httpx, "Client", lambda **options: given.update(options))
    open_client(FetchLimits())
    assert given["verify"] is True
    assert given["follow_redirects"] is False
    fetching = [name for name in Settings.model_fields if "fetch" in name]
    assert fetching == ["fetch_api_url", "fetch_content_url"]
    assert ssl.create_default_context().verify_mode is ssl.CERT_REQUIRED


def test_the_name_that_is_given_to_publishers_is_that_of_the_project() -> None:
    with open_client(FetchLimits()) as client:
        name = client.headers["User-Agent"]
    assert re.fullmatch(r"csc-outcomes/[\d.]+ \([a-z' ]+\)", name)


@pytest.mark.parametrize(
    "address",
    [
        "https://publisher.example/api",
        "http://127.0.0.1:80/x",
        "http://localhost",
        "http://[::1]/x",
    ],
)
def test_https_and_this_machine_may_be_asked(address: str) -> None:
    assert checked_address("SETTING", f"{address}/") == address


@pytest.mark.parametrize(
    "address",
    [
        "http://publisher.example/api",
        "http://127.0.0.1.publisher.example/",
        "http://10.0.0.1/",
        "ftp://127.0.0.1/",
        "https://someone:secret@publisher.example/",
        "https:///api",
        "https://[::1/",
        "https://publisher.example/?a=b",
        "publisher.example",
        "",
    ],
)
def test_other_addresses_are_refused_and_the_setting_is_named(address: str) -> None:
    with pytest.raises(AddressError, match="SETTING") as refused:
        checked_address("SETTING", address)
    assert "secret" not in str(refused.value)


def test_a_setting_with_a_plain_address_is_a_fault_of_usage(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, fetch_api_url="http://publisher.example")
    text, code = fetch_command([], settings)
    assert code == ExitCode.USAGE
    assert "OUTCOMES_FETCH_API_URL: 'http://publisher.example' is not encrypted" in text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("location", "there"),
    [
        ("/b?c=d", "https://a.example/b?c=d"),
        ("https://a.example/b", "https://a.example/b"),
        ("http://a.example/b", None),
        ("https://a.example:8443/b", None),
        ("https://b.example/b", None),
        ("//b.example/b", None),
        ("https://a.example@b.example/", None),
        ("https://someone@a.example/", None),
        ("https://[", None),
    ],
)
def test_a_redirect_stays_on_host_port_and_protocol(location: str, there: str | None) -> None:
    assert same_host("https://a.example/x", location) == there


def test_a_real_host_is_asked_once_a_second_and_this_machine_at_once() -> None:
    waits = Waits()
    pace = Pace(1.0, waits.clock)
    for host in ("a.example", "127.0.0.1", "a.example", "b.example", "127.0.0.1", "a.example"):
        pace.wait(host)
    assert waits.seconds == [1.0, 1.0]
