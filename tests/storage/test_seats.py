"""Seats: unguessable, stored only as an HMAC, and a receipt that survives being typed by hand."""

import re

import pytest

from survey.storage.seats import new_seat, new_seat_key, receipt, receipt_hash, seat_hash

KEY = bytes(range(32))


def test_no_two_seats_are_alike() -> None:
    assert len({new_seat() for _ in range(1000)}) == 1000


def test_a_receipt_is_four_groups_of_four_unambiguous_letters() -> None:
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", receipt(KEY, new_seat()))


def test_a_receipt_is_the_same_each_time_and_another_for_another_seat_or_performance() -> None:
    assert receipt(KEY, "seat") == receipt(KEY, "seat")
    assert len({receipt(KEY, "seat"), receipt(KEY, "other"), receipt(new_seat_key(), "seat")}) == 3


def test_a_receipt_does_not_tell_the_seat_hash() -> None:
    assert receipt_hash(receipt(KEY, "seat")) != seat_hash(KEY, "seat")


@pytest.mark.parametrize(
    "typed",
    ["7O4M-9XKD-2PVA-H3NB", "704m9xkd2pvah3nb", " 704M 9XKD 2PVA H3NB ", "7o4m–9xkd–2pva–h3nb"],
)
def test_a_receipt_may_be_typed_carelessly(typed: str) -> None:
    assert receipt_hash(typed) == receipt_hash("704M-9XKD-2PVA-H3NB")


def test_the_letters_that_look_like_one_are_one() -> None:
    assert receipt_hash("IL1I-0000-0000-0000") == receipt_hash("1111-OOOO-OOOO-OOOO")
