import io

from etl.progress import _lines, shown


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_elsewhere_than_on_a_terminal_there_is_a_line_now_and_then() -> None:
    out = io.StringIO()
    times = iter([0.0, 1.0, 2.5, 3.0, 9.0])
    step = _lines("reading", out, lambda: next(times))
    for done in range(4):
        step(done, 3, f"file {done}")
    assert out.getvalue() == "reading: 1 of 3, next file 1\n"


def test_short_work_says_nothing_where_there_is_no_terminal() -> None:
    out = io.StringIO()
    with shown("reading", out) as step:
        step(0, 1, "a file")
        step(1, 1, "")
    assert out.getvalue() == ""


def test_on_a_terminal_there_is_a_bar_that_goes_when_the_work_is_done() -> None:
    out = Terminal()
    with shown("reading", out) as step:
        step(0, 2, "a file")
        step(2, 2, "")
    assert "reading" in out.getvalue()
