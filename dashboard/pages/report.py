"""Where there is no report as a file, or a reader comes here without asking for the file: why."""

from dashboard.client import ApiClient
from dashboard.components.authority_reports import report_ways
from dashboard.components.text import bullets, heading, lead
from dashboard.page import Page, link, node
from dashboard.report.profile import profile_of
from dashboard.state import State, authority_address
from dashboard.words.periods import day


async def page(client: ApiClient, state: State) -> Page:
    """Return the page; raises ApiError for what has no report."""
    area = await client.area(state.subject, state.release)
    name, code = area.data["name"], area.data["code"]
    way = link(f"The page of {name}", authority_address(code, State(release=state.release)))
    if area.data["last_day"]:
        said = (
            f"{name} ended on {day(area.data['last_day'])}, and the latest figures are of later "
            "periods. There is no report of it; its page holds the last figures."
        )
        return Page(
            title=f"No report of {name}",
            description=said,
            content=[heading(f"No report of {name}"), lead(said), node("P", way, ".")],
            status=404,
        )
    await profile_of(client, state, area)  # what the API refuses of a report is told here as well
    return Page(
        title=f"Reports of {name}",
        description=f"The profile of {name} as files.",
        content=[
            heading(f"Reports of {name}"),
            lead(f"The profile of {name} as files."),
            bullets([*report_ways(code, state), way]),
        ],
    )
