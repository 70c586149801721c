"""The tile map that ships is what its builder lays out: the whole search, some minutes long."""

import sys
import tempfile
from pathlib import Path

from reference import layout
from tests.tree import ROOT


def main() -> int:
    """Lay the map out anew and compare; 0 when it is the same, 1 when not, 3 without outlines."""
    shipped = ROOT / "reference" / "england" / "hexagons.csv"
    with tempfile.TemporaryDirectory() as folder:
        code = layout.main([*sys.argv[1:], "--to", folder])
        if code:
            return code
        same = (Path(folder) / shipped.name).read_bytes() == shipped.read_bytes()
    print("the tile map is the one that ships" if same else "the tile map differs")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
