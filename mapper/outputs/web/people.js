/* Displaced people: one basis at a time, each figure with its date and source. */
(function (M) {
  "use strict";

  const SIZES = [1000000, 100000, 10000];

  M.people = function (app) {
    const { data, parts, record } = app;
    const title = M.el("h2", { class: "mc-heading" });
    const inside = chooser(app, "people", "people.label", "people.none");
    const abroad = chooser(app, "abroad", "people.abroad", "people.abroad_none");
    const sizes = M.el("div", { class: "mc-sizes" });
    const figures = M.el("div", { class: "mc-figures" });
    parts.people.append(title, inside.node, sizes, abroad.node, figures);

    app.on(["lang"], () => {
      title.textContent = app.voice.say("people.title");
      inside.fill(data.people.inside.bases);
      abroad.fill(data.people.abroad.bases);
    });
    app.on(["lang", "people"], () => sizeLegend(app, sizes));
    app.on(["lang", "slice", "abroad"], () => {
      const rows = current(app, "abroad", app.state.abroad);
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
    });
    app.on(["lang", "slice", "people", "abroad"], () => {
      const rows = [
        ...current(app, "inside", app.state.people),
        ...current(app, "abroad", app.state.abroad),
      ];
      const chosen = app.state.people || app.state.abroad;
      const note = !chosen ? "people.where.none" : rows.length ? "people.note" : "people.nothing";
      const open = figures.querySelector("details");
      const words = M.el("p", { class: "mc-small" }, app.voice.say(note));
      if (!rows.length) return figures.replaceChildren(words);
      const list = M.el("ul", { class: "mc-figure-list" });
      const fill = () => list.children.length || list.append(...rows.map((row) => line(app, row)));
      const summary = M.el("summary", {}, app.voice.count("people.summary", rows.length));
      const details = M.el("details", open && open.open ? { open: "" } : {}, summary, list, words);
      details.addEventListener("toggle", fill);
      if (details.open) fill();
      figures.replaceChildren(details);
    });

    function line(app, row) {
      const when = app.voice.iso(row.date, row.precision === "approximate" ? "approximate" : "day");
      const month = row.precision === "month" ? app.voice.iso(row.date.slice(0, 7)) : when;
      const source = record.source(row.source);
      return M.el(
        "li",
        {},
        M.el("span", { class: "mc-place" }, M.foreign(M.placeName(app, row.level, row.place))),
        M.el("span", { class: "mc-number" }, M.peopleText(app, row), " ", M.el("small", {}, app.voice.say("measure." + row.measure))),
        M.el("span", { class: "mc-small" }, month, " · ", M.link(source.url, source.publisher || app.voice.say("report.untitled")))
      );
    }
  };

  function chooser(app, key, label, none) {
    const id = app.id + "_" + key;
    const text = M.el("label", { for: id });
    const select = M.el("select", { id, class: "mc-select" });
    select.addEventListener("change", () => app.set({ [key]: select.value }));
    const fill = (bases) => {
      text.textContent = app.voice.say(label);
      const rows = bases.map((basis) => [basis.id, basis.name[app.state.lang]]);
      M.options(select, [["", app.voice.say(none)], ...rows], app.state[key]);
    };
    app.on([key], () => (select.value = app.state[key]));
    return { node: M.el("div", { class: "mc-field" }, text, select), fill };
  }

  /** The figures that hold at the slice, on one basis: the latest of each place. */
  function current(app, side, basis, slice = app.state.slice) {
    const found = app.data.people[side].bases.find((one) => one.id === basis);
    if (!found) return [];
    const rows = [];
    for (const [level, place, measure, changes] of found.places) {
      const at = app.record.figure(changes, slice);
      if (at === null) continue;
      const [date, precision, people, qualifier, source] = app.data.people[side].figures[at];
      rows.push({ level, place, measure, date, precision, people, qualifier, source });
    }
    return rows.sort((one, two) => two.people - one.people);
  }
  M.currentPeople = current;

  M.peopleText = (app, row) => app.voice.say("people." + row.qualifier, { n: app.voice.number(row.people) });

  M.placeName = function (app, level, place) {
    const { data } = app;
    if (level === "country") {
      const key = place === "MMR" ? "people.level.country" : "country." + (place || "several");
      return app.data.languages[app.state.lang].words[key] || place;
    }
    if (level === "state") {
      const i = data.states.code.indexOf(place);
      if (i >= 0) return data.states.name[app.state.lang][i];
    }
    if (level === "township") {
      const i = data.townships.code.indexOf(place);
      if (i >= 0) return app.record.name(i, app.state.lang);
    }
    return place;
  };

  function sizeLegend(app, node) {
    const { largest } = app.data.people.inside;
    node.replaceChildren();
    if (!app.state.people || !largest[0]) return;
    const { fill, opacity, edge } = app.data.palette.displacement;
    for (const people of SIZES.filter((size) => size <= 1.2 * largest[0])) {
      const radius = M.radius(people, largest);
      const box = 2 * Math.ceil(radius) + 2;
      node.append(
        M.el(
          "span",
          { class: "mc-size" },
          M.svg(
            "svg",
            { width: box, height: box, "aria-hidden": "true" },
            M.svg("circle", { cx: box / 2, cy: box / 2, r: radius, fill, "fill-opacity": opacity, stroke: edge })
          ),
          app.voice.number(people)
        )
      );
    }
  }
})(window.MapperControl);
