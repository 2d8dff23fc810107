"""Settings: what the environment says, read once, and what holds where it says nothing."""

from pathlib import Path

import pytest
from starlette.datastructures import Headers

from survey.phone.guard import Guard
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


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("HTTPS://Talk.Example.org", "https://talk.example.org"),
        ("https://talk.example.org//", "https://talk.example.org"),
        (" http://192.0.2.7:8501/ ", "http://192.0.2.7:8501"),
        ("http://[2001:DB8::1]:8501", "http://[2001:db8::1]:8501"),
        ("https://théâtre.example", "https://théâtre.example"),
        ("https://talk.example.org:", "https://talk.example.org"),
    ],
)
def test_one_public_address_may_be_written_in_several_ways(
    written: str, address: str, tmp_path: Path
) -> None:
    assert read_settings({**SECRET, "HOUSELIGHTS_PUBLIC_URL": written}, tmp_path).public_url == address


def test_a_form_sent_from_a_name_in_another_alphabet_is_taken_behind_a_proxy(tmp_path: Path) -> None:
    public = read_settings(
        {**SECRET, "HOUSELIGHTS_PUBLIC_URL": "https://Théâtre.example"}, tmp_path
    ).public_url
    guard = Guard(None, None, None, public)  # type: ignore[arg-type]  # only the two addresses are compared
    sent = {"origin": "https://xn--thtre-4qa2c.example", "host": "127.0.0.1:8501"}
    assert guard.same_place(Headers(sent))
    assert not guard.same_place(Headers({**sent, "origin": "https://theatre.example"}))


WRONG = [
    ("PUBLIC_URL", "talk.example.org", "must begin with http:// or https://"),
    ("PUBLIC_URL", "ftp://talk.example.org", "must begin with http:// or https://"),
    ("PUBLIC_URL", "https://example.org/talk", "without a path: write https://example.org, or"),
    ("PUBLIC_URL", "https://Example.org/talk/?a=b", "without a path: write https://example.org, or"),
    ("PUBLIC_URL", "https://example.org?house=2", "without a path"),
    ("PUBLIC_URL", "https://example.org/#top", "without a path"),
    ("PUBLIC_URL", "https://example.org?", "without a path"),
    ("PUBLIC_URL", "https://anna:secret@example.org", "before an @"),
    ("PUBLIC_URL", "https://", "is not an address"),
    ("PUBLIC_URL", "https:///join", "is not an address"),
    ("PUBLIC_URL", "https://exa mple.org", "is not an address"),
    ("PUBLIC_URL", "https://example.org\\talk", "is not an address"),
    ("PUBLIC_URL", "https://example.org:99999", "is not an address"),
    ("PUBLIC_URL", "https://example.org:0", "is not an address"),
    ("PUBLIC_URL", "https://[::1", "is not an address"),
    ("PUBLIC_URL", "https://example.org\nhttps://other.example", "cannot be seen"),
    ("HOST", "192.0.2.7:8600", "the port goes into HOUSELIGHTS_PORT"),
    ("HOST", "http://192.0.2.7", "Write one address"),
    ("HOST", "127.0.0.1, 192.0.2.7", "Write one address"),
    ("PORT", "0", "from 1 to 65535"),
    ("PORT", "8501/tcp", "from 1 to 65535"),
    ("PORT", "-1", "from 1 to 65535"),
    ("DATABASE_URL", "sqlite:////data/what now?.db", "names without one"),
    ("DATABASE_URL", "sqlite:////data/houselights.db?mode=ro", "names without one"),
    ("DATABASE_URL", "postgresql://h/\udcff", "cannot be seen"),
    ("SECRET", "short", "at least 16 characters"),
    ("PUBLICURL", "https://example.org", "Did you mean HOUSELIGHTS_PUBLIC_URL?"),
    ("COLOUR", "amber", "is not a setting of Houselights"),
]


@pytest.mark.parametrize(("name", "value", "words"), WRONG)
def test_what_the_whole_program_cannot_honour_is_refused_by_name(
    name: str, value: str, words: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingWrong) as refused:
        read_settings({**SECRET, f"HOUSELIGHTS_{name}": value}, tmp_path)
    assert str(refused.value).startswith(f"HOUSELIGHTS_{name} ")
    assert words in str(refused.value)


def test_a_setting_left_empty_is_not_set(tmp_path: Path) -> None:
    names = ["DATABASE_URL", "PUBLIC_URL", "HOST", "PORT", "RESPONSIBLE", "CONTACT", "ORGANISER_PASSWORD"]
    empty = {f"HOUSELIGHTS_{name}": " " for name in names}
    assert read_settings({**SECRET, **empty}, tmp_path) == read_settings(SECRET, tmp_path)


def test_an_ipv6_address_may_stand_in_its_brackets(tmp_path: Path) -> None:
    found = read_settings({**SECRET, "HOUSELIGHTS_HOST": "[::1]"}, tmp_path)
    assert (found.host, found.public_url) == ("::1", "http://[::1]:8501")


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = read_settings({}, tmp_path / "new").secret
    assert read_settings({}, tmp_path / "new").secret == first
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["secret"]
    assert (tmp_path / "new" / "secret").stat().st_mode & 0o077 == 0


def test_a_secret_cut_off_by_a_full_disk_signs_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"")
    with pytest.raises(SettingWrong, match="Delete that file"):
        read_settings({}, tmp_path)


def test_a_folder_that_cannot_hold_the_secret_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file, not a folder")
    with pytest.raises(SettingWrong, match="or set HOUSELIGHTS_SECRET"):
        read_settings({}, tmp_path / "var")
