"""The fingerprint of a questionnaire's content: the same content has the same digest in every file layout."""

import hashlib
import json
from collections.abc import Mapping


def canonical(content: Mapping[str, object]) -> str:
    """Return content as JSON with sorted keys and no spaces: one spelling for one meaning."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(content: Mapping[str, object]) -> str:
    """Return the SHA-256 of content in hexadecimal."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
