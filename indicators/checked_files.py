"""Reading a YAML file into a frozen model, with every fault placed by file, line and field."""

import difflib
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from indicators.strict_yaml import Document, StrictYamlError, Tree, read_document

Model = TypeVar("Model", bound=BaseModel)

_CLOSE_ENOUGH: Final = 0.6


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in a file; `str` gives `file:line: field: what is wrong`."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        field = f"{self.field}: " if self.field else ""
        return f"{self.file}:{self.line}: {field}{self.message}"


@dataclass(frozen=True)
class Checked(Generic[Model]):
    """A file that was read: its model, where its lines are, and what it is called."""

    path: Path
    model: Model
    document: Document

    def problem(self, field: Sequence[str | int], message: str) -> Problem:
        """Place a fault that only shows beside other fields or other files."""
        line = self.document.line_of(field)
        return Problem(self.path.name, line, dotted(field), message)


def read_checked(path: Path, model: type[Model]) -> tuple[Checked[Model] | None, list[Problem]]:
    """Read one file; returns the checked file, or None and every problem found in it."""
    try:
        document = read_document(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = "not UTF-8 text; save the file as UTF-8"
        return None, [Problem(path.name, line, "", message)]
    except StrictYamlError as error:
        return None, [Problem(path.name, error.line, "", error.message)]
    try:
        built = model.model_validate(document.tree)
    except ValidationError as error:
        return None, [_problem(path, document, model, fault) for fault in error.errors()]
    return Checked(path, built, document), []


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for the nearest known word, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=_CLOSE_ENOUGH)
    return f"; did you mean '{near[0]}'?" if near else ""


def dotted(field: Sequence[str | int]) -> str:
    """Write a path as people do: `sources[1].table` (counted from 1)."""
    text = ""
    for part in field:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def _problem(
    path: Path, document: Document, model: type[BaseModel], fault: ErrorDetails
) -> Problem:
    field = _written_path(document.tree, fault["loc"])
    message = _message(fault, field, model)
    return Problem(path.name, document.line_of(field), dotted(field), message)


def _written_path(tree: Mapping[str, Tree], loc: Sequence[str | int]) -> tuple[str | int, ...]:
    """Drop what pydantic adds to a path (names of alternatives), keep what the file says."""
    written: list[str | int] = []
    here: Tree | Mapping[str, Tree] | None = tree
    for place, part in enumerate(loc):
        inside = _part_of(here, part)
        is_named_here = place == len(loc) - 1 and isinstance(here, Mapping)
        if inside is not None or is_named_here:
            written.append(part)
            here = inside
    return tuple(written)


def _part_of(tree: Tree | Mapping[str, Tree] | None, part: str | int) -> Tree | None:
    if isinstance(tree, Mapping) and isinstance(part, str):
        return tree.get(part)
    if isinstance(tree, list) and isinstance(part, int) and part < len(tree):
        return tree[part]
    return None


def _message(fault: ErrorDetails, field: Sequence[str | int], model: type[BaseModel]) -> str:
    kind, found, context = fault["type"], fault["input"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        known = _fields_beside(model, field)
        return f"no such field{suggestion(str(field[-1]), known)}"
    if kind == "value_error":
        return str(context["error"])
    if kind in {"enum", "literal_error"}:
        return _not_one_of(str(found), str(context["expected"]))
    template = _SENTENCES.get(kind)
    if template is None:
        return f"{fault['msg'][0].lower()}{fault['msg'][1:]}"
    return template.format(found=_shown(found), **context)


_SENTENCES: Final[Mapping[str, str]] = {
    "missing": "is missing; add it to this block",
    "string_too_short": "is empty; write a value or remove the line",
    "string_type": "expected text, found {found}",
    "string_pattern_mismatch": "'{found}' does not have the expected form {pattern}",
    "int_parsing": "expected a whole number, found '{found}'",
    "int_type": "expected a whole number, found {found}",
    "float_parsing": "expected a number, found '{found}'",
    "bool_parsing": "expected true or false, found '{found}'",
    "bool_type": "expected true or false, found {found}",
    "greater_than_equal": "expected at least {ge}, found {found}",
    "less_than_equal": "expected at most {le}, found {found}",
    "tuple_type": "expected a list, found {found}",
    "mapping_type": "expected a block of fields, found {found}",
    "dict_type": "expected a block of fields, found {found}",
    "model_type": "expected a block of fields, found {found}",
    "date_from_datetime_parsing": "expected a date like 2025-11-26, found '{found}'",
    "date_parsing": "expected a date like 2025-11-26, found '{found}'",
}


def _shown(found: object) -> str:
    if isinstance(found, dict):
        return "a block of fields"
    if isinstance(found, list):
        return "a list"
    text = str(found)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _not_one_of(found: str, expected: str) -> str:
    words = expected.replace(" or ", ", ").replace("'", "").split(", ")
    return f"'{_shown(found)}' is not one of {', '.join(words)}{suggestion(found, words)}"


def _fields_beside(model: type[BaseModel], field: Sequence[str | int]) -> list[str]:
    """Return the fields that the block around a path may have."""
    here: list[type[BaseModel]] = [model]
    for part in field[:-1]:
        if isinstance(part, str):
            found = [kind.model_fields[part] for kind in here if part in kind.model_fields]
            here = [inner for info in found for inner in _models_in(info.annotation)] or here
    return [name for kind in here for name in kind.model_fields]


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    inside = get_args(annotation)
    if get_origin(annotation) in {Union, types.UnionType} or inside:
        return [model for part in inside for model in _models_in(part)]
    return []
