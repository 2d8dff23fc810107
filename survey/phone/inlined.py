"""The one style and the one script of audience pages: made small, sent inside the page, known to the policy by hash."""

import re
from base64 import b64encode
from collections import Counter
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


STYLE = small_style((STATIC / "phone.css").read_text(encoding="utf-8"))
SCRIPT = small_script((STATIC / "phone.js").read_text(encoding="utf-8"))
POLICY = (
    f"default-src 'none'; style-src {_hash(STYLE)}; script-src {_hash(SCRIPT)}; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Our own style, our own script, which may ask this house only; nothing else runs and nothing is fetched."""
