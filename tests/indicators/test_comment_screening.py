"""What no comment may hold: persons, markup, hidden numbers, addresses that lead astray."""

from dataclasses import replace

import pytest

from indicators.comment_screening import CommentError, check_words, holds_number
from indicators.commentary import CommentKind, CommentReason, Words

WORDS = Words(
    CommentKind.CONTEXT,
    CommentReason.SYSTEM_CHANGE,
    "We moved to another case system in May 2024; 40 % of visits were entered late.",
)


def said(text: str, link: str = "", *, is_hidden: bool = False) -> Words:
    return check_words(replace(WORDS, text=text, link=link), is_hidden=is_hidden)


def test_a_plain_comment_is_kept_in_one_paragraph() -> None:
    assert (
        said("  We moved\n\nto another  case system. ").text == "We moved to another case system."
    )
    assert check_words(WORDS, is_hidden=False) == WORDS


@pytest.mark.parametrize(
    "text",
    [
        "Please write to jo.bloggs@example.org about it.",
        "The family at AB1 2CD moved away in spring.",
        "Pupil A123456789012 was counted by mistake.",
        "A child born 03/04/2011 was counted twice.",
        "A child born 2011-04-03 was counted twice.",
        "Ring 01234 567 890 for what lies behind it.",
    ],
)
def test_traces_of_a_person_are_refused_without_repeating_them(text: str) -> None:
    with pytest.raises(CommentError, match="public") as refused:
        said(text)
    assert not any(sign.isdigit() or sign == "@" for sign in str(refused.value))


@pytest.mark.parametrize("length", [19, 501])
def test_a_comment_is_20_to_500_characters(length: int) -> None:
    with pytest.raises(CommentError, match=f"{length} characters"):
        said("a" * length)
    assert said("a" * 20).text
    assert said("a" * 500).text


@pytest.mark.parametrize(
    "text",
    ["<b>We did rather well this year</b>", "See https://example.org for all of it", "a‮b" * 10],
)
def test_only_plain_text_is_taken(text: str) -> None:
    with pytest.raises(CommentError):
        said(text)


@pytest.mark.parametrize(
    "link",
    [
        "http://example.org/plan", "javascript:alert(1)", "https://localhost/x", "https://10.0.0.1",
        "https://user@example.org/", "https://example.org/a b", "https://example.org/\"onx", "plan",
        "https://[::1/", f"https://example.org/{'a' * 300}", "https://examplé.org/",
    ],
)  # fmt: skip
def test_a_link_is_the_address_of_a_named_site_over_https(link: str) -> None:
    with pytest.raises(CommentError, match="give the whole address"):
        said(WORDS.text, link)


def test_a_good_link_is_kept() -> None:
    assert said(WORDS.text, " https://www.example.org/plans/1?x=2 ").link.endswith("/1?x=2")


@pytest.mark.parametrize(
    "text",
    ["3", "٣", "³", "Ⅳ", "half of them", "Twenty-one left", "a single child", "up 5%", "none left"],
)
def test_numbers_are_found_in_figures_of_any_script_and_in_words(text: str) -> None:
    assert holds_number(text)
    with pytest.raises(CommentError, match="no number"):
        said(f"{WORDS.text} {text}", is_hidden=True)


def test_a_link_cannot_carry_a_number_past_the_rule() -> None:
    text = "Teams now visit families earlier than before."
    assert said(text, "https://www.example.org/plan", is_hidden=True).text == text
    with pytest.raises(CommentError, match="no number"):
        said(text, "https://www.example.org/plan/3", is_hidden=True)


def test_ordinary_words_are_no_numbers() -> None:
    assert not holds_number("Anyone who phones is often told of the weight of evidence")
