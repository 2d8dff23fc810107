"""Settings: what the environment says, read once, and what holds where it says nothing."""

from pathlib import Path

import pytest

from survey.settings import SettingWrong, local_address, read_settings

SECRET = {"HOUSELIGHTS_SECRET": "a secret for tests only"}


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8600"),
        ("192.0.2.7", "http://192.0.2.7:8600"),
        ("::1", "http://[::1]:8600"),
        ("theatre.test", "http://theatre.test:8600"),
        ("0.0.0.0", f"http://{local_address()}:8600"),
        ("::", f"http://{local_address()}:8600"),
    ],
)
def test_phones_are_sent_where_the_server_listens(host: str, address: str, tmp_path: Path) -> None:
    given = {**SECRET, "HOUSELIGHTS_HOST": host, "HOUSELIGHTS_PORT": "8600"}
    assert read_settings(given, tmp_path).public_url == address


def test_a_public_address_goes_before_where_the_server_listens(tmp_path: Path) -> None:
    given = {
        **SECRET,
        "HOUSELIGHTS_HOST": "127.0.0.1",
        "HOUSELIGHTS_PUBLIC_URL": "https://talk.example.org/",
    }
    assert read_settings(given, tmp_path).public_url == "https://talk.example.org"


def test_a_public_address_without_http_is_said_with_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(SettingWrong, match="must begin with http:// or https://"):
        read_settings({**SECRET, "HOUSELIGHTS_PUBLIC_URL": "talk.example.org"}, tmp_path)
