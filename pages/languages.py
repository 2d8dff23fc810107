"""Languages: a translation beside its reference, to be read to the end and approved by name before phones offer it."""

from survey.model import Role
from survey.screen.office.languages import show_languages
from survey.screen.office.markup import dress, show
from survey.screen.office.notices import look, show_notice
from survey.screen.office.pick import chosen_version
from survey.screen.signed_in import require
from survey.storage.questionnaires import versions

person = require(Role.ORGANISER)
dress()
show(
    "heading.html",
    words="Languages",
    lead="Phones offer a language only after a person has read every word of it and put their name to it.",
)
show_notice()
chosen = chosen_version(look(versions))
if chosen is not None:
    show_languages(person.account, *chosen)
