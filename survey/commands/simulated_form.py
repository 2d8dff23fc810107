"""A form as a simulated phone reads it off a page, and answers to it by chance. Knows only HTML."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser


class NotAForm(Exception):
    """The page that came back is no form that can be sent; the words say what came instead."""


@dataclass
class Form:
    """What one page offers to send: where to, the hidden fields, and the choices by field name."""

    action: str = ""
    hidden: dict[str, str] = field(default_factory=dict)
    radios: dict[str, list[str]] = field(default_factory=dict)
    ticks: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, list[list[str]]] = field(default_factory=dict)
    """Rank questions: what each place (1st, 2nd, 3rd) offers."""
    texts: list[str] = field(default_factory=list)


class FormReader(HTMLParser):
    """Reads the first form that posts and offers choices."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect forms and their fields."""
        given = {name: value or "" for name, value in attrs}
        if tag == "option":
            if self._inside and (places := list(self.forms[-1].places.values())):
                places[-1][-1].append(given.get("value", ""))
            return
        if tag == "form":
            self._inside = given.get("method", "get").lower() == "post"
            if self._inside:
                self.forms.append(Form(given.get("action", "")))
            return
        name = given.get("name", "")
        if not self._inside or not name:
            return
        form = self.forms[-1]
        kind = given.get("type", "text")
        if tag == "textarea":
            form.texts.append(name)
        elif tag == "select":
            form.places.setdefault(name, []).append([])
        elif tag == "input" and kind == "hidden":
            form.hidden[name] = given.get("value", "")
        elif tag == "input" and kind == "radio":
            form.radios.setdefault(name, []).append(given.get("value", ""))
        elif tag == "input" and kind == "checkbox":
            form.ticks.setdefault(name, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """A form ends."""
        if tag == "form":
            self._inside = False


def read_form_page(page: str) -> Form:
    """Return the form with the most choices on a page. Raises NotAForm when there is none."""
    reader = FormReader()
    reader.feed(page)
    forms = [form for form in reader.forms if form.radios]
    if not forms:
        title = page.partition("<title>")[2].partition("</title>")[0]
        raise NotAForm(f"The page has no questions to answer. Its title is “{title.strip()}”.")
    return max(forms, key=lambda form: len(form.radios))


def random_answers(
    form: Form, chance: random.Random, *, skip: float = 0.05
) -> dict[str, str | Sequence[str]]:
    """Return one value per single-choice question (some skipped), one tick per tick-list, each place of a rank; no words."""
    answers: dict[str, str | Sequence[str]] = {
        name: chance.choice(values)
        for name, values in form.radios.items()
        if values and chance.random() >= skip
    }
    ticks = {
        name: chance.choice(values)
        for name, values in form.ticks.items()
        if not name.endswith("_quote") and chance.random() >= skip
    }
    ranks = {
        name: in_order(places, chance) for name, places in form.places.items() if chance.random() >= skip
    }
    return answers | ticks | ranks


def in_order(places: Sequence[Sequence[str]], chance: random.Random) -> list[str]:
    """Return a different value for each place of one rank question, from the 1st on without a gap."""
    offered = [value for value in places[0] if value]
    return chance.sample(offered, min(len(places), len(offered)))
