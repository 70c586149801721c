"""What the reader chose, in the address and back."""

import string

from hypothesis import given
from hypothesis import strategies as st

from dashboard.state import (
    USUAL,
    State,
    authority_address,
    indicator_address,
    read_state,
    write_query,
)

CHOICE = st.text(string.ascii_letters + string.digits + ":,-_ £&=?#%+é", max_size=12).map(str.strip)


@given(
    st.builds(
        State,
        subject=CHOICE,
        area=CHOICE.filter(lambda word: word not in USUAL.values()),
        compare=CHOICE.filter(bool),
        period=CHOICE.filter(lambda word: word not in USUAL.values()),
        release=CHOICE,
        model=CHOICE,
        sort=CHOICE,
        code=CHOICE.filter(lambda word: word not in USUAL.values()),
    )
)
def test_a_state_comes_back_from_its_address(state: State) -> None:
    assert read_state(write_query(state), state.subject) == state


def test_what_is_usual_is_not_written() -> None:
    assert write_query(State(subject="rate")) == ""
    assert write_query(State(area="X1", compare="ofsted:leadership")) == (
        "area=X1&compare=ofsted:leadership"
    )


def test_blanks_and_usual_words_of_a_form_mean_the_usual() -> None:
    assert read_state("?area=none&compare=region&period=latest&release=") == State()


def test_the_last_of_repeated_choices_counts() -> None:
    assert read_state("area=X1&area=X2").area == "X2"


def test_what_is_not_known_is_left_aside() -> None:
    assert read_state("utm_source=letter&subject=other&area=X1", "rate") == State("rate", "X1")


def test_a_part_of_a_path_cannot_leave_its_place() -> None:
    assert indicator_address("../about?x") == "/indicators/..%2Fabout%3Fx"
    assert authority_address("X1", State(release="2025")) == "/areas/X1?release=2025"


def test_what_is_no_text_is_left_out_of_a_name() -> None:
    assert read_state("named=%00a%01%E2%80%AEb%ef%bf%be%20%C3%A9").named == "ab é"
    assert read_state("named=%01").named == ""
