"""The desk: open and close, choose what is on stage, reveal, hide, freeze."""

from survey.model import Role
from survey.screen.office.markup import dress
from survey.screen.room.desk import desk
from survey.screen.signed_in import require

person = require(Role.FACILITATOR, Role.ORGANISER)
dress()
desk(person.account)
