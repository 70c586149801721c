"""Areas of the country that does not exist, and the draws behind them (build time only)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from math import exp

COUNTRY = ("X92000001", "Made-up country")
REGIONS = (
    ("X12000001", "High Fells"),
    ("X12000002", "Lowmarch"),
    ("X12000003", "Saltcoast"),
    ("X12000004", "Midholt"),
    ("X12000005", "Riverlands"),
    ("X12000006", "Fenreach"),
    ("X12000007", "Great Port"),
    ("X12000008", "Chalk Downs"),
    ("X12000009", "Westermoor"),
)
PORT = "X12000007"
SUBREGIONS = (("X13000001", "Inner Port"), ("X13000002", "Outer Port"))
TINY = {"X09000001": 850, "X06000053": 320}
SPLIT_ON = "2021-04-01"
OLD, NEW_PAIR = "X10000022", ("X06000062", "X06000063")

_TYPES = (("X06", "town", 63), ("X08", "city", 36), ("X09", "borough", 33), ("X10", "vale", 21))

_FIRST_PARTS = (
    "Alver", "Brennow", "Corvel", "Dunmar", "Elster", "Farring", "Galden",
    "Hestle", "Ivender", "Kessel", "Lorrin", "Merrow", "Nethel",
)  # fmt: skip
_LAST_PARTS = (
    "by", "combe", "dale", "ford", "ham", "holt", "mere", "stead", "stow", "thorpe", "wick",
    "worth",
)  # fmt: skip
# A few awkward names, since real ones have commas, stops, hyphens and `and` in them.
_AWKWARD = {
    3: "Dunmar, Port of",
    17: "St. Ivender",
    29: "Elster-on-Merrow",
    41: "Kesselford and Lorrinham",
    67: "Brennow and Hestle",
}


@dataclass(frozen=True)
class Authority:
    """One made-up authority with the hidden traits that its figures are drawn from."""

    code: str
    name: str
    type: str
    number: str
    region: str
    subregion: str | None

    @property
    def need(self) -> float:
        """How deprived it is, between 0 and 1."""
        return draw(self.code, "need")

    @property
    def size(self) -> int:
        """Children at the first mid-year."""
        return TINY.get(self.code) or int(9000 * exp(3.2 * draw(self.code, "size")))

    @property
    def first_day(self) -> str | None:
        """The day the authority began, None when it always was."""
        return SPLIT_ON if self.code in NEW_PAIR else None


def draw(*key: object) -> float:
    """Return a number between 0 and 1 that depends on the key alone."""
    digest = sha256("/".join(str(part) for part in key).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def authorities() -> tuple[Authority, ...]:
    """Return the 153 authorities that exist, in order of code."""
    names = iter(authority_names())
    made: list[Authority] = []
    elsewhere = [region for region, _ in REGIONS if region != PORT]
    for prefix, area_type, count in _TYPES:
        for position in range(1, count + 1):
            in_port = area_type == "borough"
            made.append(
                Authority(
                    code=f"{prefix}{position:06d}",
                    name=next(names),
                    type=area_type,
                    number=str(101 + len(made)),
                    region=PORT if in_port else elsewhere[len(made) % len(elsewhere)],
                    subregion=SUBREGIONS[position > 14][0] if in_port else None,
                )
            )
    pair_region = next(a.region for a in made if a.code == NEW_PAIR[0])
    return tuple(_placed(area, pair_region) for area in made)


def _placed(area: Authority, pair_region: str) -> Authority:
    if area.code not in NEW_PAIR:
        return area
    side = "North" if area.code == NEW_PAIR[0] else "West"
    return Authority(area.code, f"{side} Galdenshire", area.type, area.number, pair_region, None)


def abolished(current: Iterable[Authority]) -> Authority:
    """Return the one authority that was split in two."""
    region = next(a.region for a in current if a.code in NEW_PAIR)
    return Authority(OLD, "Galdenshire", "vale", "299", region, None)


def authority_names() -> Iterator[str]:
    """Yield 156 different names; 13 and 12 share no factor, so every pair of parts comes once."""
    for position in range(len(_FIRST_PARTS) * len(_LAST_PARTS)):
        first = _FIRST_PARTS[position % len(_FIRST_PARTS)]
        last = _LAST_PARTS[position % len(_LAST_PARTS)]
        yield _AWKWARD.get(position, first + last)
