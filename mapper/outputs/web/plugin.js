/* The control map as one Leaflet layer: it takes a map over when added, and gives it back as it was when removed. */
(function (M) {
  "use strict";

  const KEPT = ["tabindex", "role", "aria-label", "style"];

  /** It waits until the page's first picture, where there is one, has been seen. "options" are {opens, opacity, fit, ground, box}, as Python gives them. */
  M.timeline = function (id, options) {
    const Timeline = L.Layer.extend({
      onAdd(map) {
        const first = document.querySelector(".mc-still");
        if (!first) return this._begin(map);
        const callOff = M.afterPaint(() => {
          first.remove();
          this._begin(map);
        });
        this._end = callOff;
      },
      _begin(map) {
        const before = remember(map);
        const fit = options.fit && !this._state;
        const app = M.start(map, id, Object.assign({}, options, { fit, state: this._state }));
        this._end = () => {
          this._state = app.state;
          app.end();
          app.parts.root.replaceWith(map.getContainer());
          before();
        };
      },
      onRemove() {
        this._end();
        this._end = null;
      },
    });
    return new Timeline();
  };

  /** Take down how a map is, and give the way back to it. */
  function remember(map) {
    const container = map.getContainer();
    const attributes = KEPT.map((name) => [name, container.getAttribute(name)]);
    const { maxBounds } = map.options;
    const keyboard = map.keyboard && map.keyboard.enabled();
    if (keyboard) map.keyboard.disable();
    return () => {
      container.classList.remove("mc-over");
      for (const [name, value] of attributes) {
        if (name === "style") container.style.cssText = value || "";
        else if (value === null) container.removeAttribute(name);
        else container.setAttribute(name, value);
      }
      map.setMaxBounds(maxBounds || null);
      if (keyboard) map.keyboard.enable();
      map.invalidateSize({ animate: false, pan: false });
    };
  }

  /** Fit the page into the place that the map had, and beside what the map has already. */
  M.dress = function ({ map, parts }, { opacity, ground, box }) {
    const { root } = parts;
    const { style } = map.getContainer();
    [root.style.width, root.style.height] = box;
    [style.width, style.height, style.left, style.top] = ["100%", "100%", "0", "0"];
    root.style.setProperty("--mc-opacity", opacity);
    root.classList.toggle("mc-no-ground", !ground);
    root.classList.toggle("mc-foreign-zoom", Boolean(map.zoomControl));
  };
})(window.MapperControl);
