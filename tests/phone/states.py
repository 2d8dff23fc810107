"""Every state of every page a phone can show, and the walk that leads there. A new state is one line at the end."""

from collections.abc import Callable, Mapping

from survey.model import Kind, PollStanding, Wave
from survey.publication import write_final_checkpoints
from survey.questionnaire import DATA, load_questionnaire
from survey.questionnaire.poll import poll_content
from survey.room.acts import ask_now
from survey.screen.room.due import write_due
from survey.storage.conclusions import write_conclusion
from survey.storage.contributions import add_contribution, approve, mark_answered, pin, set_support
from survey.storage.database import Connection
from survey.storage.performances import close_wave, finish_performance, open_wave, rehearse_wave
from survey.storage.polls import polls, set_poll
from survey.storage.questionnaires import publish
from survey.storage.rooms import show
from survey.storage.seats import sheet_pairs
from tests.databases import add_nest_performance
from tests.phone.offering import offer, people, reveal
from tests.phone.visitor import Visitor
from tests.publication.comparing import before_and_after
from tests.publication.evening import Evening

ONE = poll_content("Should the house call the doctor?", ["Yes", "No", "Only if Sean agrees"])
MANY = poll_content("Who may know?", ["The surgery", "The family"], kind=Kind.MANY)
NUMBER = poll_content("How safe?", kind=Kind.NUMBER, low="Not at all", high="Entirely")


