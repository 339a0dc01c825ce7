/* What the reader shows and hides: names, borders of states, towns, and the junta's own list of martial law. */
(function (M) {
  "use strict";

  const ROWS = [["s", "layers.states"], ["n", "layers.townships"], ["t", "layers.towns"], ["m", "layers.martial"]];
  const SIDE = 12;

  M.layers = function (app) {
    const { data, parts } = app;
    const summary = M.el("summary");
    const node = M.el("details", {}, summary);
    const rows = [];
    const boxes = M.el("div", { class: "mc-boxes" });
    parts.legend.after(M.el("section", { class: "mc-layers" }, node));
    app.martial = data.martial.day ? new Set(M.ascending(data.martial.townships)) : new Set();

    function build() {
      if (rows.length || !node.open) return;
      for (const [letter, key] of ROWS.filter((row) => row[0] !== "m" || app.martial.size)) {
        const box = M.el("input", { type: "checkbox", value: letter });
        const text = M.el("span");
        box.addEventListener("change", () => app.set({ layers: M.toggled(app.state.layers, letter) }));
        rows.push({ letter, key, box, text });
        boxes.append(M.el("label", {}, box, text));
      }
      node.append(boxes);
      say();
    }

    function say() {
      summary.textContent = app.voice.say("layers.title");
      for (const { letter, key, box, text } of rows) {
        text.textContent = app.voice.say(key);
        box.checked = app.state.layers.includes(letter);
      }
    }

    node.addEventListener("toggle", build);
    app.on(["narrow"], () => (node.open = !app.state.narrow));
    app.on(["lang", "layers"], say);
    app.on(["layers", "town"], () => app.layer.paint(["lines", "names"], true));
    app.on(["selected"], (changed) => changed.has("town") || app.set({ town: null }));
    app.drawn.beneath.push((ctx, view) => paintListed(app, ctx, view));
    legend(app);
  };

  const isOn = ({ martial, state }) => martial.size > 0 && state.layers.includes("m");
  const isDue = ({ data, state }) => data.dates[state.slice] >= data.martial.day;

  /** The list's entry in the legend, there while the list is shown. */
  function legend(app) {
    if (!app.martial.size) return;
    const entry = build(app);
    let due = isDue(app);
    app.parts.legend.append(entry.node);
    app.on(["slice"], () => {
      if (isOn(app) && isDue(app) !== due) app.layer.paint(["lines"], true);
      due = isDue(app);
    });
    app.on(["layers"], () => (entry.node.hidden = !isOn(app)));
    app.onPace(["lang", "layers", "slice"], () => {
      if (isOn(app)) entry.say();
    });
  }

  function build(app) {
    const { data } = app;
    const swatch = M.swatch(app, (ctx) => {
      M.useFill(ctx, M.crosses(data.palette.marks, window.devicePixelRatio || 1), { a: 1, e: 0, f: 0, left: 0, top: 0 });
      ctx.fillRect(0, 0, 2 * SIDE, SIDE);
    });
    const text = M.el("span", { class: "mc-class-name" });
    return {
      node: M.el("ul", { class: "mc-signs mc-listed" }, M.el("li", { "data-mark": "martial" }, swatch, text)),
      say() {
        const { voice } = app;
        const { url, publisher } = app.record.source(data.martial.source);
        const later = isDue(app) ? "" : voice.say("legend.martial_later") + " ";
        text.replaceChildren(
          voice.say("legend.martial", { date: voice.day(data.martial.day) }) + " " + later,
          M.link(url, publisher || voice.say("report.untitled"))
        );
      },
    };
  }

  let crosses = null;

  /** Crosses over the townships of the list, from its day on. */
  function paintListed(app, ctx, view) {
    if (!isOn(app) || !isDue(app)) return;
    const { marks } = app.data.palette;
    if (!crosses || crosses.marks !== marks || crosses.ratio !== view.ratio) {
      crosses = Object.assign(M.crosses(marks, view.ratio), { marks, ratio: view.ratio });
    }
    M.useFill(ctx, crosses, view);
    for (const i of app.martial) ctx.fill(app.scene.shapes[i].path, "evenodd");
  }
})(window.MapperControl);
