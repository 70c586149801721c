/* Copies the text that a button names, and says that it did. */
(function () {
  "use strict";

  function tell(words) {
    document.getElementById("announcement").textContent = words;
  }

  function copied(button) {
    button.classList.add("copied");
    tell("Copied");
    setTimeout(function () { button.classList.remove("copied"); }, 2000);
  }

  // Where the clipboard is closed to pages, the text is marked for the reader to copy.
  function mark(text) {
    getSelection().selectAllChildren(text);
    tell("The text is marked: copy it with your keyboard");
  }

  // For other scripts. A page without a right to the clipboard, as over http, copies what is marked.
  window.outcomes.copyWords = function (words) {
    if (navigator.clipboard) return navigator.clipboard.writeText(words);
    var line = document.createElement("textarea");
    line.value = words;
    document.body.append(line);
    line.select();
    var isCopied = document.execCommand("copy");
    line.remove();
    return isCopied ? Promise.resolve() : Promise.reject(new Error("not copied"));
  };

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-copies]");
    var text = button && document.getElementById(button.dataset.copies);
    if (!text) return;
    if (!navigator.clipboard) return mark(text);
    navigator.clipboard.writeText(text.textContent).then(
      function () { copied(button); },
      function () { mark(text); }
    );
  });
})();
