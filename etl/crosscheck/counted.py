"""What a cross-check comes to: counts by measure, by explanation, and of measures left out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from etl.crosscheck.declared import CrossCheck, CrossCheckError, Explanation, Measure, NotCompared
from etl.crosscheck.pairs import Outcome


@dataclass(frozen=True)
class Counted:
    """How many figures of one measure were compared, and what came of it."""

    measure: Measure
    compared: int
    equal: int
    explained: int
    not_explained: int
    only_theirs: int
    only_ours: int


def counted_by_measure(pairs: pd.DataFrame, check: CrossCheck) -> tuple[Counted, ...]:
    """Count pairs (with what `with_explanations` adds) for each measure, in declared order."""
    is_explained = pairs["is_explained"].to_numpy(dtype=bool)
    different = pairs["outcome"] == Outcome.DIFFERENT
    counts = {
        "equal": pairs["outcome"] == Outcome.EQUAL,
        "explained": different & is_explained,
        "not_explained": different & ~is_explained,
        "only_theirs": pairs["outcome"] == Outcome.ONLY_THEIRS,
        "only_ours": pairs["outcome"] == Outcome.ONLY_OURS,
    }
    by_name = {name: flags.groupby(pairs["measure"]).sum() for name, flags in counts.items()}
    found = []
    for measure in check.measures:
        if measure.measure not in by_name["equal"].index:
            msg = f"{measure.measure}: no figure of theirs or ours was found to compare"
            raise CrossCheckError(msg)
        row = {name: int(summed[measure.measure]) for name, summed in by_name.items()}
        compared = row["equal"] + row["explained"] + row["not_explained"]
        found.append(Counted(measure=measure, compared=compared, **row))
    return tuple(found)


def counted_by_explanation(
    pairs: pd.DataFrame, check: CrossCheck
) -> tuple[tuple[Explanation, int], ...]:
    """Count the differences that each explanation explains; 0 means that it is out of use."""
    counts = pairs["explanation"].value_counts()
    return tuple((one, int(counts.get(one.id, 0))) for one in check.explanations)


def counted_left_out(
    measures: Iterable[str], topics: Mapping[str, frozenset[str]], check: CrossCheck
) -> tuple[tuple[NotCompared, tuple[str, ...]], ...]:
    """Return each group of measures that are not compared, with its measures.

    A measure named in a group belongs there, whatever its topic. Raises CrossCheckError for one
    that is not compared and in no group or in two, and for one that is compared and not there.
    """
    held = set(measures)
    compared = {one.measure for one in check.measures}
    groups = tuple(
        (one, tuple(_members(one, held - compared, topics, check))) for one in check.not_compared
    )
    placed = Counter(name for _, members in groups for name in members)
    faults = [
        *(f"{name}: compared, but their file does not hold it" for name in compared - held),
        *(f"{name}: neither compared nor left out" for name in held - compared - set(placed)),
        *(f"{name}: left out for {n} reasons" for name, n in placed.items() if n > 1),
    ]
    if faults:
        raise CrossCheckError("\n".join(sorted(faults)))
    return groups


def _members(
    group: NotCompared,
    measures: Iterable[str],
    topics: Mapping[str, frozenset[str]],
    check: CrossCheck,
) -> Iterator[str]:
    named = {name for one in check.not_compared for name in one.measures}
    for name in sorted(measures):
        by_topic = name not in named and bool(topics.get(name, frozenset()) & set(group.topics))
        if name in group.measures or by_topic:
            yield name
