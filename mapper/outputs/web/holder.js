/* By status or by holder: the switch, the holders' legend, and where their names stand on the map. */
(function (M) {
  "use strict";

  const KEYS = ["status", "holder"];

  /** Townships that lie together and look the same: [[township, ...], ...], the most first. */
  M.together = function (sides, looks) {
    const lead = looks.map((_, i) => i);
    const first = (i) => (lead[i] === i ? i : (lead[i] = first(lead[i])));
    for (const [one, two] of sides) if (looks[one] === looks[two]) lead[first(two)] = first(one);
    const found = {};
    lead.forEach((_, i) => (found[first(i)] = found[first(i)] || []).push(i));
    return Object.values(found).sort((one, two) => two.length - one.length);
  };

  /** The holders' names, each in the middle of its land: [{text, township, room}], room in cells of the grid. */
  M.holderNames = function ({ data, looks, classes, lookName, scene }, slice) {
    const now = classes(slice);
    const { point } = data.townships;
    return M.together(scene.sides, now)
      .filter(([one]) => now[one] >= data.lists.classes.length)
      .map((land) => {
        const middle = [0, 1].map((k) => land.reduce((sum, i) => sum + point[2 * i + k], 0) / land.length);
        const off = (i) => Math.hypot(point[2 * i] - middle[0], point[2 * i + 1] - middle[1]);
        const box = M.join(land.map((i) => scene.shapes[i].box));
        return { text: lookName(looks[now[land[0]]]), township: land.reduce((one, two) => (off(two) < off(one) ? two : one)), room: box[2] - box[0] };
      });
  };

  /** As a part of what is named on the map. */
  const holdersNamed = (app) => ({
    at: (slice) => JSON.stringify(app.byHolder() ? M.holderNames(app, slice) : []),
    paint: (ctx, view, names) =>
      JSON.parse(names).map(({ text, township, room }) => ({
        kind: "holder", lines: [text], room: room * view.a, ...M.spot(view, app.data.townships.point, township),
      })),
  });

  M.holder = function (app) {
    const { data, parts } = app;
    if (!data.held.names.length) return;
    const byStatus = parts.legend.querySelector(".mc-classes");
    const list = M.el("ul", { class: "mc-classes mc-holders" });
    const label = M.el("legend", { class: "mc-small" });
    const choices = KEYS.map((value) => {
      const input = M.el("input", { type: "radio", name: app.id + "_by", value });
      input.addEventListener("change", () => app.set({ by: value }));
      return { value, input, text: M.el("span") };
    });
    parts.legend.prepend(M.el("fieldset", { class: "mc-by" }, label, ...choices.map(({ input, text }) => M.el("label", {}, input, text))));
    byStatus.after(list);
    let rows = [];
    app.drawn.named.push(holdersNamed(app));

    function build() {
      rows = data.held.groups.flatMap((group) => group.map((i, nth) => {
        const name = app.looks[i];
        const [text, count] = [M.el("span", { class: "mc-class-name" }), M.el("span", { class: "mc-count" })];
        const node = M.el("li", { "data-class": name, class: nth ? "" : "mc-first" }, M.filled(app, name), text, count);
        return { i, name, text, count, node };
      }));
      list.append(...rows.map((row) => row.node));
    }

    app.on(["by"], () => {
      byStatus.hidden = app.byHolder();
      list.hidden = !app.byHolder();
      for (const { value, input } of choices) input.checked = value === app.state.by;
      for (const chip of parts.root.querySelectorAll(".mc-chip")) M.dye(app, chip);
      app.layer.paint(["fills", "names"]);
    });
    app.on(["lang"], () => {
      label.textContent = app.voice.say("by.label");
      for (const { value, text } of choices) text.textContent = app.voice.say("by." + value);
    });
    app.onPace(["lang", "slice", "by"], (changed) => {
      if (!app.byHolder()) return;
      const built = rows.length;
      if (!built) build();
      for (const { i, name, text } of built && !changed.has("lang") && !changed.has("by") ? [] : rows) {
        const sets = data.held.sets[i];
        text.replaceChildren(M.foreign(app.lookName(name, !name.includes("+"))), ...(sets ? [M.el("small", {}, M.foreign(sets))] : []));
      }
      const counts = {};
      for (const i of app.classes(app.state.slice)) counts[i] = (counts[i] || 0) + 1;
      for (const row of rows) M.sayCount(app, row, counts[row.i] || 0);
    });
  };
})(window.MapperControl);
