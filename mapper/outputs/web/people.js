/* Displaced people: one basis at a time, each figure with its date and source; the layer may have a date of its own. */
(function (M) {
  "use strict";

  const SIDES = { people: "inside", abroad: "abroad", flows: "flows" };
  const KEYS = Object.keys(SIDES);
  const CHANGES = 3; /* where a place of any side has them */
  const SIZES = [1000000, 100000, 10000];
  const OLD_PX = 7;

  M.people = function (app) {
    const { data, parts, record } = app;
    const title = M.el("h2", { class: "mc-heading" });
    const inside = M.chooser(app, "people", "people.label");
    const abroad = M.chooser(app, "abroad", "people.abroad");
    const held = M.chooser(app, "figures", "people.as_of");
    const sizes = M.el("div", { class: "mc-sizes" });
    const dates = M.el("p", { class: "mc-small mc-dates" });
    const note = M.el("p", { class: "mc-small" });
    const figures = M.el("div", { class: "mc-figures" });
    const head = M.el("div", { class: "mc-heading-row" }, title, toggle(app));
    parts.people.append(head, inside.node, sizes, abroad.node, held.node, dates, note, figures);
    const sides = (app.figures = Object.fromEntries(KEYS.map((key) => [key, M.figures(data.people[SIDES[key]], data.lists)])));
    const old = (app.old = M.ascending(data.people.old));
    const last = {};
    let before = [];

    /** The slice that the layer shows: its own, where it is held at one, else the map's. */
    app.ownSlice = (slice = app.state.slice) => (app.state.figures === null ? slice : app.state.figures);

    app.places = (key) => (data.people[SIDES[key]].bases.find((one) => one.id === app.state[key]) || { places: [] }).places;

    /** The figures that hold, on the chosen basis: the latest of each place. The same rows as long as none differs. */
    app.people = function (key, shown) {
      const slice = app.ownSlice(shown);
      const found = sides[key];
      const places = app.places(key);
      const now = places.map((place) => record.figure(place[CHANGES], slice));
      const isOld = (at) => at !== null && found[at].day < old[slice];
      const sign = app.state[key] + now + "/" + now.map(isOld);
      if (last[key] && last[key].sign === sign) return last[key].rows;
      const rows = places.map(([level, place, measure], i) => {
        return Object.assign({ level, place, measure, old: isOld(now[i]) }, found[now[i]]);
      });
      last[key] = { sign, rows: rows.filter((row) => row.source !== undefined).sort((one, two) => two.people - one.people) };
      return last[key].rows;
    };

    M.circles(app);

    app.on(["lang"], () => {
      const { voice, state } = app;
      const fill = (one, none, { bases }) => one.fill([["", voice.say(none)], ...bases.map(({ id, name }) => [id, name[state.lang]])]);
      title.textContent = voice.say("people.title");
      fill(inside, "people.none", data.people.inside);
      fill(abroad, "people.abroad_none", data.people.abroad);
    });
    app.on(["lang", "figures", ...KEYS], () => {
      const found = KEYS.flatMap((key) => app.places(key)).flatMap((place) => place[CHANGES].filter((_, i) => i % 2 === 0));
      const slices = [...new Set(app.state.figures === null ? found : [...found, app.state.figures])].sort((one, two) => two - one);
      held.node.hidden = !slices.length;
      held.fill([["", app.voice.say("slider.label")], ...slices.map((slice) => [String(slice), app.voice.day(data.dates[slice])])]);
    });
    app.on(["lang", "people", "dark"], () => sizeLegend(app, sizes));
    app.on(["people", "abroad", "figures"], () => app.layer.paint(["names"]));
    app.onRest(["lang", "slice", "figures", "people", "abroad"], (changed) => {
      const now = [app.people("people"), app.people("abroad")];
      if (!changed.has("lang") && now.every((rows, i) => rows === before[i])) return;
      before = now;
      const rows = now.flat();
      margin(now[1]);
      dates.textContent = span(app, now[0].length ? now[0] : now[1]);
      const chosen = app.state.people || app.state.abroad;
      note.textContent = app.voice.say(!chosen ? "people.where.none" : rows.length ? "people.note" : "people.nothing");
      M.figureList(app, figures, rows, (row) =>
        M.figureLine(app, M.placeName(app, row.level, row.place), row, app.voice.say("measure." + row.measure), app.voice.day(row.day, row.precision))
      );
    });

    function margin(rows) {
      const far = rows.filter((row) => data.labels.countries[row.place] === null && M.isFirst(rows, row));
      parts.offMap.replaceChildren(
        ...far.map((row) =>
          M.el(
            "div",
            {},
            M.el("small", {}, M.placeName(app, "country", row.place) + " (" + app.voice.say("people.off_map") + ")"),
            M.peopleText(app, row) + " " + app.voice.say("measure." + row.measure)
          )
        )
      );
    }
  };

  /** All of the layer off, and on again as it was. */
  function toggle(app) {
    const { people } = app.data;
    let kept = { people: (people.inside.bases[0] || { id: "" }).id, abroad: people.abroad.first, flows: "" };
    const now = () => Object.fromEntries(KEYS.map((key) => [key, app.state[key]]));
    const isOn = () => KEYS.some((key) => app.state[key]);
    const button = M.button("mc-switch", () => {
      const next = isOn() ? { people: "", abroad: "", flows: "" } : kept;
      if (isOn()) kept = now();
      app.set(next);
    });
    button.setAttribute("role", "switch");
    app.on(["lang"], () => M.label(button, app.voice.say("people.title")));
    app.on(KEYS, () => button.setAttribute("aria-checked", isOn()));
    return button;
  }

  /** The dates that figures are of: the first, and where there is another, the last. */
  function span(app, rows) {
    if (!rows.length) return "";
    const inTime = rows.slice().sort((one, two) => one.day - two.day);
    const ends = [inTime[0], inTime[inTime.length - 1]].map((row) => app.voice.day(row.day, row.precision));
    return app.voice.say("people.dates", { dates: [...new Set(ends)].join(" – ") });
  }

  function sizeLegend(app, node) {
    const { largest } = app.data.people.inside;
    const { fill, opacity, edge } = app.data.palette.displacement;
    if (!app.state.people || !largest[0]) return node.replaceChildren();
    const row = (r, text, more) => {
      const box = 2 * Math.ceil(r) + 2;
      const look = Object.assign({ cx: box / 2, cy: box / 2, r, fill, "fill-opacity": opacity, stroke: edge }, more);
      return [box, box, [M.svg("circle", look)], text];
    };
    const sizes = SIZES.filter((size) => size <= 1.2 * largest[0]);
    M.sizeLegend(node, [
      ...sizes.map((people) => row(M.radius(people, largest), app.voice.number(people))),
      row(OLD_PX, app.voice.say("people.older"), { "fill-opacity": M.FAINT * opacity, stroke: fill, "stroke-dasharray": M.DASH }),
    ]);
  }
})(window.MapperControl);