def filled(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.check("input[name=share_with][value=gp]")
    visitor.page.check("input[name=trust_nhs][value='8']")
    visitor.page.check("input[name=home_system][value=depends]")


def short(visitor: Visitor) -> None:
    """Come before the performance: fewer questions, so that axe is done sooner."""
    visitor.performance = add_nest_performance(visitor.site.database, wave=Wave.BEFORE)


def in_trouble(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.check("input[name=closer_to][value=sara]")
    # Past the script, which would untick one of the two.
    visitor.page.evaluate(
        "for (const value of ['none', 'gp']) document.querySelector(`[name=share_with][value=${value}]`).checked = 1"
    )
    visitor.page.check("input[name=trust_nhs][value='8']")
    visitor.page.fill("#q-differently", "long " * 80)
    visitor.send()


def one_at_a_time(visitor: Visitor) -> None:
    visitor.open(f"/p/{visitor.performance.code}?view=one#step-4")


def the_last_of_all(visitor: Visitor) -> None:
    visitor.open(f"/p/{visitor.performance.code}?view=one#step-10")


def before_the_first(visitor: Visitor) -> None:
    visitor.open(f"/p/{visitor.performance.code}?view=one")


def asked_darker(visitor: Visitor) -> None:
    short(visitor)
    visitor.open(f"/p/{visitor.performance.code}?shade=dark")
    visitor.page.check("input[name=home_system][value=depends]")


def asked_lighter(visitor: Visitor) -> None:
    short(visitor)
    visitor.open(f"/p/{visitor.performance.code}?shade=light")
    visitor.page.check("input[name=home_system][value=depends]")


def trying_again(visitor: Visitor) -> None:
    filled(visitor)
    for value in ("told", "say_no", "proof", "fines"):
        visitor.page.click(f"input[name=matters_most][value={value}]")
    visitor.page.context.set_offline(True)
    visitor.page.click("#send")
    visitor.page.wait_for_selector("#not-sent:not(:empty)")


def ranking(visitor: Visitor) -> None:
    """Come to the workshop whose first question is a ranking."""
    questionnaire, content = load_questionnaire(DATA / "safeguards-1.yaml")
    version_id = visitor.site.database.write(lambda connection: publish(connection, questionnaire, content))
    visitor.performance = add_nest_performance(visitor.site.database, version_id=version_id, wave=Wave.AFTER)
    visitor.open()
    visitor.page.select_option("select >> nth=0", "proof")


def ranking_with_a_gap(visitor: Visitor) -> None:
    ranking(visitor)
    visitor.page.select_option("select >> nth=0", "")
    visitor.page.select_option("select >> nth=2", "secure_place")
    visitor.send()


def nothing_sent(visitor: Visitor) -> None:
    short(visitor)
    visitor.open()
    visitor.send()


def thanked(visitor: Visitor) -> None:
    visitor.open()
    visitor.answer()


def thanked_before(visitor: Visitor) -> None:
    short(visitor)
    thanked(visitor)


def words_field_open(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.click("#all-questions details:has(#two-words) summary")
    visitor.page.fill("#two-words", "river")


def wrong_words(visitor: Visitor) -> None:
    """Answer *after* with two words nobody was given."""
    visitor.open()
    visitor.page.click("#all-questions details:has(#two-words) summary")
    visitor.page.fill("#two-words", "rivver lump")
    visitor.answer()


def joined_by_words(visitor: Visitor) -> None:
    """Answer *before* on one phone and *after* on another, and type there the two words of the first."""
    short(visitor)
    thanked(visitor)
    words = visitor.page.inner_text(".words")
    visitor.act(open_wave, Wave.AFTER)
    visitor.page.context.clear_cookies()
    visitor.open()
    visitor.page.click("#all-questions details:has(#two-words) summary")
    visitor.page.fill("#two-words", words)
    visitor.answer()


def sheet_noted(visitor: Visitor) -> None:
    """Answer *after* with the words of a paper sheet from before that nobody has typed in yet."""
    assert visitor.performance.seat_key is not None
    visitor.open()
    visitor.page.click("#all-questions details:has(#two-words) summary")
    visitor.page.fill("#two-words", sheet_pairs(visitor.performance.seat_key, 1)[0].shown("en"))
    visitor.answer()


def shared_phone(visitor: Visitor) -> None:
    """Two people answer on one phone; the second one unfolds their code."""
    thanked_before(visitor)
    visitor.follow("form[action*='/another'] button")
    visitor.answer()
    visitor.page.click("main details summary")


def back_again(visitor: Visitor) -> None:
    thanked_before(visitor)
    visitor.open()


def code_by_link(visitor: Visitor) -> None:
    thanked(visitor)
    visitor.follow("a[href^='/receipt/']")


def own_answers(visitor: Visitor) -> None:
    code_by_link(visitor)
    visitor.follow("main button")


def deleting(visitor: Visitor) -> None:
    own_answers(visitor)
    visitor.follow("form[action*='/receipt/delete'] button")


def deleted(visitor: Visitor) -> None:
    deleting(visitor)
    visitor.follow("form[action*='/receipt/delete'] button")


def wrong_code(visitor: Visitor) -> None:
    visitor.open("/receipt")
    visitor.page.fill("#code", "7Q4M")
    visitor.follow("main button")


def wrong_number(visitor: Visitor) -> None:
    visitor.open("/join")
    visitor.page.fill("#code", "123")
    visitor.follow("main button")


def too_late(visitor: Visitor) -> None:
    short(visitor)
    visitor.open()
    visitor.act(open_wave, Wave.AFTER)
    visitor.answer()


def rehearsing(visitor: Visitor) -> None:
    visitor.performance = add_nest_performance(visitor.site.database, wave=None)
    visitor.act(rehearse_wave, Wave.BEFORE)
    visitor.open()


def not_yet(visitor: Visitor) -> None:
    visitor.performance = add_nest_performance(visitor.site.database, wave=None)
    visitor.open()


def closed(visitor: Visitor) -> None:
    visitor.act(close_wave)
    visitor.open()


def finished(visitor: Visitor) -> None:
    visitor.act(finish_performance)
    visitor.open()


def offered(visitor: Visitor) -> None:
    """Come to a performance after which everything is offered and one result is shown."""
    people(visitor.site.database, visitor.performance, "closer_to", "sara", 12)
    reveal(visitor.site.database, visitor.performance, "closer_to")
    offer(visitor.site.database, visitor.performance)


def everything_offered(visitor: Visitor) -> None:
    offered(visitor)
    thanked(visitor)


def pledged(visitor: Visitor) -> None:
    everything_offered(visitor)
    visitor.follow("form[action$='/pledge'] button")


def page_offered(end: str) -> Callable[[Visitor], None]:
    """Return the walk to one of the pages behind what is offered."""

    def walk(visitor: Visitor) -> None:
        offered(visitor)
        visitor.open(f"/p/{visitor.performance.code}/{end}")

    return walk


def address_in_trouble(visitor: Visitor) -> None:
    page_offered("stay-in-touch")(visitor)
    visitor.page.fill("#address", "nobody")
    visitor.follow("form[action$='/stay-in-touch'] button")


def address_left(visitor: Visitor) -> None:
    page_offered("stay-in-touch")(visitor)
    visitor.page.fill("#address", "somebody@example.org")
    visitor.follow("form[action$='/stay-in-touch'] button")


def looking_only(visitor: Visitor) -> None:
    visitor.performance = add_nest_performance(visitor.site.database, wave=Wave.AFTER, families=True)
    visitor.open(f"/p/{visitor.performance.code}/look")


def families_expected(visitor: Visitor) -> None:
    visitor.performance = add_nest_performance(visitor.site.database, wave=Wave.BEFORE, families=True)
    visitor.open()


def own_record(visitor: Visitor) -> None:
    thanked_before(visitor)
    visitor.open(f"/p/{visitor.performance.code}/kept")


def phone_forgotten(visitor: Visitor) -> None:
    own_record(visitor)
    visitor.follow("form[action*='/forget'] button")


def in_the_room(visitor: Visitor) -> None:
    visitor.open(f"/p/{visitor.performance.code}/room")


def on_stage(**showing: str) -> Callable[[Visitor], None]:
    """Return the walk to the discussion while this is on stage."""

    def walk(visitor: Visitor) -> None:
        visitor.act(show, showing)
        in_the_room(visitor)

    return walk


def result_on_stage(visitor: Visitor) -> None:
    people(visitor.site.database, visitor.performance, "closer_to", "sara", 12)
    reveal(visitor.site.database, visitor.performance, "closer_to")
    on_stage(view="question", question="closer_to", wave="after")(visitor)


def change_on_stage(visitor: Visitor) -> None:
    evening = Evening(visitor.site.database, visitor.performance.id)
    before_and_after(evening, (8, 7, 5, 9))
    visitor.act(show, {"view": "change", "question": "home_system"})
    visitor.site.database.write(lambda connection: write_due(connection, evening.performance))
    in_the_room(visitor)


def conclusions_on_stage(visitor: Visitor) -> None:
    visitor.act(write_conclusion, "Ask the people first.\nSay afterwards what came of it.", 0)
    on_stage(view="conclusions")(visitor)


def survey_on_stage(visitor: Visitor) -> None:
    for value, number in (("fairly_unlikely", 12), ("not_sure", 8), ("very_likely", 14)):
        people(visitor.site.database, visitor.performance, "research_nhs", value, number)
    visitor.site.database.write(lambda connection: write_final_checkpoints(connection, visitor.performance))
    visitor.act(close_wave)
    survey = {"question": "research_nhs", "wave": "after", "benchmark": "aggarwal_2021_likely"}
    on_stage(view="beside", **survey)(visitor)
    visitor.page.click("details.survey > summary")


def asked_live(content: Mapping[str, object]) -> Callable[[Visitor], None]:
    """Return the walk to a poll while it takes answers."""

    def walk(visitor: Visitor) -> None:
        visitor.site.database.write(lambda connection: ask_now(connection, visitor.performance, content))
        in_the_room(visitor)

    return walk


def poll_answered(visitor: Visitor) -> None:
    asked_live(ONE)(visitor)
    visitor.page.check("input[name=poll][value=option_2]")
    visitor.follow("#voting button")


def poll_not_answered(visitor: Visitor) -> None:
    asked_live(MANY)(visitor)
    visitor.follow("#voting button")


def poll_in_trouble(visitor: Visitor) -> None:
    asked_live(ONE)(visitor)
    visitor.page.evaluate("document.querySelector('[name=poll]').value = 'other'")
    visitor.page.check("input[name=poll] >> nth=0")
    visitor.follow("#voting button")


def poll_too_late(visitor: Visitor) -> None:
    asked_live(ONE)(visitor)
    visitor.page.check("input[name=poll][value=option_2]")
    visitor.act(show, {"view": "black"})
    with visitor.site.database.reading() as connection:
        (poll,) = polls(connection, visitor.performance.id)
    visitor.site.database.write(lambda connection: set_poll(connection, poll.id, PollStanding.CLOSED))
    visitor.follow("#voting button")


def what_others_say(visitor: Visitor) -> None:
    """Three contributions: one supported by this phone and others, one talked about, one in another script and pinned."""

    def act(connection: Connection) -> None:
        texts = (
            "Who decides what the house does at night?",
            "She calls it Bob.",
            "کیا یہ گھر ہمارے ڈاکٹر کو بتا سکتا ہے؟",
        )
        made = [add_contribution(connection, visitor.performance.id, text).id for text in texts]
        for id in made:
            approve(connection, visitor.performance.id, id)
        for number in range(6):
            set_support(
                connection, visitor.performance, made[0], seat=f"a seat for number {number}", wanted=True
            )
        mark_answered(connection, visitor.performance.id, made[1])
        pin(connection, visitor.performance.id, made[2])

    visitor.site.database.write(act)
    on_stage(view="contributions")(visitor)
    visitor.follow(".board button >> nth=0")


def new_while_typing(visitor: Visitor) -> None:
    in_the_room(visitor)
    visitor.page.type("#contribution", "Half a sent")
    visitor.act(show, {"view": "prompt", "text": "Who owns the house?"})
    visitor.page.wait_for_selector("#new a", state="visible")


def contributing(typed: str | None = None) -> Callable[[Visitor], None]:
    """Return the walk to the form for questions and comments on its own page; to what comes of sending this there."""

    def walk(visitor: Visitor) -> None:
        visitor.open(f"/p/{visitor.performance.code}/room/contribute")
        if typed is not None:
            visitor.page.fill("#contribution", typed)
            visitor.follow("#contribute button")

    return walk


def discussion_over(visitor: Visitor) -> None:
    visitor.act(finish_performance)
    in_the_room(visitor)


STATES: dict[str, Callable[[Visitor], None]] = {
    "the form filled in": filled,
    "one answer in trouble": in_trouble,
    "one question at a time": one_at_a_time,
    "the last of all": the_last_of_all,
    "before the first": before_the_first,
    "asked for a darker page": asked_darker,
    "asked for a lighter page": asked_lighter,
    "not sent yet": trying_again,
    "a ranking": ranking,
    "a ranking with a gap": ranking_with_a_gap,
    "nothing sent": nothing_sent,
    "thanks": thanked,
    "thanks before": thanked_before,
    "the words field open": words_field_open,
    "wrong two words": wrong_words,
    "joined by two words": joined_by_words,
    "a paper sheet's words noted": sheet_noted,
    "a shared phone": shared_phone,
    "back again": back_again,
    "a code by its link": code_by_link,
    "own answers": own_answers,
    "deleting": deleting,
    "deleted": deleted,
    "a wrong code": wrong_code,
    "too late": too_late,
    "rehearsing": rehearsing,
    "not yet open": not_yet,
    "closed": closed,
    "finished": finished,
    "what we keep": lambda visitor: visitor.open(f"/p/{visitor.performance.code}/kept"),
    "join": lambda visitor: visitor.open("/join"),
    "a wrong number": wrong_number,
    "an unknown code": lambda visitor: visitor.open("/p/zzzzzzzz"),
    "everything offered": everything_offered,
    "pledged": pledged,
    "what the room said": page_offered("results"),
    "information in layers": page_offered("information"),
    "resources": page_offered("resources"),
    "stay in touch": page_offered("stay-in-touch"),
    "an address in trouble": address_in_trouble,
    "an address left": address_left,
    "looking only": looking_only,
    "families expected": families_expected,
    "this phone's own record": own_record,
    "a phone forgotten": phone_forgotten,
    "the discussion, nothing on stage yet": in_the_room,
    "the discussion, a prompt": on_stage(view="prompt", text="Who owns the house?"),
    "the discussion, a question": on_stage(view="question", question="closer_to", wave="after"),
    "the discussion, a result": result_on_stage,
    "the discussion, a published survey": survey_on_stage,
    "the discussion, information": on_stage(view="information", text="patient_data"),
    "the discussion, dark": on_stage(view="black"),
    "the discussion, goodbye": on_stage(view="goodbye"),
    "a poll": asked_live(ONE),
    "a poll with several answers": asked_live(MANY),
    "a poll with a number": asked_live(NUMBER),
    "a poll answered": poll_answered,
    "a poll not answered": poll_not_answered,
    "a poll in trouble": poll_in_trouble,
    "a poll answered too late": poll_too_late,
    "what others say": what_others_say,
    "something new while typing": new_while_typing,
    "the discussion is over": discussion_over,
    "writing to the discussion": contributing(),
    "written at too great length": contributing("long " * 80),
    "with the moderator": contributing("Who owns the house?"),
    "the discussion, before and after": change_on_stage,
    "the discussion, conclusions": conclusions_on_stage,
}
ENGLISH_ONLY = {
    "a ranking": "its questionnaire has no translation",
    "a ranking with a gap": "its questionnaire has no translation",
    "asked for a darker page": "the same words as the form",
    "asked for a lighter page": "the same words as the form",
    "back again": "the same words as the form",
    "before the first": "the same words as one question at a time",
    "the last of all": "the same words as one question at a time",
    "a code by its link": "the same words as a wrong code",
    "families expected": "the same words as the form",
    "a poll": "the same words as a poll answered",
    "the discussion, a question": "the same words as a prompt",
}
"""States not walked again in each language, and why."""
