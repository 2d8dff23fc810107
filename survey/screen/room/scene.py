"""The picture of the stage, as markup: what the room sees now, the same on the projector and small on the desk."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field

from qrcode.image.svg import SvgPathFillImage
from qrcode.main import QRCode

from survey.language import _
from survey.model import Kind, Performance, Question, Standing, Wave
from survey.publication import JoinLine, PublicResult, join_line, public_result, room_marks
from survey.screen.templating import rendered
from survey.storage.database import Connection
from survey.storage.questionnaires import find_version
from survey.storage.rooms import room

BORDER = 4
"""White modules around the code, without which a camera does not find it."""


@dataclass(frozen=True)
class Place:
    """Where phones join: the short address, and the number to type there ("" while nothing is open)."""

    address: str
    number: str


@dataclass(frozen=True)
class Scene:
    """One picture in two layers: what is on view, and the count that moves over it ("" for none).

    ``lengths`` and ``filled`` are where bars and count stand, for the next picture to move from.
    """

    picture: str
    count: str = ""
    lengths: Mapping[str, int] = field(default_factory=dict)
    filled: int = 0
    settled: tuple[str, str] = ("", "")

    def same_as(self, other: "Scene | None") -> bool:
        """The room would see no difference."""
        return other is not None and self.settled == other.settled


def black_scene(heading: str = "h1") -> Scene:
    """Return the dark stage."""
    return Scene(rendered("stage_black.html", heading=heading))


def scene(
    connection: Connection,
    performance: Performance,
    public_url: str,
    *,
    last: Scene | None = None,
    heading: str = "h1",
) -> Scene:
    """Return what the room sees now, moving from the ``last`` picture; that very picture if nothing changed."""
    showing = room(connection, performance.id).showing
    view = showing.get("view")
    if view == "black":
        return black_scene(heading)
    marks = room_marks(connection, performance)
    place = Place(short_address(public_url), spaced(performance.join_number or ""))
    if view == "question":
        asked = _question(connection, performance, str(showing.get("question")))
        if asked is not None:
            result = public_result(connection, performance, asked, Wave(showing.get("wave", Wave.AFTER)))
            if result.shown:
                return _result(result, place, marks, last, heading)
            return _question_scene(asked, place, marks, heading)
    if performance.open_wave is None:
        return _rest(performance, marks, heading)
    return _join(performance, join_line(connection, performance), place, public_url, marks, last, heading)


def short_address(public_url: str) -> str:
    """Return the address to type: no scheme, and where numbers are taken."""
    return f"{public_url.split('://', 1)[-1]}/join"


def spaced(number: str) -> str:
    """Return a number to type as it is read out: 257 704."""
    return f"{number[:3]} {number[3:]}" if len(number) == 6 else number


def phone_address(public_url: str, performance: Performance) -> str:
    """Return the address the code leads to."""
    return f"{public_url}/p/{performance.code}"


def _join(
    performance: Performance,
    line: JoinLine,
    place: Place,
    public_url: str,
    marks: tuple[str, ...],
    last: Scene | None,
    heading: str,
) -> Scene:
    picture = rendered(
        "stage_join.html",
        code=code_picture(phone_address(public_url, performance)),
        before=performance.open_wave is Wave.BEFORE,
        place=place,
        marks=marks,
        heading=heading,
    )
    filled = line.filled or 0
    still = rendered("stage_count.html", line=line, was=filled, marks=marks)
    was = last.filled if last else 0
    moving = rendered("stage_count.html", line=line, was=was, marks=marks)
    return _kept(Scene(picture, moving, filled=filled, settled=(picture, still)), last)


def _result(
    result: PublicResult, place: Place, marks: tuple[str, ...], last: Scene | None, heading: str
) -> Scene:
    lengths = {bar.label: bar.length for bar in result.bars}
    known = {
        "result": result,
        "question": result.question,
        "size": _size(result.question),
        "worded": any(not bar.shown.isdecimal() for bar in result.bars),
        "place": place,
        "marks": tuple(dict.fromkeys((*marks, *result.marks))),
        "heading": heading,
    }
    still = rendered("stage_result.html", was=lengths, **known)
    moving = rendered("stage_result.html", was=last.lengths if last else {}, **known)
    return _kept(Scene(moving, lengths=lengths, settled=(still, "")), last)


def _question_scene(question: Question, place: Place, marks: tuple[str, ...], heading: str) -> Scene:
    numbered = question.kind is Kind.NUMBER
    return _still(
        rendered(
            "stage_question.html",
            question=question,
            size=_size(question),
            options=[] if numbered else [option.label for option in question.options],
            numbers=question.values if numbered else (),
            low=question.low_label if numbered else None,
            high=question.high_label if numbered else None,
            tick=question.kind is Kind.MANY,
            place=place,
            marks=marks,
            heading=heading,
        )
    )


def _rest(performance: Performance, marks: tuple[str, ...], heading: str) -> Scene:
    words = {
        Standing.REHEARSAL: _("The questions open soon."),
        Standing.RUNNING: _("The questions are closed for now."),
        Standing.FINISHED: _("Thank you for your answers."),
    }
    return _still(
        rendered(
            "stage_rest.html",
            production=performance.production,
            next=words[performance.standing],
            marks=marks,
            heading=heading,
        )
    )


def _still(picture: str) -> Scene:
    return Scene(picture, settled=(picture, ""))


def _kept(fresh: Scene, last: Scene | None) -> Scene:
    return last if last is not None and fresh.same_as(last) else fresh


def _question(connection: Connection, performance: Performance, id: str) -> Question | None:
    """Return a question of the performance's questionnaire; None when it has no such question any more."""
    version = find_version(connection, performance.version_id)
    return next((question for question in version.questions if question.id == id), None)


def _size(question: Question) -> str:
    """Return how large a question can be set so that it leaves room for its answers."""
    letters = len(str(question.text)) + (len(str(question.stem)) if question.stem else 0)
    for size, most in (("short", 62), ("middling", 115), ("long", 180)):
        if letters <= most:
            return size
    return "longest"


def code_picture(address: str) -> str:
    """Return the code for an address as an image that needs no request: black on white, four modules of border."""
    code: QRCode[SvgPathFillImage] = QRCode(border=BORDER, image_factory=SvgPathFillImage)
    code.add_data(address)
    code.make(fit=True)
    drawn = code.make_image().to_string()
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}"
