/* What changed since the slice before. */
(function (M) {
  "use strict";

  const MOST = 40;

  M.changes = function (app) {
    const { data, parts, record } = app;
    const node = M.el("div", { class: "mc-changes" });
    parts.panel.append(node);

    app.onRest(["lang", "slice", "selected"], () => {
      node.hidden = app.state.selected !== null;
      if (node.hidden) return;
      const { slice, lang } = app.state;
      const found = data.changed[slice];
      const rows = [];
      for (let i = 0; i < found.length && rows.length < MOST; i += 2) rows.push(row(found[i], data.lists.changes[found[i + 1]]));
      const heading = M.el("h2", { class: "mc-heading" });
      const note = M.el("p", { class: "mc-small" });
      if (slice === 0) note.textContent = app.voice.say("changes.first");
      else {
        const date = app.voice.day(data.dates[slice - 1]);
        heading.textContent = app.voice.say("changes.title", { date });
        if (!rows.length) note.textContent = app.voice.say("changes.none", { date });
      }
      const more = found.length / 2 - rows.length;
      if (more > 0) note.textContent = app.voice.say("changes.more", { n: app.voice.number(more) });
      node.replaceChildren(...(slice === 0 ? [] : [heading]), M.el("ul", {}, ...rows), ...(note.textContent ? [note] : []));

      function row(township, what) {
        const before = record.assessment(record.at(township, slice - 1));
        const after = record.assessment(record.at(township, slice));
        const name = M.button("mc-plain", () => app.set({ selected: township }));
        name.append(M.foreign(M.short(record.name(township, lang), 80)));
        return M.el(
          "li",
          {},
          chip(app, after),
          M.el("span", {}, name, " ", M.el("span", { class: "mc-small" }, M.foreign(record.state(township, lang)))),
          M.el("span", { class: "mc-small mc-wide" }, said(app, what, before, after))
        );
      }
    });
  };

  function said(app, what, before, after) {
    const status = (found) => app.voice.say("legend." + found.class.split(".").reverse().join("."));
    if (what === "status" || what === "basis") {
      return app.voice.say("changes.to", { before: status(before), after: withHolders(app, after, status(after)) });
    }
    if (what === "holders") return app.voice.say("change.holders") + ": " + withHolders(app, after, status(after));
    return app.voice.say("change." + (after[what] ? "now_" : "not_") + what);
  }

  function withHolders(app, found, text) {
    const ids = found.holders.map(app.record.actorId).join(", ");
    return found.basis === "reported" && ids ? text + " (" + ids + ")" : text;
  }

  /** A small square in the fill of an assessment, or of a report: {class, holders}. */
  const chip = (app, found) => {
    const node = M.el("span", { class: "mc-chip", "data-class": found.class, "data-look": app.heldLook(found), "aria-hidden": "true" });
    M.dye(app, node);
    return node;
  };
  M.chip = chip;
})(window.MapperControl);
