/* The first picture: until the page's own script runs, title and map stand where they will be. */
(function () {
  "use strict";

  const NARROW = 720; /* as in shell.js */
  const still = document.currentScript.previousElementSibling;
  /* A link to another view waits for that one. */
  if (window.location.hash.length > 1) return still.remove();
  const tall = (name) => (still.querySelector(name) || { offsetHeight: 0 }).offsetHeight;
  still.classList.add("mc");
  still.classList.toggle("mc-narrow", still.clientWidth < NARROW);
  still.style.setProperty("--mc-head", tall(".mc-head") + "px");
  still.style.setProperty("--mc-rest", tall(".mc-head") + tall(".mc-time") + tall(".mc-elsewhere") + "px");
  if (!window.matchMedia("(prefers-color-scheme: dark)").matches) return;
  still.classList.add("mc-dark");
  for (const part of still.querySelectorAll("[data-night]")) part.setAttribute("fill", part.dataset.night);
})();
