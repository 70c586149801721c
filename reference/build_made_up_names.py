"""Names and codes of the country that does not exist (build time only)."""

from collections.abc import Iterator

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


def authority_names() -> Iterator[str]:
    """Yield 156 different names; 13 and 12 share no factor, so every pair of parts comes once."""
    for position in range(len(_FIRST_PARTS) * len(_LAST_PARTS)):
        first = _FIRST_PARTS[position % len(_FIRST_PARTS)]
        last = _LAST_PARTS[position % len(_LAST_PARTS)]
        yield _AWKWARD.get(position, first + last)
