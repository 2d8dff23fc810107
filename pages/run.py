"""The run of show of one performance's discussion, prepared cue by cue."""

from survey.model import Role
from survey.screen.office.markup import dress
from survey.screen.office.run import show_run_of_show
from survey.screen.signed_in import require

person = require(Role.FACILITATOR, Role.ORGANISER)
dress()
show_run_of_show(person)
