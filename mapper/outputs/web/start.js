/* Put it all together on one Leaflet map. */
(function (M) {
  "use strict";

  const MARGIN = 12;

  M.start = function (map, id) {
    const data = JSON.parse(document.getElementById(id).textContent);
    const listeners = [];
    const app = {
      id, map, data,
      scene: M.scene(data),
      record: M.record(data),
      parts: M.shell(map.getContainer(), id),
      state: {
        lang: data.lang,
        slice: data.dates.length - 1,
        selected: null,
        cursor: null,
        people: data.people.inside.first,
        abroad: data.people.abroad.first,
      },
      voice: M.voice(data.lang, data.languages[data.lang]),
      /** Hear of changes to some parts of the state. */
      on: (keys, listener) => listeners.push([keys, listener]),
      set(changes) {
        const changed = new Set(Object.keys(changes).filter((key) => app.state[key] !== changes[key]));
        if (!changed.size) return;
        Object.assign(app.state, changes);
        if (changed.has("lang")) app.voice = M.voice(app.state.lang, data.languages[app.state.lang]);
        tell(changed);
      },
      close() {
        app.set({ selected: null });
        app.parts.map.focus({ preventScroll: true });
      },
      whole: () => map.fitBounds(data.bounds, { padding: [MARGIN, MARGIN], animate: false }),
      toGrid(latlng) {
        const point = map.project(latlng, 0);
        return [(point.x - data.grid[0]) / data.grid[2], (point.y - data.grid[1]) / data.grid[2]];
      },
      toLatLng: (x, y) => map.unproject([data.grid[0] + x * data.grid[2], data.grid[1] + y * data.grid[2]], 0),
    };
    const tell = (changed) => {
      for (const [keys, listener] of listeners) if (keys.some((key) => changed.has(key))) listener(changed);
    };

    map.invalidateSize({ animate: false });
    app.whole();
    app.layer = M.layer(data.grid, app.scene.extent, M.drawing(app));
    for (const part of [M.frame, M.zoomButtons, M.legend, M.slider, M.people, M.changes, M.card, M.travel]) part(app);
    app.on(["slice"], () => app.layer.paint(["fills"]));
    app.on(["slice", "selected", "cursor"], () => app.layer.paint(["marks"]));
    app.on(["slice", "lang", "people", "abroad"], () => app.layer.paint(["names"]));
    tell(new Set(Object.keys(app.state)));
    map.invalidateSize({ animate: false });
    app.whole();
    map.setMaxBounds(L.latLngBounds(data.bounds).pad(0.75));
    app.layer.addTo(map);
    follow(app);
    M.apps = M.apps || {};
    M.apps[id] = app;
    return app;
  };

  /** Keep the whole country in view while the page changes its size, until the reader moves the map. */
  function follow(app) {
    let moved = false;
    app.map.on("dragstart", () => (moved = true));
    app.parts.map.addEventListener("wheel", () => (moved = true), { passive: true });
    app.parts.zoom.addEventListener("click", (event) => (moved = event.target !== app.parts.zoom.lastChild));
    if (!("ResizeObserver" in window)) return;
    let size = app.map.getSize();
    new ResizeObserver(() => {
      app.parts.measure();
      app.map.invalidateSize({ animate: false, pan: false });
      const now = app.map.getSize();
      if (now.equals(size)) return;
      size = now;
      if (!moved) app.whole();
    }).observe(app.parts.stage);
  }
})(window.MapperControl);
