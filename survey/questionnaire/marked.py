"""YAML read with its lines: every mapping remembers where it and its keys stand, and how plain values are written there."""

from collections.abc import Collection, Hashable, Iterator, Mapping
from typing import Any

import yaml

try:  # libyaml reads ten times as fast
    from yaml import CSafeLoader as QuickLoader
except ImportError:  # an installation without it reads the same
    from yaml import SafeLoader as QuickLoader  # type: ignore[assignment]

BOOL, NULL, INT, MAP = (f"tag:yaml.org,2002:{name}" for name in ("bool", "null", "int", "map"))
WORDS = {f"tag:yaml.org,2002:{name}" for name in ("str", "bool", "null", "int", "float", "map", "seq")}


class Marked(dict[Any, Any]):
    """A mapping from a file: the ``line`` it begins on, and for its keys the lines and the values as ``written``."""

    def __init__(
        self, content: dict[Any, Any], line: int, lines: dict[str, int], written: dict[str, Any]
    ) -> None:
        super().__init__(content)
        self.line = line
        self.lines = lines
        self.written = written


def joined(
    first: Mapping[str, object], second: Mapping[str, object], *, but: Collection[str] = ()
) -> Mapping[str, object]:
    """Return both mappings as one, without some keys, with the lines that are known; the second has the last word."""
    content = {key: value for key, value in {**first, **second}.items() if key not in but}
    if not isinstance(second, Marked):
        return content
    lines, written = (first.lines, first.written) if isinstance(first, Marked) else ({}, {})
    return Marked(content, second.line, {**lines, **second.lines}, {**written, **second.written})


class Slip(Exception):
    """The file says something that YAML reads otherwise than its author meant; says what to write instead."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


class MarkedLoader(QuickLoader):
    """YAML that keeps its lines, and in which a key given twice is a mistake, not a replacement."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Return a mapping. Raises Slip for a key given twice, and for one that YAML reads as no word."""
        seen: dict[str, int] = {}
        for key, _value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            line = _line(key)
            if key.value in seen:
                raise Slip(
                    line,
                    f"The key {key.value!r} is there twice: it stands on line {seen[key.value]} already. Take one out.",
                )
            if key.tag in (BOOL, NULL) and key.value:
                raise Slip(line, f'YAML reads {key.value} as yes/no, not as a word. Write "{key.value}":.')
            seen[key.value] = line
        return super().construct_mapping(node, deep)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Return what a node holds. Raises Slip for a date and anything else that is no text or number."""
        if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:timestamp":
            raise Slip(_line(node), f'{node.value} was read as a date. Put it in quotes: "{node.value}".')
        return super().construct_object(node, deep)


def _marked(loader: MarkedLoader, node: yaml.MappingNode) -> Iterator[Marked]:
    keys = [(key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]
    lines = {key.value: _line(key) for key, _value in keys}
    written = {key.value: _written(value) for key, value in keys}
    made = Marked({}, _line(node), lines, written)
    yield made
    made.update(loader.construct_mapping(node))


def _written(node: yaml.Node) -> str | list[str] | None:
    """Return a plain value as it stands in the file, or those of a list; None for anything longer or in quotes."""
    if isinstance(node, yaml.ScalarNode):
        return None if node.style else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [str(each.value) for each in node.value if isinstance(each, yaml.ScalarNode)]
    return None


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


MarkedLoader.add_constructor(MAP, _marked)
