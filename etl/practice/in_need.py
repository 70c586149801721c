"""Made-up counts of children in need, year after year."""

from collections.abc import Iterator
from typing import Final

from etl.practice.authority import Counts, Flow, MadeUp, flow, listed, restated, totals
from indicators.measures import Collection

_NOT_IN_NEED: Final = 0.10
"""Share of last year's open cases that were later closed as not in need, and so drop out."""
_MORE_THAN_KNOWN: Final = 1.15
"""Those in need include those on plans and looked after, and some more."""


def in_need(made: MadeUp, collection: Collection) -> Iterator[tuple[int, Counts]]:
    """Yield the counts of each year that the authority existed."""
    first = made.years[0]
    held = made.draws.count("cin first", made.expected("cin_open", first))
    plans = made.draws.count("cpp first", made.expected("cpp_open", first))
    for year in made.years:
        asked = _referrals(made, year)
        met = _conferences(made, year, asked["S47"])
        begun = made.share("cpp_start_of_icpc", year, met["ICPC"])
        target = made.expected("cpp_open", year)
        planned = flow(made.draws, "cpp", plans, begun, begun, target)
        needed = _episodes(made, year, held)
        yield year, _of_year(made, collection, year, {**asked, **met}, planned, needed)
        held, plans = needed.held, planned.held


def _of_year(
    made: MadeUp,
    collection: Collection,
    year: int,
    asked: dict[str, int],
    planned: Flow,
    needed: Flow,
) -> Counts:
    factors = made.draws.part("fac_ep", asked["ASS"], 0.92)
    found = [
        made.share(f"factor {code}", year, factors)
        for code in collection.code_lists["factor"].codes
    ]
    durations = _durations(made, year, planned.held)
    again = made.share("cpp_repeat", year, planned.started)
    return {
        **totals(
            {
                **asked,
                "CIN_OPEN": needed.held,
                "CIN_START": needed.started,
                "CIN_END": needed.ended,
                "CIN_ANY": needed.held + needed.ended,
                "CIN_AWAIT": made.draws.part("cin_await", needed.held, 0.04),
                "CPP_OPEN": planned.held,
                "CPP_OPEN_PRIOR": restated(made.draws, "cpp prior", planned.prior),
                "CPP_START": planned.started,
                "CPP_END": planned.ended,
                "CPP_REPEAT": again,
                "CPP_REPEAT24": made.draws.part("cpp_repeat24", again, 0.45),
                "CPP_OPEN_2Y": durations[-1],
                "CPP_END_2Y": made.share("cpp_end_2y", year, planned.ended),
                "CPREV_DUE": (due := made.draws.part("cprev due", planned.held, 0.69)),
                "CPREV_OK": made.share("cprev_ok", year, due),
                "FAC_EP": factors,
            }
        ),
        **listed(collection, "CPP_DUR", "duration", durations),
        **listed(collection, "FAC", "factor", found),
    }


def _referrals(made: MadeUp, year: int) -> dict[str, int]:
    referred = made.draws.count("ref", made.expected("ref", year))
    no_action = made.share("ref_nfa", year, referred)
    assessed = made.share("ass_of_ref", year, referred - no_action)
    return {
        "REF": referred,
        "REF_RE12": made.share("ref_re12", year, referred),
        "REF_NFA": no_action,
        "ASS": assessed,
        "ASS_45": made.share("ass_45", year, assessed),
        "S47": made.draws.count("s47", made.expected("s47", year)),
    }


def _conferences(made: MadeUp, year: int, enquiries: int) -> dict[str, int]:
    held = made.share("icpc_of_s47", year, enquiries)
    moved_in = made.share("icpc_xfer", year, held)
    # The share is of all conferences; those who moved in had no enquiry to be counted from.
    on_time = made.level("icpc_15", year) / (1 - made.level("icpc_xfer", year))
    return {
        "ICPC": held,
        "ICPC_15": made.draws.part("icpc_15", held - moved_in, on_time),
        "ICPC_XFER": moved_in,
    }


def _episodes(made: MadeUp, year: int, held: int) -> Flow:
    opening = held - made.draws.part("cin not in need", held, _NOT_IN_NEED)
    started = made.draws.count("cin started", made.expected("cin_start", year))
    known = made.expected("cla_open", year) + made.expected("cpp_open", year)
    target = max(made.expected("cin_open", year), _MORE_THAN_KNOWN * known)
    usual = made.usual("cin_start", year) - _NOT_IN_NEED * held - made.drift("cin_open", year)
    return flow(made.draws, "cin", opening, started, usual, target)


def _durations(made: MadeUp, year: int, plans: int) -> list[int]:
    long = made.share("cpp_open_2y", year, plans)
    return [*made.draws.split("durations", plans - long, made.parts("duration_rest"), 100), long]
