/* Keyboard shortcuts, a list of them, and the menu of narrow windows. All can be switched off, as
   single keys can be in the way of those who speak to their computer (WCAG 2.1.4). */
(function () {
  "use strict";

  var OFF = "outcomes-keys-off";
  var WITHIN = 1500; // milliseconds between the two keys of a shortcut
  var PLACES = { o: "/", i: "/indicators", a: "/areas", d: "/data", m: "/methods" };
  var begun = 0;

  function isOff() {
    try { return localStorage.getItem(OFF) === "true"; } catch (error) { return false; }
  }

  function setOff(off) {
    try { localStorage.setItem(OFF, String(off)); } catch (error) { /* for this page only */ }
  }

  function isWriting(target) {
    return target.closest("input, textarea, select, [contenteditable], dialog");
  }

  function step(by) {
    var views = Array.from(document.querySelectorAll("#painted .views a"));
    var place = views.findIndex(function (view) { return view.hasAttribute("aria-current"); });
    var next = views[place + by];
    if (place >= 0 && next) next.click();
  }

  function goTo(letter) {
    var own = document.querySelector("#own-area a");
    if (letter === "y" && own) own.click();
    if (PLACES[letter]) window.outcomes.go(PLACES[letter]);
  }

  function press(event) {
    if (isOff() || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    var isSecond = Date.now() - begun < WITHIN;
    begun = 0;
    if (isSecond) goTo(event.key);
    else if (event.key === "g") begun = Date.now();
    else if (event.key === "[") step(-1);
    else if (event.key === "]") step(1);
    else if (event.key === "?") open();
    else if (event.key === "/") {
      event.preventDefault();
      document.getElementById("site-search").focus();
    }
  }

  function open() {
    document.getElementById("keys-off").checked = isOff();
    document.getElementById("keys").showModal();
  }

  function fold(isOpen) {
    document.getElementById("menu-button").setAttribute("aria-expanded", String(isOpen));
    document.getElementById("site-nav").classList.toggle("is-open", isOpen);
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.addEventListener("keydown", press);
    document.getElementById("keys-button").addEventListener("click", open);
    document.getElementById("keys-off").addEventListener("change", function (event) {
      setOff(event.target.checked);
    });
    document.getElementById("menu-button").addEventListener("click", function (event) {
      fold(event.currentTarget.getAttribute("aria-expanded") !== "true");
    });
    window.outcomes.arrived.push(function () { fold(false); });
  });
})();
