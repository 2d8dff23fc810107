"""The desk: go on in the run, reveal, hide, freeze, ask, time, go dark, clear; open and close."""

from survey.model import Role
from survey.printing.qr import qr_svg
from survey.screen.office.markup import dress
from survey.screen.room.desk import desk
from survey.screen.signed_in import require

person = require(Role.FACILITATOR, Role.ORGANISER)
dress()
desk(person, qr=qr_svg)
