"""Counting cards and hands on a phone: two helpers, block by block; neither sees the other's count before their own is saved."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey.phone.counting_view import HOW, Counting, Typed, address, countable, counting, whole
from survey.phone.form_page import held_page
from survey.phone.inlined import STATIC, STYLE, policy, small_script, small_style
from survey.phone.pages import page, rendered
from survey.phone.refusals import not_here
from survey.phone.sending import fields_of, first
from survey.phone.told import account
from survey.phone.visit import DatabaseGetter, current_performance, read
from survey.questionnaire import clean
from survey.storage.database import Connection, DatabaseBusy, busy_words
from survey.storage.hand_counts import (
    HELPERS,
    WHOLE_ROOM,
    BlocksOverlap,
    BlockUnknown,
    choose_count,
    count_block,
    remove_block,
)
from survey.storage.sign_ins import record

COUNT_STYLE = small_style((STATIC / "count.css").read_text(encoding="utf-8"))
COUNT_SCRIPT = small_script((STATIC / "count.js").read_text(encoding="utf-8"))
COUNT_POLICY = policy([STYLE, COUNT_STYLE], [COUNT_SCRIPT])
MOST = 5000
LONGEST_BLOCK = 40
WHOLE_NUMBER = f"Type a whole number from 0 to {MOST}."
BUSY = "Not saved: the database is busy. Your numbers are still here. Wait a moment, then press Save again."


class CountingPages:
    """The counting pages of one database. The guard has let in nobody but the people of this performance."""

    def __init__(self, database: DatabaseGetter) -> None:
        self.database = database

    async def show(self, request: Request) -> Response:
        """Show what can be counted; with a question in the address, the form to count it."""
        asked = dict(request.query_params)
        if "question" not in asked:
            return await self._choose(request)
        found = await self._found(request, asked)
        if found is None:
            return await self._choose(request)
        block = "" if found.mine and found.mine.settled is not None else asked.get("block", "")
        return _page(request, found, Typed(found.helper, block))

    async def save(self, request: Request) -> Response:
        """Store what a helper counted in one block, then show what the other one has."""
        fields = await fields_of(request)
        sent = {name: first(fields, name) for name in fields}
        try:
            found = await self._found(request, sent)
        except DatabaseBusy as busy:
            return held_page(request, fields, busy)
        if found is None:
            return not_here().response()
        typed, counts = read_counts(found, sent)
        if typed.problems:
            return _page(request, found, typed, status=422)
        who = account(request)

        def act(connection: Connection) -> str:
            block = count_block(connection, found.raised, typed.block, helper=typed.helper, counts=counts)
            record(connection, who, f"counted {HOW[found.raised.mode]}", found.performance.code)
            return block.name

        try:
            name = await self.database().write_soon(act)
        except BlocksOverlap as overlap:
            return _page(request, found, replace(typed, problems={"block": str(overlap)}), status=422)
        except DatabaseBusy as busy:
            problems = {"save": busy_words(busy, BUSY)}
            return _page(request, found, replace(typed, problems=problems), status=503)
        return RedirectResponse(found.to(helper=typed.helper, block=name), 303)

    async def settle(self, request: Request) -> Response:
        """Settle a block with one of the counts: nobody else counted it, or the facilitator decides."""
        fields = await fields_of(request)
        sent = {name: first(fields, name) for name in fields}
        found = await self._found(request, sent)
        if found is None:
            return not_here().response()
        who = account(request)

        def act(connection: Connection) -> None:
            if "remove" in sent:
                remove_block(connection, found.raised, sent["remove"])
                record(connection, who, "removed a count of the room", found.performance.code)
            else:
                choose_count(connection, found.raised, sent.get("block", ""), helper=sent.get("take", ""))
                record(connection, who, "settled a count of the room", found.performance.code)

        with suppress(
            BlockUnknown
        ):  # somebody has removed it meanwhile: the page that follows says what is there
            await self.database().write_soon(act)
        helper = {"helper": found.helper} if found.helper else {}
        return RedirectResponse(found.to(**helper), 303)

    async def _choose(self, request: Request) -> Response:
        def look(connection: Connection) -> tuple[object, object]:
            performance = current_performance(connection, str(request.path_params["code"]))
            return performance, countable(connection, performance)

        performance, offered = await read(self.database, look)
        return _sent(request, "count.html", performance=performance, offered=offered)

    async def _found(self, request: Request, asked: Mapping[str, str]) -> Counting | None:
        def look(connection: Connection) -> Counting | None:
            performance = current_performance(connection, str(request.path_params["code"]))
            return counting(connection, performance, asked)

        return await read(self.database, look)


def read_counts(found: Counting, sent: Mapping[str, str]) -> tuple[Typed, dict[str, int]]:
    """Return the form as it was filled in, with what to do about it, and the numbers in it. An empty field is none."""
    given = {one.field: sent.get(one.field, "").strip() for one in found.answers}
    block = " ".join(clean(sent.get("block", "")).split()) or WHOLE_ROOM
    problems = {}
    if sent.get("helper") not in HELPERS:
        problems["helper"] = "Choose helper A or helper B."
    if len(block) > LONGEST_BLOCK:
        problems["block"] = f"Give the block a shorter name, of at most {LONGEST_BLOCK} characters."
    counts = {}
    for one in found.answers:
        number = given[one.field] or "0"
        if number.isascii() and number.isdecimal() and len(number) < 6 and int(number) <= MOST:
            counts[one.card.value] = int(number)
        else:
            problems[one.field] = f"{one.name[:1].upper()}{one.name[1:]}: {WHOLE_NUMBER}"
    if found.answers and not any(given.values()):
        problems[found.answers[0].field] = "Type how many you counted."
    return Typed(sent.get("helper", ""), block, given, problems), counts


def _page(request: Request, found: Counting, typed: Typed, *, status: int = 200) -> Response:
    return _sent(
        request,
        "count_question.html",
        status=status,
        found=found,
        performance=found.performance,
        typed=typed,
        words=whole(found.question),
        how=HOW,
        other=found.other and address(found.performance.code, found.question, found.raised.wave, found.other),
        helpers=HELPERS,
        whole_room=WHOLE_ROOM,
        most=MOST,
    )


def _sent(request: Request, template: str, *, status: int = 200, **words: object) -> Response:
    markup = rendered(template, count_style=Markup(COUNT_STYLE), count_script=Markup(COUNT_SCRIPT), **words)
    return page(request, markup, status=status, policy=COUNT_POLICY)
