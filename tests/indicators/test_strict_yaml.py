"""Plain YAML only: text stays text, and what YAML does behind one's back is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.strict_yaml import MAX_CHARACTERS, StrictYamlError, read_document


@pytest.mark.parametrize("word", ["no", "NO", "on", "y", "01", "1_000", "2025-11-26", "null", "~"])
def test_a_scalar_stays_the_text_that_was_written(word: str) -> None:
    assert read_document(f"field: {word}\n{word}: field").tree == {"field": word, word: "field"}


def test_an_empty_scalar_is_empty_text() -> None:
    assert read_document("field:\nother: ''").tree == {"field": "", "other": ""}


def test_every_part_has_its_line() -> None:
    document = read_document("first: 1\nblock:\n  - name: a\n    kind: b\n  - name: c\n")
    assert document.line_of(("first",)) == 1
    assert document.line_of(("block", 0, "kind")) == 4
    assert document.line_of(("block", 1, "name")) == 5
    assert document.line_of(("block", 1, "missing", 3)) == 5
    assert document.line_of(()) == 1


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "'a' is given twice, first on line 1; keep one"),
        ("a: 1\nb:\n  c: 1\n  c: 2\n", 4, "'c' is given twice, first on line 3"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "is not allowed"),
        ("a: 1\nb: !!int 3\n", 2, "is not allowed"),
        ("a: &here text\nb: *here\n", 2, "anchors and aliases"),
        ("a: &here [*here]\n", 1, "anchors and aliases"),
        ("a: 1\nb: [1, 2\n", 3, "not YAML"),
        ("a: 1\n\tb: 2\n", 2, "not YAML"),
        ("a: 1\n---\nb: 2\n", 2, "not YAML"),
        ("- a\n- b\n", 1, "expected fields with values"),
        ("just text", 1, "expected fields with values"),
        ("", 1, "expected fields with values"),
        ("{[a, b]: c}\n", 1, "a field name must be plain text"),
        ("? {a: b}\n: c\n", 1, "a field name must be plain text"),
        ("a: \x00", 1, "not YAML"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(StrictYamlError) as refusal:
        read_document(text)
    assert (refusal.value.line, words in refusal.value.message) == (line, True)


def test_a_file_that_is_too_long_or_too_deep_is_refused() -> None:
    with pytest.raises(StrictYamlError, match="longer than"):
        read_document("a" * (MAX_CHARACTERS + 1))
    with pytest.raises(StrictYamlError):
        read_document("a: " + "[" * 50_000)
    with pytest.raises(StrictYamlError):
        read_document("a: " + "[" * 50_000 + "]" * 50_000)


def line_of_refusal(text: str) -> int | None:
    try:
        read_document(text)
    except StrictYamlError as refusal:
        return refusal.line
    return None


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    line = line_of_refusal(text)
    assert line is None or line >= 1
