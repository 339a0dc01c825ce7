/* What changed since the slice before, or since a date that the reader picks; and who says so. */
(function (M) {
  "use strict";

  const MOST = 40;
  const NAMED = 2;
  const DAY_MS = 86400000;
  const NAMES = { status: "table.status", holders: "table.holders" };

  /** A choice of the date to compare with: the slice before, or any other, by years. */
  M.otherDate = function (app, id) {
    const { data } = app;
    const select = M.el("select", { class: "mc-select", id });
    const show = () => (select.value = String(app.state.since === null ? "" : app.state.since));
    const fill = () => {
      const years = new Map();
      data.dates.forEach((day, i) => {
        const year = app.voice.inDigits(new Date(day * DAY_MS).getUTCFullYear());
        years.set(year, [...(years.get(year) || []), [i, app.voice.day(day)]]);
      });
      M.options(select, [["", app.voice.say("changes.before")], ...years]);
      show();
    };
    select.addEventListener("change", () => app.set({ since: select.value === "" ? null : Number(select.value) }));
    app.on(["lang"], fill);
    app.on(["since"], show);
    return { select, fill };
  };

  M.changes = function (app) {
    const { data, parts, record } = app;
    const heading = M.el("h2", { class: "mc-heading" });
    const { select } = M.otherDate(app, app.id + "_since");
    const label = M.el("label", { for: select.id });
    const note = M.el("p", { class: "mc-small" });
    const list = M.el("ul");
    const more = M.button("mc-text-button", () => {
      const first = fill(Infinity)[MOST];
      first.querySelector("button").focus();
    });
    parts.panel.append(M.el("div", { class: "mc-changes" }, heading, M.el("div", { class: "mc-field" }, label, select), note, list, more));
    let told = "";

    app.onRest(["lang", "slice", "since", "selected"], () => {
      const now = [app.state.lang, app.state.since === null, ...M.span(app.state)].join();
      if (app.state.selected !== null || now === told) return;
      told = now;
      fill(MOST);
    });

    /** Write the list anew, so many rows at most; they are given back. */
    function fill(most) {
      const { voice } = app;
      const { since, slice } = app.state;
      const [earlier, later] = M.span(app.state);
      const date = voice.day(data.dates[earlier]);
      const found = inOrder(earlier, later);
      heading.textContent = since === null ? voice.say("changes.title", { date }) : M.between(app);
      label.textContent = voice.say("changes.since");
      note.textContent = found.length ? kinds(found) : since === null && slice === 0 ? voice.say("changes.first") : voice.say("changes.none", { date });
      more.textContent = voice.say("changes.all", { n: voice.number(found.length) });
      more.hidden = found.length <= most;
      const rows = found.slice(0, most).map((one) => row(one, earlier, later));
      list.replaceChildren(...rows);
      return rows;
    }

    /** The latest first, and of one day the weightiest. */
    function inOrder(earlier, later) {
      const flat = record.changed(earlier, later);
      const found = [];
      for (let i = 0; i < flat.length; i += 2) {
        const [township, what] = [flat[i], data.lists.changes[flat[i + 1]]];
        found.push({ township, what, day: record.heldFrom(record.at(township, later), what) });
      }
      return found.sort((one, two) => two.day - one.day);
    }

    function kinds(found) {
      const parts = data.lists.changes
        .map((name) => [name, found.filter(({ what }) => what === name).length])
        .filter(([, count]) => count)
        .map(([name, count]) => app.voice.say(NAMES[name] || "changes." + name) + " " + app.voice.number(count));
      return app.voice.count("changes.count", found.length) + ": " + parts.join(" · ");
    }

    function row({ township, what, day }, earlier, later) {
      const { lang } = app.state;
      const before = record.assessment(record.at(township, earlier));
      const after = record.assessment(record.at(township, later));
      const name = M.button("mc-plain", () => app.set({ selected: township }));
      name.append(M.foreign(M.short(record.name(township, lang), 80)));
      return M.el(
        "li",
        {},
        M.chip(app, after),
        M.el("span", {}, name, " ", M.el("span", { class: "mc-small" }, M.foreign(record.state(township, lang)))),
        M.el("span", { class: "mc-small mc-wide" }, said(app, what, before, after)),
        ...who(app, { township, what, day }, before, after).map((line) => M.el("span", { class: "mc-small mc-wide" }, ...line))
      );
    }
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

  /** Who says so, a line each: the latest word of each publisher, or the rule where nobody says it. */
  function who({ record, voice }, { township, what, day }, before, after) {
    if (after.basis !== "reported" || after.rule === "lapse") return [[voice.day(day) + " · " + voice.say("rule." + after.rule)]];
    if (what === "stale" && after.stale) return [[voice.say("sure.stale", { date: voice.day(after.confirmed) })]];
    const made = record.madeBy(before, after);
    const named = new Map();
    for (const number of made.length ? made : after.reports.slice().reverse()) {
      const report = record.report(township, number);
      const publisher = report.source.publisher || voice.say("report.untitled");
      if (named.has(publisher)) continue;
      const date = voice.day(report.day, report.precision) + " · ";
      named.set(publisher, [date, M.claim(voice, report), M.link(report.source.url, M.short(publisher, 80))]);
    }
    const lines = [...named.values()];
    const more = lines.length - NAMED;
    return more > 0 ? [...lines.slice(0, NAMED), [voice.say("changes.more", { n: voice.number(more) })]] : lines;
  }
})(window.MapperControl);
