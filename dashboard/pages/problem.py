"""Pages for when there is no page: unknown addresses, refused requests, failures."""

from dashboard.answers import ApiError
from dashboard.components.text import bullets, heading, lead
from dashboard.page import Page, link, node

_NOT_FOUND = 404
_SERVER_ERROR = 500


def not_found() -> Page:
    """Return the page for an address that is none of ours."""
    sentence = "There is no page at this address."
    return Page(
        "Page not found",
        sentence,
        [heading("Page not found"), lead(sentence), _ways_on()],
        status=_NOT_FOUND,
    )


def refused(error: ApiError, path: str) -> Page:
    """Return the page for what the API refused, with its reason, suggestions and a way back."""
    if error.status >= _SERVER_ERROR:
        return failed()
    title = "Not found" if error.status == _NOT_FOUND else "This cannot be shown"
    sentence = _sentence(error.detail or error.title)
    suggestions = [str(suggestion) for suggestion in error.suggestions]
    return Page(
        title,
        sentence,
        [
            heading(title),
            lead(sentence),
            [node("P", "Did you mean:"), bullets(suggestions)] if suggestions else None,
            _ways_on("" if error.status == _NOT_FOUND else path),
        ],
        status=error.status,
    )


def failed() -> Page:
    """Return the page for a failure of ours."""
    sentence = "Sorry, there is a problem with the service. Please try again in a few minutes."
    return Page(
        "Problem with the service",
        sentence,
        [heading("Problem with the service"), lead(sentence), _ways_on()],
        status=_SERVER_ERROR,
    )


def _sentence(text: str) -> str:
    ended = text if text.endswith((".", "?", "!")) else f"{text}."
    return ended[:1].upper() + ended[1:]


def _ways_on(path: str = "") -> object:
    """Return where to go instead; `path` is that of the same page without any choice."""
    return bullets(
        [
            *([link("The same page without any choice", path)] if path else []),
            link("Overview of all indicators", "/"),
            link("Find an authority", "/areas"),
            link("About the data", "/about"),
        ]
    )
