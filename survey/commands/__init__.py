"""The commands, one module each: ``add_to(subparsers)`` says how a command is called and which function runs it."""

from survey.commands import (
    backup,
    demo,
    doctor,
    exporting,
    importing,
    imports,
    languages,
    performances,
    questionnaires,
    rehearse,
    responses,
    serve,
    signing_in,
    stage,
)
from survey.commands.performances import QuestionnaireUnknown
from survey.demonstration import DemonstrationInUse
from survey.exchange import AlreadyImported
from survey.questionnaire import QuestionnaireWrong
from survey.screen.office.details import DetailsUnclear
from survey.serving.server import NotStarted, PortBusy
from survey.settings import SettingWrong
from survey.storage.database import DatabaseBusy, DatabaseWrong
from survey.storage.imports import ImportUnknown
from survey.storage.performances import NotInRehearsal, NotReady, PerformanceFinished, PerformanceUnknown
from survey.storage.sign_ins import LinkWrong
from survey.storage.translations import TranslationIncomplete, TranslationUnknown

COMMANDS = (
    serve,
    signing_in,
    stage,
    performances,
    questionnaires,
    languages,
    responses,
    rehearse,
    doctor,
    backup,
    demo,
    importing,
    imports,
    exporting,
)
"""In the order of ``--help``."""

TROUBLE = (
    AlreadyImported,
    DatabaseBusy,
    DatabaseWrong,
    DemonstrationInUse,
    DetailsUnclear,
    ImportUnknown,
    LinkWrong,
    NotInRehearsal,
    NotReady,
    NotStarted,
    PerformanceFinished,
    PerformanceUnknown,
    PortBusy,
    QuestionnaireUnknown,
    QuestionnaireWrong,
    SettingWrong,
    TranslationIncomplete,
    TranslationUnknown,
    exporting.ExportWrong,
    languages.NameMissing,
    rehearse.OpenForReal,
)
"""What a command may run into; each carries its own plain words."""
