/* Figures of people: how they are read, named, chosen and listed, whatever they count. */
(function (M) {
  "use strict";

  const CHANGES = 3;

  /** Figures from their columns; each place gets its changes: [slice, figure, slice, figure ...]. */
  M.figures = function ({ figures, bases }, { precisions, said }) {
    const [day, source, begun] = [figures.day, figures.source, figures.begun || ""].map((text) => M.ascending(text));
    const row = (people, i) => ({
      people, day: day[i], begun: begun[i], source: source[i],
      precision: figures.precision && precisions[figures.precision[i]],
      qualifier: said[figures.said[i]],
    });
    let n = 0;
    for (const { places } of bases) {
      for (const place of places) place[CHANGES] = M.ascending(place[CHANGES]).flatMap((slice) => [slice, n++]);
    }
    return figures.people.map(row);
  };

  M.peopleText = (app, row) => app.voice.say("people." + row.qualifier, { n: app.voice.number(row.people) });

  M.placeName = function (app, level, place) {
    const { data } = app;
    if (level === "country") {
      const key = place === "MMR" ? "people.level.country" : "country." + (place || "several");
      return data.languages[app.state.lang].words[key] || place;
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

  /** A choice with its label, which sets a part of the state: a text, or for a slice its number. */
  M.chooser = function (app, key, label) {
    const id = app.id + "_" + key;
    const text = M.el("label", { for: id });
    const select = M.el("select", { id, class: "mc-select" });
    const value = () => (app.state[key] === null ? "" : String(app.state[key]));
    select.addEventListener("change", () => {
      app.set({ [key]: key !== "figures" ? select.value : select.value === "" ? null : Number(select.value) });
    });
    const fill = (rows) => {
      text.textContent = app.voice.say(label);
      M.options(select, rows, value());
    };
    app.on([key], () => (select.value = value()));
    return { node: M.el("div", { class: "mc-field" }, text, select), fill };
  };

  /** A list that opens: how many figures, and a line for each. */
  M.figureList = function (app, node, rows, line) {
    if (!rows.length) return node.replaceChildren();
    const open = node.querySelector("details");
    const list = M.el("ul", { class: "mc-figure-list" });
    const fill = () => list.children.length || list.append(...rows.map(line));
    const summary = M.el("summary", {}, app.voice.count("people.summary", rows.length));
    const details = M.el("details", open && open.open ? { open: "" } : {}, summary, list);
    details.addEventListener("toggle", fill);
    if (details.open) fill();
    node.replaceChildren(details);
  };

  M.figureLine = function (app, name, row, measure, dated) {
    const source = app.record.source(row.source);
    const said = row.old ? dated + " · " + app.voice.say("people.older") : dated;
    return M.el(
      "li",
      {},
      M.el("span", { class: "mc-place" }, M.foreign(name)),
      M.el("span", { class: "mc-number" }, M.peopleText(app, row), " ", M.el("small", {}, measure)),
      M.el("span", { class: "mc-small" }, said, " · ", M.link(source.url, source.publisher || app.voice.say("report.untitled")))
    );
  };

  /** What a size stands for: [how wide and high a drawing is, what is in it, a text] for each. */
  M.sizeLegend = function (node, rows) {
    const size = ([width, height, drawn, text]) =>
      M.el("span", { class: "mc-size" }, M.svg("svg", { width, height, "aria-hidden": "true" }, ...drawn), text);
    node.replaceChildren(...rows.map(size));
  };
})(window.MapperControl);
