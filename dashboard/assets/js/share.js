/* “Share, save and embed” under a chart: fills in full addresses, which only the browser knows, and
   copies links, code, citations and pictures. Without this script, links stand in their place. */
(function () {
  "use strict";

  var SHOWN_FOR = 2000; // milliseconds for which a button says that it has copied

  function here() {
    return location.href.split("#")[0];
  }

  function full(place) {
    var value = place.dataset.full;
    return value ? value.replaceAll("ORIGIN", location.origin) : here();
  }

  function fill(fold) {
    fold.querySelectorAll("[data-full]").forEach(function (place) {
      if (place.tagName === "INPUT") place.value = full(place);
      else place.textContent = full(place);
    });
    var canCopy = navigator.clipboard && window.ClipboardItem;
    fold.querySelectorAll(".copies-picture").forEach(function (button) {
      button.hidden = !canCopy;
    });
  }

  function say(words) {
    var place = document.getElementById("announcement");
    if (place) place.textContent = words;
  }

  function show(button, words) {
    button.textContent = words;
    say(words + ": " + button.closest(".share-row").querySelector("dt").textContent);
    setTimeout(function () { button.textContent = button.dataset.words; }, SHOWN_FOR);
  }

  function copyPicture(button) {
    var picture = fetch(button.dataset.picture).then(function (answer) {
      if (!answer.ok) throw new Error("no picture");
      return answer.blob();
    });
    return navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
  }

  function wordsOf(button) {
    var row = button.closest("dd");
    var line = row.querySelector("input");
    return line ? line.value : row.querySelector(".citation").textContent;
  }

  function press(event) {
    var button = event.target.closest && event.target.closest(".copies, .copies-picture");
    if (!button) return;
    button.dataset.words = button.dataset.words || button.textContent;
    var isPicture = button.classList.contains("copies-picture");
    if (isPicture) button.textContent = "Copying…";
    (isPicture ? copyPicture(button) : window.outcomes.copyWords(wordsOf(button))).then(
      function () { show(button, "Copied"); },
      function () { show(button, isPicture ? "Not copied: save it instead" : "Not copied: select it instead"); }
    );
  }

  document.addEventListener("toggle", function (event) {
    if (event.target.classList.contains("chart-share") && event.target.open) fill(event.target);
  }, true);
  document.addEventListener("click", press);
  document.addEventListener("focusin", function (event) {
    if (event.target.classList.contains("share-line")) event.target.select();
  });
})();
