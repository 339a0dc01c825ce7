/* Put it all together on one Leaflet map: first what its first picture needs, then the rest. */
(function (M) {
  "use strict";

  const MARGIN = 12;
  const PACE_MS = 100; /* nobody reads numbers that change more often */
  const REST_MS = 120; /* who stays at a slice for this long has come to rest there */
  const HIDDEN_MS = 500;
  /* What the first picture needs, and what may come a moment later; a lean page has fewer parts. */
  const FIRST = ["elsewhere", "sheets", "modes", "frame", "zoomButtons", "legend", "holder", "layers", "slider", "chart", "compare"];
  /* What only the whole page has, and what only a lean one. */
  const WHOLE = ["holder", "layers", "compare", "people", "flows", "changes", "search", "table", "inset", "share"];
  const LEAN = ["elsewhere"];
  const THEN = [["travel", "people", "flows"], ["changes", "card"], ["search", "table", "inset", "share"]];

  M.start = function (map, id, options) {
    const data = JSON.parse(document.getElementById(id).textContent);
    M.unpackWords(data);
    M.unpackPlaces(data);
    const ends = [];
    const heard = M.listeners(PACE_MS, REST_MS);
    let waiting = [];
    const app = {
      id, map, data,
      scene: M.scene(data),
      record: M.record(data),
      parts: M.shell(map.getContainer(), id),
      wholePage: options.whole,
      leanPage: options.lean,
      state: {
        lang: data.lang,
        slice: options.opens,
        since: null, /* the slice to compare with; null is the one before */
        split: null, /* where the divider between the two stands, in per cent from the left; null is nowhere */
        selected: null,
        aside: null, /* the township whose card speaks of the date compared with */
        cursor: null,
        people: data.people.inside.first,
        abroad: data.people.abroad.first,
        flows: "",
        figures: null,
        by: "status",
        layers: "sn",
        town: null,
        theme: "", /* "dark" or "light"; else as the device is */
        controls: "", /* or "minimal" */
      },
      voice: M.voice(data.lang, data.languages[data.lang]),
      /**
       * Hear of changes to some parts of the state: "on" at once, "onPace" of the slice not oftener than anyone reads,
       * "onRest" when the reader has come to rest at one; "rest" tells them all at once what they have not heard.
       */
      ...heard,
      /** What parts of the page add to the map: painters beneath and above its lines, and {at, paint} of what has names. */
      drawn: { beneath: [], above: [], named: [] },
      /** The slice seen so many pixels from the map's left edge, and the one that the card speaks of. */
      under: () => app.state.slice,
      told: () => app.state.slice,
      /** What can wait until the first picture is on the screen. */
      later: (act) => (waiting ? waiting.push(act) : act()),
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
        heard.tell(changed);
      },
      measure: () => app.set({ narrow: app.parts.measure() }),
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

    Object.assign(app.state, options.state);
    const address = M.address(app, Boolean(options.state));
    app.written = address.written;
    app.voice = M.voice(app.state.lang, data.languages[app.state.lang]);
    M.dress(app, options);
    M.pictured(app);
    app.layer = M.layer(data.grid, app.scene.extent, M.drawing(app));
    /** Add parts of the page, and tell them how things stand. */
    const begin = (parts) => {
      const known = heard.count();
      for (const name of parts) if (!(data.lean ? WHOLE : LEAN).includes(name)) M[name](app);
      heard.tell(new Set(Object.keys(app.state)), known);
    };
    begin(FIRST);
    app.measure();
    map.invalidateSize({ animate: false });
    if (options.fit) app.whole();
    if (options.ground) map.setMaxBounds(L.latLngBounds(data.bounds).pad(0.75));
    address.settle();
    app.layer.addTo(map);
    app.onEnd(() => app.layer.remove());
    app.onEnd(heard.stop);
    M.apps = M.apps || {};
    M.apps[id] = app;
    const steps = [
      ...THEN.map((parts) => () => begin(parts)),
      () => {
        app.layer.settle();
        follow(app, options.fit);
      },
      () => {
        for (const act of waiting.splice(0)) act();
        waiting = null;
        app.parts.root.classList.add("mc-ready");
      },
    ];
    app.onEnd(M.afterPaint(() => app.onEnd(oneByOne(steps))));
    return app;
  };

  /** Take steps, and let the reader in between each two; gives a way to call the rest off. */
  function oneByOne(steps) {
    let timer = 0;
    const go = () => {
      steps.shift()();
      timer = steps.length ? window.setTimeout(go) : 0;
    };
    go();
    return () => window.clearTimeout(timer);
  }

  /** Do something once the browser has shown a picture, or soon where it shows none, as in a hidden tab; gives a way to call it off. */
  M.afterPaint = function (act) {
    let timer = window.setTimeout(go, HIDDEN_MS);
    const frame = window.requestAnimationFrame(() => {
      window.clearTimeout(timer);
      timer = window.setTimeout(go);
    });
    function go() {
      window.cancelAnimationFrame(frame);
      act();
    }
    return () => {
      window.clearTimeout(timer);
      window.cancelAnimationFrame(frame);
    };
  };

  /** Which sheets of the layer a change of the state concerns. */
  M.sheets = function (app) {
    app.on(["lang"], () => app.later(app.measure));
    app.on(["slice"], () => app.layer.paint(["fills"]));
    app.onRest(Object.keys(app.state), () => app.layer.tidy());
    app.onPace(["slice", "since", "selected", "cursor"], () => app.layer.paint(["marks"]));
    app.on(["slice", "lang"], () => app.layer.paint(["names"]));
  };

  /** Keep the whole country in view while the page changes its size, until the reader moves the map. */
  function follow(app, fit) {
    app.moved = !fit;
    app.hear(app.map, "dragstart", () => (app.moved = true));
    app.hear(app.parts.map, "wheel", () => (app.moved = true), { passive: true });
    app.parts.zoom.addEventListener("click", (event) => {
      const button = event.target.closest(".mc-button");
      if (button) app.moved = !button.classList.contains("mc-whole");
    });
    if (!("ResizeObserver" in window)) return;
    let size = app.map.getSize();
    const watch = new ResizeObserver(() => {
      app.measure();
      app.map.invalidateSize({ animate: false, pan: false });
      const now = app.map.getSize();
      if (now.equals(size) || !now.x || !now.y) return;
      size = now;
      if (!app.moved) app.whole();
    });
    watch.observe(app.parts.stage);
    app.onEnd(() => watch.disconnect());
  }
})(window.MapperControl);
