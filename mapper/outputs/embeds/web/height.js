/* In the map's own page: say how tall it wants to be, to the page around it and only once that has asked. */
(function () {
  "use strict";

  const SHAPE = 1.15; /* height of the map by its width; the country is taller than wide */
  const LEAST = 320;
  const MOST = 560;
  let to = null; /* who has asked */
  let told = 0;

  /** What all around the map takes, and the map itself as tall as it should be at this width. */
  function wanted() {
    const root = document.querySelector(".mc");
    const stage = root && root.querySelector(".mc-stage");
    if (!stage) return 0;
    const map = Math.round(Math.min(MOST, Math.max(LEAST, stage.clientWidth * SHAPE)));
    /* On a narrow screen the map is as tall as the screen, which is the frame: it would grow with it for ever. */
    const narrow = root.classList.contains("mc-narrow");
    stage.style.height = narrow ? map + "px" : "";
    root.style.minHeight = narrow ? "0" : "";
    return Math.ceil(root.offsetHeight - stage.offsetHeight + map);
  }

  function tell() {
    const height = to && wanted();
    if (!height || height === told) return;
    told = height;
    window.parent.postMessage({ type: "mapper:height", height }, to);
  }

  function watch() {
    tell();
    const sizes = new ResizeObserver(tell);
    for (const node of document.querySelectorAll(".mc, .mc > *")) sizes.observe(node);
  }

  window.addEventListener("message", (event) => {
    if (window.parent === window || event.source !== window.parent) return;
    if (!event.data || event.data.type !== "mapper:height?") return;
    const first = to === null;
    to = event.origin === "null" ? "*" : event.origin; /* who has no origin can only be spoken to so; a height is no secret */
    told = 0;
    if (!first) tell();
    else if (document.querySelector(".mc")) watch();
    else window.addEventListener("load", watch);
  });
})();
