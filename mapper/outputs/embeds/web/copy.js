/* Copy the text beside a button; where the browser refuses, mark it, so that a key copies it. */
(function () {
  "use strict";

  for (const button of document.querySelectorAll("button[data-copies]")) {
    const text = document.getElementById(button.dataset.copies);
    const said = button.nextElementSibling;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
        said.textContent = button.dataset.done;
      } catch (refused) {
        const range = document.createRange();
        range.selectNodeContents(text);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        text.focus();
        said.textContent = button.dataset.refused;
      }
    });
  }
})();
