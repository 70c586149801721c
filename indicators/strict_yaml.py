"""YAML read as plain text: every scalar a string, no key twice, every line remembered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import yaml
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Tree = str | list["Tree"] | dict[str, "Tree"]
Path = tuple[str | int, ...]

MAX_CHARACTERS: Final = 200_000
"""No definition is near this long; a longer file is something else."""

MAX_DEPTH: Final = 20
"""No definition is nested half as deep."""

_PLAIN_TAGS: Final = frozenset(
    {"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}
)
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Resolves nothing and constructs nothing; the C one is ten times as fast."""


class StrictYamlError(ValueError):
    """A file that is not the plain YAML we read; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(frozen=True)
class Document:
    """What a file says, and on which line each part of it begins."""

    tree: Mapping[str, Tree]
    lines: Mapping[Path, int]

    def line_of(self, path: Sequence[str | int]) -> int:
        """Return the line of a part, or of the nearest block around it."""
        where = tuple(path)
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


def read_document(text: str) -> Document:
    """Read one mapping of text; raises StrictYamlError at the first fault.

    Nothing in the text is executed or given a type: `no`, `1` and `2025-01-01` stay as written.
    """
    if len(text) > MAX_CHARACTERS:
        raise StrictYamlError(1, f"longer than {MAX_CHARACTERS} characters")
    root = _compose(text)
    if not isinstance(root, MappingNode):
        line = 1 if root is None else _line(root)
        raise StrictYamlError(line, "expected fields with values, one 'field: value' on a line")
    reader = _Reader()
    tree = reader.read(root, ())
    if not isinstance(tree, dict):  # a mapping node always gives one
        raise StrictYamlError(1, "expected fields with values")
    return Document(tree=tree, lines=reader.lines)


def _compose(text: str) -> Node | None:
    try:
        _look_through(text)
        node: Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 1 if mark is None else mark.line + 1
        raise StrictYamlError(line, f"not YAML: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise StrictYamlError(1, f"not YAML: {str(error).splitlines()[0]}") from None
    return node


def _look_through(text: str) -> None:
    """Refuse aliases, and deep nesting, which would use up the stack of the composer."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = 1 if event.start_mark is None else event.start_mark.line + 1
        if isinstance(event, AliasEvent):
            message = "anchors and aliases (& and *) are not allowed; write the text out"
            raise StrictYamlError(line, message)
        depth += isinstance(event, CollectionStartEvent)
        depth -= isinstance(event, CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise StrictYamlError(line, f"blocks are nested more than {MAX_DEPTH} deep")


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


class _Reader:
    """Walks the nodes of one file once, remembering lines."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}

    def read(self, node: Node, path: Path) -> Tree:
        """Turn a node into text, a list or a mapping."""
        _refuse_tags(node)
        self.lines.setdefault(path, _line(node))
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.read(item, (*path, place)) for place, item in enumerate(node.value)]
        return str(node.value)

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Tree]:
        found: dict[str, Tree] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key in found:
                first = self.lines[(*path, key)]
                message = f"'{key}' is given twice, first on line {first}; keep one"
                raise StrictYamlError(_line(key_node), message)
            self.lines[(*path, key)] = _line(key_node)
            found[key] = self.read(value_node, (*path, key))
        return found

    def _key(self, node: Node) -> str:
        _refuse_tags(node)
        if not isinstance(node, ScalarNode):
            raise StrictYamlError(_line(node), "a field name must be plain text")
        return str(node.value)


def _refuse_tags(node: Node) -> None:
    if node.tag not in _PLAIN_TAGS:
        message = f"tag '{node.tag}' is not allowed; write the value as plain text"
        raise StrictYamlError(_line(node), message)
