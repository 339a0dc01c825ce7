/* What is seen, in the address of the page: a link opens exactly that view. */
(function (M) {
  "use strict";

  const DAY_MS = 86400000;
  const WAIT_MS = 250; /* browsers allow a page a limited number of changes of its address */
  const MARGIN = 24;
  const VIEW = /^(\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)$/;
  const KEYS = { d: "slice", c: "since", x: "split", t: "selected", l: "lang", p: "people", a: "abroad", m: "flows", f: "figures", b: "by", y: "layers", theme: "theme", controls: "controls" };

  const LEAN = ["d", "t", "l", "v", "theme", "controls"]; /* what a lean page has */

  /** Layers that are on, a letter each: state borders and names, township names, towns, martial law. */
  const LAYERS = "sntm";
  const inOrder = (letters) => Array.from(LAYERS).filter((letter) => letters.includes(letter)).join("");
  M.toggled = (layers, letter) => inOrder(layers.includes(letter) ? layers.replace(letter, "") : layers + letter);

  /** What an address asks for; whatever it says badly stays as the page has it of itself. */
  M.readAddress = function (hash, data, usual) {
    const asked = new URLSearchParams(String(hash).replace(/^#/, "").slice(0, 500));
    const found = Object.assign({}, usual);
    if (data.lean) for (const key of [...asked.keys()]) if (!LEAN.includes(key)) asked.delete(key);
    for (const key of ["d", "c", "f"]) {
      const day = Date.parse(/^\d{4}-\d\d-\d\d$/.test(asked.get(key)) ? asked.get(key) + "T00:00Z" : "") / DAY_MS;
      if (!Number.isNaN(day)) found[KEYS[key]] = M.sliceAt(data.dates, day);
    }
    if (/^\d\d?(\.\d)?$|^100$/.test(asked.get("x"))) found.split = Number(asked.get("x"));
    const township = data.townships.code.indexOf(asked.get("t"));
    if (township >= 0) found.selected = township;
    if (Object.keys(data.languages).includes(asked.get("l"))) found.lang = asked.get("l");
    if (/^(status|holder)$/.test(asked.get("b"))) found.by = asked.get("b");
    if (/^(dark|light)$/.test(asked.get("theme"))) found.theme = asked.get("theme");
    if (asked.get("controls") === "minimal") found.controls = "minimal";
    for (const [key, name, part] of [["p", "people", "inside"], ["a", "abroad", "abroad"], ["m", "flows", "flows"]]) {
      const basis = asked.get(key);
      if (basis === "" || data.people[part].bases.some((one) => one.id === basis)) found[name] = basis;
    }
    const layers = asked.get("y");
    if (/^[sntm]*$/.test(layers || "")) found.layers = layers === null ? usual.layers : inOrder(layers);
    const view = (VIEW.exec(asked.get("v")) || []).slice(1).map(Number);
    const good = view.length === 3 && view[0] <= 24 && Math.abs(view[1]) <= 90 && Math.abs(view[2]) <= 180;
    return { state: found, view: good ? view : null };
  };

  /** The slice of a day: the last one not after it, or the first. */
  M.sliceAt = function (dates, day) {
    let best = 0;
    dates.forEach((found, i) => {
      if (found <= day) best = i;
    });
    return best;
  };

  M.address = function (app, begun) {
    const { data, map } = app;
    const usual = {};
    for (const name of Object.values(KEYS)) usual[name] = begun ? null : app.state[name];
    const alone = document.body.querySelector(":scope > :not(noscript, script)") === app.parts.root;
    let timer = 0;
    let view = null;
    if (begun || !alone) return { settle() {}, written: () => "" }; /* a layer within someone else's page leaves the address alone */

    function follow() {
      const asked = M.readAddress(location.hash, data, usual);
      view = asked.view;
      return asked.state;
    }

    function look() {
      if (view) map.setView([view[1], view[2]], view[0], { animate: false });
      return Boolean(view);
    }

    function isWhole() {
      const zoom = map.getBoundsZoom(data.bounds, false, L.point(MARGIN, MARGIN));
      const off = map.latLngToContainerPoint(L.latLngBounds(data.bounds).getCenter()).distanceTo(map.getSize().divideBy(2));
      return Math.abs(zoom - map.getZoom()) < 0.02 && off < map.getSize().y / 20;
    }

    const iso = (i) => M.iso(data.dates[i]);

    function written() {
      const text = {
        slice: iso,
        figures: iso,
        since: iso,
        selected: (i) => data.townships.code[i],
      };
      const parts = Object.entries(KEYS)
        .filter(([, name]) => app.state[name] !== usual[name] && app.state[name] !== null)
        .map(([key, name]) => [key, text[name] ? text[name](app.state[name]) : app.state[name]]);
      if (!isWhole()) {
        const { lat, lng } = map.getCenter();
        parts.push(["v", [map.getZoom().toFixed(2), lat.toFixed(4), lng.toFixed(4)].join(",")]);
      }
      return parts.map(([key, value]) => key + "=" + encodeURIComponent(value).replace(/%2C/g, ",")).join("&");
    }

    function write() {
      const text = written();
      if (location.hash.slice(1) === text) return;
      try {
        history.replaceState(null, "", "#" + text);
      } catch (refused) {
        return; /* a frame without an address of its own */
      }
    }

    const later = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(write, WAIT_MS);
    };
    app.onEnd(() => window.clearTimeout(timer));
    Object.assign(app.state, follow());

    /** Once all is there: move to the view asked for, and from then on follow the reader. */
    function settle() {
      if (look()) app.moved = true;
      app.onRest(Object.values(KEYS), later);
      app.hear(map, "moveend", later);
      app.hear(window, "hashchange", () => {
        app.set(follow());
        app.moved = Boolean(view);
        if (!look()) app.whole();
      });
    }
    return { settle, written };
  };
})(window.MapperControl);
