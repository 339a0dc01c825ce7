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
    const height = narrow ? map + "px" : "";
    if (stage.style.height !== height) {
      stage.style.height = height;
      root.style.minHeight = narrow ? "0" : "";
      window.dispatchEvent(new Event("resize")); /* what Leaflet looks at its size for, before it moves anything */
    }
    return Math.ceil(root.offsetHeight - stage.offsetHeight + map);
  }

  function tell() {
    const height = to && wanted();
    if (!height || height === told) return;
    told = height;
    window.parent.postMessage({ type: "mapper:height", height }, to);
  }

  /* Once the map is whole: before, it would not make good a change of its size. */
  function watch() {
    if (!document.querySelector(".mc-ready")) return false;
    tell();
    const sizes = new ResizeObserver(tell);
    for (const node of document.querySelectorAll(".mc, .mc > *")) sizes.observe(node);
    return true;
  }

  function watchSoon() {
    if (watch()) return;
    const ready = new MutationObserver(() => watch() && ready.disconnect());
    ready.observe(document, { subtree: true, childList: true, attributeFilter: ["class"] });
  }

  window.addEventListener("message", (event) => {
    if (window.parent === window || event.source !== window.parent) return;
    if (!event.data || event.data.type !== "mapper:height?") return;
    const first = to === null;
    to = event.origin === "null" ? "*" : event.origin; /* who has no origin can only be spoken to so; a height is no secret */
    told = 0;
    if (first) watchSoon();
    else tell();
  });
})();
