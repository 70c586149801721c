/* Remembers the reader's authority on the reader's own device, and takes it along from page to
   page: into the address, so that a link still says all that is shown. */
(function () {
  "use strict";

  var KEPT = "outcomes-area";
  // Pages that show a chosen authority, by how their paths begin.
  var TAKES_AREA = /^\/(indicators\/|compare|heat|trends|gaps|pairs|scatter|proportionality)/;

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(KEPT));
    } catch (error) {
      return null; // storage can be switched off
    }
  }

  function keep(area) {
    try {
      if (area) localStorage.setItem(KEPT, JSON.stringify(area));
      else localStorage.removeItem(KEPT);
    } catch (error) { /* then the address alone remembers */ }
    show();
  }

  // The authority that the page shows: chosen in its form, or the page's own.
  function shown() {
    var page = document.querySelector("#painted [data-own]");
    if (page) return { code: page.dataset.own, name: page.dataset.called };
    var list = document.querySelector("#painted select#area");
    var code = new URLSearchParams(location.search).get("area");
    if (!list || !code || list.value !== code || !list.selectedOptions.length) return null;
    return { code: code, name: list.selectedOptions[0].textContent };
  }

  function show() {
    var place = document.getElementById("own-area");
    var area = kept();
    place.hidden = !area;
    place.replaceChildren();
    if (!area) return;
    place.append("Your authority: ", linkTo("/areas/" + encodeURIComponent(area.code), area.name));
    var here = new URL(location.href);
    if (TAKES_AREA.test(here.pathname) && here.searchParams.get("area") !== area.code) {
      here.searchParams.set("area", area.code);
      place.append(" · ", linkTo(here.pathname + plain(here.search), "Show it on this page"));
    }
    var forget = document.createElement("button");
    forget.type = "button";
    forget.className = "plain-button";
    forget.textContent = "Forget";
    forget.setAttribute("aria-label", "Forget " + area.name + " as your authority");
    forget.addEventListener("click", function () {
      keep(null);
      document.getElementById("announcement").textContent = "Your authority is forgotten.";
      document.getElementById("main").focus({ preventScroll: true });
    });
    place.append(" · ", forget);
  }

  function linkTo(address, words) {
    var link = document.createElement("a");
    link.href = address;
    link.textContent = words;
    return link;
  }

  function plain(query) {
    return query.replace(/%3A/g, ":").replace(/%2C/g, ",");
  }

  window.outcomes.withOwnArea = function (target) {
    var area = kept();
    var isOther = target.pathname !== location.pathname;
    if (!area || !isOther || !TAKES_AREA.test(target.pathname)) return target.href;
    if (target.searchParams.has("area")) return target.href;
    target.searchParams.set("area", area.code);
    target.search = plain(target.search);
    return target.href;
  };

  window.outcomes.arrived.push(function () {
    var area = shown();
    if (area) keep(area);
    else show();
  });

  // Whoever chooses no authority wants none to be taken along.
  document.addEventListener("change", function (event) {
    if (event.target.id === "area" && event.target.value === "none") keep(null);
  });
})();
