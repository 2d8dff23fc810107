"""The styles and scripts of audience pages: made small, sent inside the page, known to its policy by hash."""

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from string import ascii_letters

STATIC = Path(__file__).parent / "static"


def small_style(style: str) -> str:
    """Return a style sheet without comments and needless space. An empty property keeps its one space, as it must."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = re.sub(r"\s+", " ", style)
    return re.sub(r"(?<!:) ?([{};,]) ?", r"\1", style).replace(";}", "}").strip()


def small_script(script: str) -> str:
    """Return a script without comments and needless space, every ``$name`` cut to a letter. Lines stay lines."""
    script = re.sub(r"^\s*//.*$", "", script, flags=re.MULTILINE)
    script = re.sub(r"\s*\n\s*", "\n", script).strip()
    script = re.sub(r" ?([-+*/%=<>&|?:,;(){}!]+) ?", r"\1", script)
    script = re.sub(r"(?<=[{(,])\n|\n(?=[})])", "", script)
    names = [name for name, _ in Counter(re.findall(r"\$\w+", script)).most_common()]
    letters = dict(zip(names, ascii_letters, strict=False))
    return re.sub(r"\$\w+", lambda name: letters[name[0]], script)


def _hash(inlined: str) -> str:
    return f"'sha256-{b64encode(sha256(inlined.encode()).digest()).decode()}'"


def policy(styles: Sequence[str], scripts: Sequence[str]) -> str:
    """Return the policy of a page with these styles and scripts inside: they alone run, and may ask this house only."""
    return (
        f"default-src 'none'; style-src {_hashes(styles)}; script-src {_hashes(scripts)}; connect-src 'self'; "
        "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _hashes(inlined: Sequence[str]) -> str:
    return " ".join(_hash(each) for each in inlined)


STYLE = small_style((STATIC / "phone.css").read_text(encoding="utf-8"))
SCRIPT = small_script((STATIC / "phone.js").read_text(encoding="utf-8"))
KEEP_SCRIPT = small_script((STATIC / "keep.js").read_text(encoding="utf-8"))
POLICY = policy([STYLE], [SCRIPT, KEEP_SCRIPT])
"""Our own style, our own scripts, which may ask this house only; nothing else runs and nothing is fetched."""
ROOM_STYLE = small_style((STATIC / "room.css").read_text(encoding="utf-8"))
ROOM_SCRIPT = small_script((STATIC / "room.js").read_text(encoding="utf-8"))
ROOM_POLICY = policy([STYLE, ROOM_STYLE], [ROOM_SCRIPT, KEEP_SCRIPT])
"""The same for the page of the discussion, which has a style and a script more of its own."""
