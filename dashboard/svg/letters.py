"""How wide words are in the font of pictures, so that they can be put into lines beforehand."""

from collections.abc import Mapping
from typing import Final

_FIRST: Final = 32
_THOUSAND: Final = 1000


def _widths(table: str) -> Mapping[str, int]:
    return {chr(_FIRST + place): int(width) for place, width in enumerate(table.split())}


_REGULAR: Final = _widths("""
200 289 426 497 497 824 609 249 303 303 418 497 249 311 249 350 497 497 497 497 497 497
497 497 497 497 249 249 497 497 497 425 847 543 588 571 615 527 494 617 652 263 479 579
486 727 647 664 566 664 569 534 536 645 515 786 513 476 539 303 350 303 497 500 542 504
553 456 555 496 292 504 544 247 247 495 255 829 547 542 555 555 347 419 338 544 467 719
446 467 425 303 241 303 497
""")
_BOLD: Final = _widths("""
200 340 537 528 528 857 667 300 344 344 457 528 300 332 300 339 528 528 528 528 528 528
528 528 528 528 300 300 528 528 528 463 902 573 605 582 635 548 524 638 674 301 509 614
518 762 665 684 596 684 613 556 556 665 556 813 567 525 541 344 339 344 528 500 555 527
573 468 573 518 341 534 571 277 278 548 286 857 572 555 573 573 398 443 383 568 523 776
514 521 460 344 268 344 528
""")
"""The letters from the space to the tilde, in thousandths of the size of the letters, as the font
has them. A test compares both tables with the font."""
_OTHERS: Final = {"–": 480, "’": 300, "‘": 300, "·": 300, "…": 978}
_ANY: Final = 620
# Where a viewer lacks our font, the usual one is wider: Arial by a tenth.
_ROOM_FOR_ANOTHER_FONT: Final = 1.1


def width_of(words: str, size: float, *, is_bold: bool = False) -> float:
    """Return how wide words are in letters of a size, in the unit of that size."""
    table = _BOLD if is_bold else _REGULAR
    return sum(table.get(c) or _OTHERS.get(c, _ANY) for c in words) * size / _THOUSAND


def wrapped(words: str, size: float, room: float, *, is_bold: bool = False) -> list[str]:
    """Return words in lines that fit into a room, a longer word alone in its line."""
    most = room / _ROOM_FOR_ANOTHER_FONT
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, is_bold=is_bold) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def balanced(words: str, size: float, room: float, *, is_bold: bool = False) -> list[str]:
    """Return words in as few lines as fit into a room, and these about equally long."""
    lines = wrapped(words, size, room, is_bold=is_bold)
    for share in range(95, 50, -5):
        narrower = wrapped(words, size, room * share / 100, is_bold=is_bold)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines
