"""How long after a choice the page shows it: authorities and indicators, one after the other."""

import random
from collections.abc import Sequence

from playwright.sync_api import Browser, Page

# From the event of the choice until two frames after the page of the new address was painted.
_TIMED = """(change) => new Promise((resolve, reject) => {
  const begun = performance.now();
  const before = document.querySelector("#painted [data-ready]").dataset.view;
  const timer = setTimeout(() => reject(new Error("no page within 10 s")), 10000);
  const look = () => {
    const ready = document.querySelector("#painted [data-ready]");
    const main = document.getElementById("main");
    if (!ready || ready.dataset.view === before || main.hasAttribute("aria-busy")) return;
    seen.disconnect();
    clearTimeout(timer);
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - begun)));
  };
  const seen = new MutationObserver(look);
  seen.observe(document.getElementById("main"), {
    attributes: true, childList: true, subtree: true
  });
  if (change.value) {
    const list = document.getElementById(change.list);
    list.value = change.value;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  } else {
    window.outcomes.go(change.address);
  }
})"""


def changes_of(browser: Browser, address: str, indicators: Sequence[str], seed: int) -> list[float]:
    """Return the milliseconds of 40 changes of authority and 40 of indicator, in turn."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True).new_page()
    page.goto(f"{address}/indicators/{indicators[0]}")
    page.wait_for_selector("[data-ready]:visible")
    page.wait_for_load_state("networkidle")
    draw = random.Random(seed)
    areas = page.eval_on_selector_all("#area option", "all => all.map((one) => one.value)")
    codes = draw.sample([code for code in areas if code and code != "none"], 40)
    taken = []
    for place, code in enumerate(codes):
        taken.append(_timed(page, {"list": "area", "value": code}))
        other = indicators[(place + 1) % len(indicators)]
        taken.append(_timed(page, {"address": f"/indicators/{other}?area={code}"}))
    page.context.close()
    return taken


def _timed(page: Page, change: dict[str, str]) -> float:
    taken: float = page.evaluate(_TIMED, change)
    return taken


def latency(taken: Sequence[float], share: float) -> float:
    """Return the time within which that share of all came."""
    ordered = sorted(taken)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
