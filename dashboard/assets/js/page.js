/* Paints drawings, puts Dash's page in the place of the first HTML, and keeps links and filters
   within one document. Without this script the first HTML, its links and its forms still work. */
(function () {
  "use strict";

  var PATIENCE = 10000; // milliseconds until a page that does not come is loaded as a document
  var SAID_AFTER = 1000; // milliseconds until those who listen are told that a page is loading
  var entry, main, patience, saying, shownPath, shownView, focused;

  document.documentElement.classList.add("js");

  // What this script painted, by element, so that React never meets it among its own children.
  var painted = new Map();

  function unpaint(place) {
    painted.get(place).nodes.forEach(function (node) { node.remove(); });
    painted.delete(place);
  }

  function paint() {
    painted.forEach(function (held, place) {
      if (!entry.contains(place)) painted.delete(place);
      else if (held.markup !== place.dataset.markup) unpaint(place);
    });
    entry.querySelectorAll("[data-markup]").forEach(function (place) {
      if (painted.has(place)) return;
      var template = document.createElement("template");
      template.innerHTML = place.dataset.markup;
      var nodes = Array.from(template.content.childNodes);
      painted.set(place, { markup: place.dataset.markup, nodes: nodes });
      place.append(template.content);
    });
  }

  function focusables(root) {
    return Array.from(root.querySelectorAll("a[href], button, select, input, summary"));
  }

  function replaceFirst(first) {
    // A reader may already be somewhere in the first HTML: keep the place and the focus.
    var place = focusables(first).indexOf(document.activeElement);
    first.remove();
    entry.hidden = false;
    if (place >= 0) {
      var same = focusables(entry)[place];
      if (same) same.focus({ preventScroll: true });
    }
    requestAnimationFrame(function () {
      requestAnimationFrame(function () { performance.mark("outcomes-ready"); });
    });
  }

  function announce(words) {
    document.getElementById("announcement").textContent = words;
  }

  function markCurrent(path) {
    document.querySelectorAll(".site-nav a").forEach(function (link) {
      var address = link.getAttribute("href");
      var isCurrent = path === address || (address !== "/" && path.startsWith(address + "/"));
      if (isCurrent) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
  }

  function arrive(ready) {
    var isOtherPage = shownPath !== undefined && shownPath !== ready.dataset.path;
    shownPath = ready.dataset.path;
    shownView = ready.dataset.view;
    clearTimeout(patience);
    clearTimeout(saying);
    main.removeAttribute("aria-busy");
    document.title = ready.dataset.title;
    markCurrent(shownPath);
    if (isOtherPage) {
      if (!location.hash) window.scrollTo(0, 0);
      main.focus({ preventScroll: true });
    } else if (focused && document.activeElement === document.body) {
      var again = document.getElementById(focused);
      var fold = again && again.closest("details");
      if (fold) fold.open = true; // who chooses within a fold goes on there
      if (again) again.focus({ preventScroll: true });
    }
    focused = undefined;
    announce(ready.dataset.sentence);
    var target = location.hash && document.getElementById(location.hash.slice(1));
    if (isOtherPage && target) target.scrollIntoView();
    unfold(location.hash);
    tellArrived();
  }

  // A link to a folded part unfolds it, and so does an address that ends with one.
  function unfold(hash) {
    var part = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    var fold = part && part.closest("details");
    if (!fold || fold.open) return;
    fold.open = true;
    part.scrollIntoView();
  }

  function settle() {
    var ready = entry.querySelector("[data-ready]");
    if (!ready) return;
    paint();
    if (ready.dataset.redirect) {
      location.replace(ready.dataset.redirect);
      return;
    }
    var first = document.getElementById("first");
    if (first) {
      shownPath = ready.dataset.path;
      shownView = ready.dataset.view;
      replaceFirst(first);
      unfold(location.hash);
      tellArrived();
    } else if (shownView !== ready.dataset.view) {
      arrive(ready);
    }
  }

  function isReady() {
    return !document.getElementById("first");
  }

  // What other files of this folder add: see memory.js and keys.js.
  window.outcomes = {
    go: go,
    withOwnArea: function (target) { return target.href; },
    arrived: []
  };

  function tellArrived() {
    window.outcomes.arrived.forEach(function (told) { told(); });
  }

  function go(address) {
    var target = new URL(address, location.href);
    var isSame = target.pathname === location.pathname && target.search === location.search;
    if (isSame) return;
    focused = document.activeElement && document.activeElement.id;
    clearTimeout(saying);
    saying = setTimeout(function () { announce("Loading the page"); }, SAID_AFTER);
    history.pushState({}, "", target.href);
    main.setAttribute("aria-busy", "true");
    clearTimeout(patience);
    patience = setTimeout(function () { location.assign(target.href); }, PATIENCE);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  function followLink(event) {
    var link = event.target.closest && event.target.closest("a[href]");
    if (!link || !isReady() || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    var address = link.getAttribute("href");
    var isPage = address.startsWith("/") || address.startsWith("?");
    if (!isPage || /^\/(api|assets|charts|embed)\//.test(address) || link.hasAttribute("download")) return;
    var target = new URL(address, location.href);
    if (target.pathname === location.pathname && target.search === location.search) return;
    event.preventDefault();
    go(window.outcomes.withOwnArea(target));
  }

  // Marks of a drawing lead where the links of its table lead: see svg/element.py.
  function followMark(event) {
    var mark = event.target.closest && event.target.closest("[data-go]");
    if (mark && isReady()) go(mark.dataset.go);
  }

  function formAddress(form) {
    var said = new Map();
    var usual = JSON.parse(form.dataset.usual);
    new FormData(form).forEach(function (value, name) {
      if (!value || value === (usual[name] || usual[""])) return;
      said.set(name, said.has(name) ? said.get(name) + "," + value : value);
    });
    var query = new URLSearchParams(Array.from(said)).toString().replace(/%3A/g, ":").replace(/%2C/g, ",");
    return form.getAttribute("action") + (query ? "?" + query : "");
  }

  function followForm(event) {
    var form = event.target.closest && event.target.closest("form[data-enhance]");
    if (!form || !isReady()) return;
    event.preventDefault();
    go(formAddress(form));
  }

  function followPart(event) {
    var link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link) unfold(link.getAttribute("href"));
  }

  document.addEventListener("DOMContentLoaded", function () {
    entry = document.getElementById("painted");
    main = document.getElementById("main");
    new MutationObserver(settle).observe(entry, {
      attributes: true,
      attributeFilter: ["data-markup", "data-view"],
      childList: true,
      subtree: true
    });
    document.addEventListener("click", followLink);
    document.addEventListener("click", followPart);
    document.addEventListener("click", followMark);
    window.addEventListener("hashchange", function () { unfold(location.hash); });
    document.addEventListener("submit", followForm);
    document.addEventListener("change", followForm);
  });
})();
