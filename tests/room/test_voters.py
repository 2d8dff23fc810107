"""One phone counts once in each vote, and its votes cannot be joined."""

from survey.storage.seats import seat_hash
from survey.storage.voters import voter_hash

KEY = b"k" * 32


def test_a_seat_is_the_same_voter_in_one_vote_and_another_in_the_next() -> None:
    assert voter_hash(KEY, "poll-1", "seat") == voter_hash(KEY, "poll-1", "seat")
    different = {
        voter_hash(KEY, "poll-1", "seat"),
        voter_hash(KEY, "poll-2", "seat"),
        voter_hash(KEY, "poll-1", "other"),
        voter_hash(b"j" * 32, "poll-1", "seat"),
        seat_hash(KEY, "seat"),
    }
    assert len(different) == 5
