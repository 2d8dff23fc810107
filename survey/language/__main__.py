"""``python -m survey.language``, which is ``make words``: collect all sentences, bring every catalogue up to date."""

import sys
from pathlib import Path

from survey.language.catalogues import DOMAIN, LOCALE, path_of, translated_languages
from survey.language.collecting import update_catalogue, write_collected


def main() -> None:
    """Collect the sentences, then say of each language what it still lacks."""
    template = LOCALE / f"{DOMAIN}.pot"
    number = write_collected(Path(__file__).resolve().parent.parent.parent, template)
    sys.stdout.write(f"{number} sentences in survey/locale/{template.name}\n")
    for language in translated_languages():
        missing = update_catalogue(path_of(language), template, language)
        sys.stdout.write(f"{language}: {f'{missing} to translate' if missing else 'complete'}\n")


if __name__ == "__main__":
    main()
