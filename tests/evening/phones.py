"""Simulated phones that keep their cookie from *before* to *after*, with answers decided by the test."""

import asyncio
from collections.abc import Mapping, Sequence

from survey.commands.simulated_form import read_form_page
from survey.commands.simulated_phone import SimulatedPhone


async def answer(phone: SimulatedPhone, code: str, answers: Mapping[str, str]) -> str:
    """Open the form, fill it in, send it; return the thank-you page."""
    page = await phone.get(f"/p/{code}")
    assert page.status == 200, page.body[:500]
    form = read_form_page(page.body)
    unknown = set(answers) - set(form.radios) - set(form.ticks) - set(form.places) - set(form.texts)
    assert not unknown, f"the form does not ask {unknown}"
    sent = await phone.post(form.action or f"/p/{code}", form.hidden | dict(answers))
    assert sent.status == 303, f"{sent.status}: {sent.body[:500]}"
    thanks = await phone.get(sent.headers["location"])
    assert thanks.status == 200
    await phone.close()
    return thanks.body


async def answer_all(
    phones: Sequence[SimulatedPhone], code: str, answers: Sequence[Mapping[str, str]]
) -> None:
    """Let all phones answer at the same time."""
    await asyncio.gather(*(answer(phone, code, given) for phone, given in zip(phones, answers, strict=True)))
