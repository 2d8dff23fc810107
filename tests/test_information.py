"""Information in layers: every statement has its source, and nothing unverified is said."""

import re
from pathlib import Path

import pytest

from survey.information import DATA, Information, load_information, texts
from survey.language import speaking
from survey.questionnaire import QuestionnaireWrong

TEXTS = texts()
UNVERIFIED = re.compile(
    r"litigation|lawsuit|sued|court|undertaking|fined|gadget company|does not reach|inference|unverified|to be checked",
    re.IGNORECASE,
)
"""What facts/information.md marks as unverified or to be checked first."""


def said(text: Information) -> list[str]:
    return [
        words
        for layer in text.layers
        for part in (layer.title, layer.line, layer.short, layer.more)
        for words in part.by_language.values()
    ]


def test_there_is_one_text_about_patient_data_and_one_about_this_app() -> None:
    assert list(TEXTS) == ["patient_data", "this_app"]
    for text in TEXTS.values():
        assert [layer.id for layer in text.layers] == ["why", "risks", "safeguards"]


@pytest.mark.parametrize("id", TEXTS)
def test_every_layer_has_sources_and_each_depth_says_more(id: str) -> None:
    for layer in TEXTS[id].layers:
        assert layer.sources
        assert len(str(layer.line)) <= 90 < len(str(layer.short))
        assert len(str(layer.line)) < len(str(layer.more))


@pytest.mark.parametrize("id", TEXTS)
def test_nothing_unverified_is_said(id: str) -> None:
    assert [words for words in said(TEXTS[id]) if UNVERIFIED.search(words)] == []


def test_what_a_party_claims_stays_its_claim_and_a_critic_stands_beside_it() -> None:
    safeguards = TEXTS["patient_data"].layers[2]
    assert str(safeguards.short).startswith("NHS England says")
    hosts = {source.address.split("/")[2] for source in safeguards.sources if source.address}
    assert {"www.england.nhs.uk", "medconfidential.org"} <= hosts


def test_every_link_is_to_a_web_page_or_a_page_of_our_own() -> None:
    addresses = {
        source.address for text in TEXTS.values() for layer in text.layers for source in layer.sources
    }
    assert {address for address in addresses if not address.startswith("https://")} == {"", "/kept"}


def test_a_language_that_is_not_there_is_said_in_the_first_one() -> None:
    text = TEXTS["this_app"]
    with speaking("ur"):
        assert (text.language, text.direction, str(text.layers[0].title)) == ("en", "ltr", "Why we ask")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("address: /kept", "address: 'javascript:alert(1)'"), "is no address of a page"),
        (("sources: &ours", "sauces: &ours"), "'sauces' is not known here"),
        (("languages: [en]", "languages: [en, ur]"), "has no words in 'ur'"),
        (("languages: [en]", "languages: []"), "Add languages"),
        (("id: this_app", "id: [\n"), "line 6: This is not valid YAML"),
    ],
)
def test_a_wrong_file_says_what_to_do(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    file = tmp_path / "this-app.yaml"
    file.write_text((DATA / file.name).read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(QuestionnaireWrong, match=re.escape(complaint)):
        load_information(file)
