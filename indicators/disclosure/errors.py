"""Why a release may not be published as it stands; no message repeats a count."""


class DisclosureError(Exception):
    """A release may not be published as it stands; the message says why and what to do."""


class RecoverableError(DisclosureError):
    """Rule D07: hidden counts could still be worked out from what the release shows."""

    def __init__(self, count: int, where: tuple[str, ...] = ()) -> None:
        self.count = count
        self.where = where
        first = f", the first in {'; '.join(where[:3])}" if where else ""
        super().__init__(
            f"D07: {count} hidden counts could be worked out from what the release shows{first}; "
            "the release is blocked: leave these returns out, or redact figures beside them, and "
            "draft it again"
        )


class SmallCountsError(DisclosureError):
    """Rule D08: small counts of authorities would leave with the release."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            f"D08: {count} small counts would be published; the release is blocked: draft it again"
        )
