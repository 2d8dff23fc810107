"""A ranking from form to results, out as a table and in again, on both databases."""

import io
from collections.abc import Callable

import pandas
import pytest

from survey.exchange import Given, Occasion, TableWrong, export_files, read_import, store_import
from survey.model import Performance, Provenance, Wave
from survey.questionnaire import DATA, load_questionnaire, read_form
from survey.screen.evidence.reading import read_evidence
from survey.screen.evidence.results import results_sheet
from survey.storage.database import Database
from survey.storage.performances import find_performance
from survey.storage.questionnaires import find_version, publish
from survey.storage.rankings import rankings
from survey.storage.responses import save_response
from survey.storage.seats import new_seat
from tests.databases import add_nest_performance

ORDERS = (("proof", "told", "fines"), ("proof", "told", ""), ("told", "", ""))


@pytest.fixture
def version(database: Database) -> str:
    """The workshop's questionnaire, published."""
    questionnaire, content = load_questionnaire(DATA / "safeguards-1.yaml")
    return database.write(lambda connection: publish(connection, questionnaire, content))


@pytest.fixture
def workshop(database: Database, version: str) -> Performance:
    """A workshop twelve people answered: each of three orders by four."""
    made = add_nest_performance(database, version_id=version, wave=Wave.AFTER)
    with database.reading() as connection:
        questionnaire = find_version(connection, version)
    for n in range(12):
        form = read_form(questionnaire, Wave.AFTER, {"matters_order": ORDERS[n % 3], "absorbing": ["8"]})
        database.write(
            lambda connection: save_response(
                connection,
                made,
                seat=new_seat(),
                wave=Wave.AFTER,
                version_id=version,
                language="en",
                filled=form,
            )
        )
    return made


@pytest.fixture
def given(database: Database) -> Callable[..., Given]:
    """Return what an import is told: where the answers belong."""

    def find(code: str) -> Occasion:
        with database.reading() as connection:
            found = find_performance(connection, code)
            return Occasion(found, find_version(connection, found.version_id))

    return lambda **said: Given(find=find, **said)


def table(content: bytes) -> pandas.DataFrame:
    return pandas.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)


def exported(database: Database, performance: Performance) -> dict[str, bytes]:
    with database.reading() as connection:
        return export_files(connection, performance)


def test_what_was_sent_stands_in_the_results_place_by_place(
    database: Database, workshop: Performance
) -> None:
    with database.reading() as connection:
        sheet = results_sheet(read_evidence(connection, [workshop], Wave.AFTER), alone={}, comments=())
    (ranked,) = [
        one for one in sheet.blocks if one.heading == "What matters most in how patient data is used"
    ]
    assert ranked.sentences[0] == "8 of the 12 people who answered put “Proof that patients benefit” first."
    places = ranked.tables[0]
    assert places.heads == ("Answer", "1st", "2nd", "3rd", "In any place", "Mean place")
    rows = {row[0]: row[1:] for row in places.rows}
    # Four leave all but one out: the other six share places 2 to 7, so stand at 4.5; four leave five out: at 5.
    assert rows["Proof that patients benefit"] == ("8", "0", "0", "8", f"{(1 + 1 + 4.5) / 3:.1f}")
    assert rows["Being told who uses it and why"] == ("4", "8", "0", "12", f"{(2 + 2 + 1) / 3:.1f}")
    assert rows["Fines for misuse"] == ("0", "0", "4", "4", f"{(3 + 5 + 4.5) / 3:.1f}")


def test_each_place_has_its_column_which_the_codebook_names(
    database: Database, workshop: Performance
) -> None:
    files = exported(database, workshop)
    answers = table(files["answers.csv"])
    columns = ["matters_order.1", "matters_order.2", "matters_order.3"]
    assert [name for name in answers.columns if name.startswith("matters_order")] == columns
    assert sorted(zip(*(answers[name] for name in columns), strict=True)) == sorted(ORDERS * 4)
    book = table(files["codebook.csv"])
    ranked = book[book["question"] == "matters_order"]
    assert set(ranked["columns"]) == {";".join(columns)}
    assert set(ranked["kind"]) == {"rank"}
    assert set(book[book["question"] == "absorbing"]["columns"]) == {"absorbing"}
    counted = table(files["counts.csv"])
    first = counted[counted["question"] == "matters_order"]
    assert dict(zip(first["option"], first["count"], strict=True)) == {
        "proof": "8",
        "told": "4",
        **dict.fromkeys(("say_no", "names_out", "secure_place", "checked", "fines"), "0"),
    }
    assert set(first["base"]) == {"12"}
    assert b"in question.1 stands the first choice" in files["about.txt"]


def test_an_exported_ranking_can_be_imported_into_another_performance(
    database: Database, workshop: Performance, version: str, given: Callable[..., Given]
) -> None:
    other = add_nest_performance(database, version_id=version, wave=None)
    content = exported(database, workshop)["answers.csv"].replace(workshop.code.encode(), other.code.encode())
    read = read_import(content, given(), name="answers.csv")
    database.write(lambda connection: store_import(connection, read))
    with database.reading() as connection:
        (here,) = rankings(connection, [workshop.id], questions=["matters_order"])
        (there,) = rankings(connection, [other.id], questions=["matters_order"])
    assert there.counts == here.counts
    assert there.provenance is Provenance.IMPORTED


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("proof,,told", "column matters_order.1: “proof;;told”: Fill in your 1st choice first"),
        ("proof,proof,", "You chose “Proof that patients benefit” twice."),
        ("lies,,", "“lies” is none of the answers. Write one of: told ("),
    ],
)
def test_a_ranking_that_cannot_be_is_refused_with_its_row(
    workshop: Performance, given: Callable[..., Given], cells: str, words: str
) -> None:
    text = f"matters_order.1,matters_order.2,matters_order.3\n{cells}\n"
    with pytest.raises(TableWrong) as wrong:
        read_import(text.encode(), given(performance=workshop.code, wave="after", mode="paper"), name="x.csv")
    assert words in str(wrong.value)
    assert str(wrong.value).startswith("Row 2, column matters_order.1: ")


def test_a_ranking_may_be_imported_in_words_and_a_column_without_its_place_is_refused(
    workshop: Performance, given: Callable[..., Given]
) -> None:
    said = given(performance=workshop.code, wave="after", mode="paper")
    read = read_import(b"matters_order.1\nfines for misuse\n", said, name="x.csv")
    assert read.responses[0].filled.answers[0].options == ("fines",)
    with pytest.raises(
        TableWrong, match=r"column 'matters_order' is no question.*matters_order\.1, matters_order\.2"
    ):
        read_import(b"matters_order\nfines\n", said, name="x.csv")
