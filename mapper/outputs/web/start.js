/* Put it all together on one Leaflet map. */
(function (M) {
  "use strict";

  const MARGIN = 12;

  M.start = function (map, id, options) {
    const data = JSON.parse(document.getElementById(id).textContent);
    M.unpackWords(data);
    M.unpackPlaces(data);
    const listeners = [];
    const ends = [];
    const app = {
      id, map, data,
      scene: M.scene(data),
      record: M.record(data),
      parts: M.shell(map.getContainer(), id),
      state: {
        lang: data.lang,
        slice: options.opens,
        selected: null,
        cursor: null,
        people: data.people.inside.first,
        abroad: data.people.abroad.first,
        layers: "sn",
        town: null,
      },
      voice: M.voice(data.lang, data.languages[data.lang]),
      /** Hear of changes to some parts of the state. */
      on: (keys, listener) => listeners.push([keys, listener]),
      /** Listen to a map, an element or the window until the layer is removed. */
      hear(target, type, listener, how) {
        const [begin, end] = target.on ? ["on", "off"] : ["addEventListener", "removeEventListener"];
        target[begin](type, listener, how);
        app.onEnd(() => target[end](type, listener, how));
      },
      /** What to do when the layer is removed; the last thing first. */
      onEnd: (act) => ends.unshift(act),
      end() {
        for (const act of ends.splice(0)) act();
        delete M.apps[id];
      },
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

    Object.assign(app.state, options.state);
    const address = M.address(app, Boolean(options.state));
    app.voice = M.voice(app.state.lang, data.languages[app.state.lang]);
    M.dress(app, options);
    map.invalidateSize({ animate: false });
    if (options.fit) app.whole();
    app.layer = M.layer(data.grid, app.scene.extent, M.drawing(app));
    for (const part of [M.modes, M.frame, M.zoomButtons, M.legend, M.layers, M.slider, M.chart, M.people, M.changes, M.card, M.travel, M.search, M.table]) part(app);
    app.on(["lang"], app.parts.measure);
    app.on(["slice"], () => app.layer.paint(["fills"]));
    app.on(["slice", "selected", "cursor"], () => app.layer.paint(["marks"]));
    app.on(["slice", "lang", "people", "abroad"], () => app.layer.paint(["names"]));
    tell(new Set(Object.keys(app.state)));
    map.invalidateSize({ animate: false });
    if (options.fit) app.whole();
    if (options.ground) map.setMaxBounds(L.latLngBounds(data.bounds).pad(0.75));
    app.layer.addTo(map);
    app.onEnd(() => app.layer.remove());
    follow(app, options.fit);
    address.settle();
    M.apps = M.apps || {};
    M.apps[id] = app;
    return app;
  };

  /** Keep the whole country in view while the page changes its size, until the reader moves the map. */
  function follow(app, fit) {
    app.moved = !fit;
    app.hear(app.map, "dragstart", () => (app.moved = true));
    app.hear(app.parts.map, "wheel", () => (app.moved = true), { passive: true });
    app.parts.zoom.addEventListener("click", (event) => (app.moved = event.target !== app.parts.zoom.lastChild));
    if (!("ResizeObserver" in window)) return;
    let size = app.map.getSize();
    const watch = new ResizeObserver(() => {
      app.parts.measure();
      app.map.invalidateSize({ animate: false, pan: false });
      const now = app.map.getSize();
      if (now.equals(size)) return;
      size = now;
      if (!app.moved) app.whole();
    });
    watch.observe(app.parts.stage);
    app.onEnd(() => watch.disconnect());
  }
})(window.MapperControl);
