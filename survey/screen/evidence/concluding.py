"""What a jury or a workshop concluded together, at the end of its sheet."""

from dataclasses import replace

from survey.screen.evidence.sheet import Block, Sheet


def with_conclusion(sheet: Sheet, text: str) -> Sheet:
    """Return a sheet with the words written down together as its last block; the same sheet when there are none."""
    if not text:
        return sheet
    lines = tuple(line for line in text.splitlines() if line.strip())
    return replace(sheet, blocks=(*sheet.blocks, Block("What was concluded together", sentences=lines)))
