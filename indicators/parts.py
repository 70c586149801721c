"""What every declaration is made of: strict, frozen parts, ids, texts and dates."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]


def _real_date(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        msg = f"expected a date like 2025-11-26, found '{text}'"
        raise ValueError(msg) from None
    return text


DateText = Annotated[str, AfterValidator(_real_date)]


class Part(BaseModel):
    """A part of a definition: no unknown fields, no changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")
