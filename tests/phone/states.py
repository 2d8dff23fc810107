"""Every state of every page a phone can show, and the walk that leads there. A new state is one line at the end."""

from collections.abc import Callable

from survey.model import Wave
from survey.questionnaire import DATA, load_questionnaire
from survey.storage.performances import close_wave, finish_performance, open_wave, rehearse_wave
from survey.storage.questionnaires import publish
from tests.databases import add_nest_performance
from tests.phone.offering import offer, people, reveal
from tests.phone.visitor import Visitor


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
    visitor.page.fill("#differently", "long " * 80)
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
}
"""States not walked again in each language, and why."""
