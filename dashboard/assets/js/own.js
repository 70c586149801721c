/* Keeps named lists of authorities on the reader's own device, offers them where a list can be
   used, and narrows long rows of boxes to the names that contain what is written. */
(function () {
  "use strict";

  var KEPT = "outcomes-lists";
  var MOST = 50;
  var touched = ""; // the box that was ticked last
  var written = ""; // what the boxes were narrowed to, for when the line is painted anew

  function read() {
    try {
      var held = JSON.parse(localStorage.getItem(KEPT));
      return Array.isArray(held) ? held.filter(isList) : [];
    } catch (error) {
      return []; // storage can be switched off, or hold what is no list
    }
  }

  function isList(one) {
    return one && typeof one.named === "string" && /^[A-Z0-9,]+$/.test(one.own);
  }

  function write(lists) {
    try {
      localStorage.setItem(KEPT, JSON.stringify(lists.slice(0, MOST)));
      return true;
    } catch (error) {
      return false;
    }
  }

  function keep(list) {
    var others = read().filter(function (one) { return one.named !== list.named; });
    return write([list].concat(others));
  }

  function forget(named) {
    write(read().filter(function (one) { return one.named !== named; }));
  }

  function say(words) {
    document.getElementById("announcement").textContent = words;
  }

  function made(tag, words, more) {
    var element = document.createElement(tag);
    element.textContent = words;
    Object.assign(element, more || {});
    return element;
  }

  function count(list) {
    return list.own.split(",").length;
  }

  // The address of a page with a list on it: commas and colons stay to be read.
  function addressOf(path, list) {
    var target = new URL(path, location.href);
    target.searchParams.set("own", list.own);
    target.searchParams.set("named", list.named);
    return target.pathname + target.search.replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/\+/g, "%20");
  }

  function linkTo(path, list) {
    return made("a", list.named + " (" + count(list) + ")", { href: addressOf(path, list) });
  }

  function button(words, label, act) {
    var made_ = made("button", words, { type: "button", className: "plain-button" });
    if (label) made_.setAttribute("aria-label", label);
    made_.addEventListener("click", act);
    return made_;
  }

  function keepButton(place) {
    var list = { own: place.dataset.codes, named: place.dataset.called || "List of " + count({ own: place.dataset.codes }) };
    var isKept = read().some(function (one) { return one.named === list.named && one.own === list.own; });
    if (isKept) return made("p", "This list is kept as “" + list.named + "”.");
    return button("Keep this list as “" + list.named + "”", "", function () {
      say(keep(list) ? "The list is kept on this device." : "This browser keeps nothing.");
      fill();
      place.tabIndex = -1;
      place.focus({ preventScroll: true });
    });
  }

  function item(list) {
    var line = document.createElement("li");
    line.append(linkTo("/own", list), " ", button("Delete", "Delete the list " + list.named, function () {
      forget(list.named);
      say("The list " + list.named + " is deleted.");
      fill();
      document.getElementById("main").focus({ preventScroll: true });
    }));
    return line;
  }

  function fillKept(place) {
    var lists = read();
    place.replaceChildren();
    if (place.dataset.codes) place.append(keepButton(place));
    if (!lists.length) place.append(made("p", "No list is kept here yet."));
    var all = document.createElement("ul");
    all.className = "kept-lists";
    lists.forEach(function (list) { all.append(item(list)); });
    if (lists.length) place.append(all);
  }

  function fillOffered(place) {
    place.replaceChildren();
    read().forEach(function (list, position) {
      place.append(position ? " · " : "Lists kept on this device: ", linkTo(place.dataset.address, list));
    });
  }

  function fillAddress() {
    var place = document.getElementById("own-address");
    if (place) place.textContent = location.origin + place.dataset.path;
  }

  // React may hand an element on to another page: what was put into it must not stay.
  function clear() {
    document.querySelectorAll("[data-own-filled]").forEach(function (place) {
      if (place.id !== "own-kept" && !place.matches(".own-offered")) {
        place.replaceChildren();
        delete place.dataset.ownFilled;
      }
    });
  }

  function fill() {
    clear();
    fillAddress();
    document.querySelectorAll("#painted #own-kept, #painted .own-offered").forEach(function (place) {
      if (place.id === "own-kept") fillKept(place);
      else fillOffered(place);
      place.dataset.ownFilled = "true";
    });
  }

  function narrow() {
    var line = document.getElementById("narrow");
    if (!line) {
      written = "";
      return;
    }
    line.value = written;
    var words = written.trim().toLowerCase();
    document.querySelectorAll(".own-region").forEach(function (region) {
      var shown = 0;
      region.querySelectorAll("li").forEach(function (line_) {
        line_.hidden = !line_.textContent.toLowerCase().includes(words);
        shown += line_.hidden ? 0 : 1;
      });
      region.hidden = !shown;
      if (words && shown) region.open = true;
    });
  }

  // A region stays open, and the focus in it, when its last tick is taken out.
  function reopen() {
    var box = touched && document.getElementById(touched);
    touched = "";
    if (!box || !box.closest(".own-region")) return;
    box.closest(".own-region").open = true;
    if (document.activeElement === document.body) box.focus({ preventScroll: true });
  }

  document.addEventListener("change", function (event) {
    if (event.target.closest(".own-region")) touched = event.target.id;
  });
  document.addEventListener("input", function (event) {
    if (event.target.id !== "narrow") return;
    written = event.target.value;
    narrow();
  });
  document.addEventListener("DOMContentLoaded", function () {
    window.outcomes.arrived.push(function () { fill(); narrow(); reopen(); });
  });
})();
