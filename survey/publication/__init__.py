"""Publication: what the public may see, decided in one place. Here storage and analysis meet below the pages.

evidence     the private answers to one question, counted now
checkpoints  the stored steps in which the public sees a result: when one is due, who writes it
reveals      the facilitator's acts: reveal, hide, freeze
figures      what stage and phones get, as dataclasses
wording      a suppressed result as bars with a base; spoken: the sentence to read out
result       the one door: public_result
polls        the same door for questions asked live: one reveal
change       the same people before and after, once nobody answers any more
cards        cards and hands that were raised, in words beside a result
beside       this audience beside another's, each by the rules on its own
benchmarks   this audience beside a published survey, once everybody has answered
juries       a secret ballot whose exact totals are published at its end
joining      how many have answered, in words
"""

from survey.publication.benchmarks import (
    PublicBenchmark,
    benchmark_due,
    named_benchmark,
    public_benchmark,
    write_benchmark,
)
from survey.publication.beside import PublicBeside, beside_due, public_beside, write_beside
from survey.publication.cards import counted_beside
from survey.publication.change import PublicChange, change_due, public_change, write_change
from survey.publication.checkpoints import (
    checkpoint_due,
    late_answers,
    newer_figures,
    write_due_checkpoints,
    write_final_checkpoints,
)
from survey.publication.figures import Bar, PublicResult, ResultState, Tone
from survey.publication.joining import JoinLine, join_line, voted_words
from survey.publication.juries import (
    is_jury,
    margins,
    margins_sentence,
    totals_out,
    totals_wait,
    without_abstaining,
)
from survey.publication.polls import hide_poll, poll_tally, public_poll, reveal_poll
from survey.publication.result import public_result, room_marks
from survey.publication.reveals import (
    NotYet,
    TotalsWait,
    freeze_question,
    hide_question,
    reveal_question,
)

__all__ = [
    "Bar",
    "JoinLine",
    "NotYet",
    "PublicBenchmark",
    "PublicBeside",
    "PublicChange",
    "PublicResult",
    "ResultState",
    "Tone",
    "TotalsWait",
    "benchmark_due",
    "beside_due",
    "change_due",
    "checkpoint_due",
    "counted_beside",
    "freeze_question",
    "hide_poll",
    "hide_question",
    "is_jury",
    "join_line",
    "late_answers",
    "margins",
    "margins_sentence",
    "named_benchmark",
    "newer_figures",
    "poll_tally",
    "public_benchmark",
    "public_beside",
    "public_change",
    "public_poll",
    "public_result",
    "reveal_poll",
    "reveal_question",
    "room_marks",
    "totals_out",
    "totals_wait",
    "voted_words",
    "without_abstaining",
    "write_benchmark",
    "write_beside",
    "write_change",
    "write_due_checkpoints",
    "write_final_checkpoints",
]
