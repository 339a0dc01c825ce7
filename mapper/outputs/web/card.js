/* A township's card: who holds it, since when, how sure, says who, and how it went. */
(function (M) {
  "use strict";

  const LONG_AGO = 61;
  const MONTH = 30.44;

  M.card = function (app) {
    const { data, parts, record } = app;
    const node = M.el("div", { class: "mc-card", hidden: "", role: "region" });
    parts.panel.append(node);

    app.onRest(["lang", "slice", "since", "selected", "aside"], (changed) => {
      const township = app.state.selected;
      node.hidden = township === null;
      parts.root.classList.toggle("mc-has-card", township !== null);
      if (township === null) {
        node.replaceChildren();
        return;
      }
      const open = node.querySelector("details");
      const wasOpen = !changed.has("selected") && open && open.open;
      node.replaceChildren(...content(app, township, wasOpen));
      M.label(node, M.short(record.name(township, app.state.lang), 80));
      if (!changed.has("selected")) return;
      parts.panel.scrollTop = 0;
      node.querySelector("h2").focus({ preventScroll: true });
    });
    node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") app.close();
    });

    function content(app, township, wasOpen) {
      const { voice } = app;
      const { lang, aside } = app.state;
      const found = record.assessment(record.at(township, app.told()));
      const close = M.button("mc-button mc-close", () => app.close());
      close.textContent = "×";
      M.label(close, voice.say("card.close"));
      const other = record.name(township, lang === "my" ? "en" : "my");
      const title = M.el("h2", { class: "mc-card-title", tabindex: -1 }, M.foreign(record.name(township, lang)));
      const doubt = data.townships.doubt[township];
      const people = data.townships.people[township];
      return [
        M.el("div", { class: "mc-card-head" }, M.el("div", {}, title, M.el("p", { class: "mc-small" },
          M.el("span", { lang: lang === "my" ? "en" : "my" }, M.foreign(other)), " · ",
          voice.say("card.township_in", { state: record.state(township, lang) }))), close),
        aside === township ? M.el("p", { class: "mc-missing" }, voice.say("foot.as_of", { date: voice.day(data.dates[app.told()]) })) : null,
        M.el("p", { class: "mc-status" }, M.chip(app, found), M.el("b", {}, statusText(app, found))),
        missing(app, township, found),
        facts(app, township, found),
        ...(data.lean ? [elsewhere(app, township)] : [behind(app, township, found), all(app, township, found, wasOpen)]),
        M.el("h3", {}, voice.say("card.history")),
        ...history(app, township),
        people === null ? null : M.el("p", { class: "mc-small" }, voice.say("card.population") + ": " + voice.number(people)),
        doubt ? M.el("p", { class: "mc-small" }, voice.say("card.doubt", { doubt })) : null,
      ].filter(Boolean);
    }
  };

  const statusText = (app, found) =>
    app.voice.say(found.basis === "assumed" ? "legend.assumed." + found.status : "status." + found.status);
  M.statusText = statusText;

  /** What is not known, and why the map looks as it does all the same. */
  function missing(app, township, found) {
    const { voice, data } = app;
    if (found.basis === "reported") return null;
    const why = found.basis === "assumed"
      ? voice.say("card.assumed", { date: data.foot[app.state.lang].assumed_from || voice.day(found.since) })
      : voice.say("card.unknown");
    const none = app.record.reports(township) ? "card.no_reports_yet" : "card.no_reports";
    return M.el("p", { class: "mc-missing" }, voice.say(none) + " " + why);
  }

  function facts(app, township, found) {
    const { voice, record } = app;
    const { lang } = app.state;
    const names = (ids) => ids.map((id) => M.el("div", {}, M.foreign(record.actor(id, lang))));
    const rows = [];
    const row = (key, ...children) => rows.push(M.el("dt", {}, voice.say(key)), M.el("dd", {}, ...children));
    if (found.status === "contested") {
      row("card.parties", ...(found.holders.length ? names(found.holders) : [voice.say("card.parties_none")]));
      const firm = found.firm
        ? voice.say("card.firm", { status: voice.say("status." + found.firm) + ids(record, found.firmHolders) })
        : voice.say("card.firm_none");
      rows[rows.length - 1].append(M.el("div", { class: "mc-small" }, M.foreign(firm)));
    } else if (found.holders.length) row("card.held_by", ...names(found.holders));
    if (found.since && found.basis !== "assumed") {
      const month = found.sinceHow === "month";
      row("card.since", voice.say("since." + (found.sinceHow || "day"), { date: voice.day(found.since, month ? "month" : "day") }));
    }
    row("card.sure", ...sure(app, township, found));
    row("card.why", voice.say("rule." + found.rule));
    return M.el("dl", { class: "mc-facts" }, ...rows);
  }

  const ids = (record, holders) => (holders.length ? " (" + holders.map(record.actorId).join(", ") + ")" : "");
  M.ids = ids;

  /** How long before the date shown a day lies. */
  function age({ voice, data, told }, day) {
    const days = data.dates[told()] - day;
    return days < LONG_AGO ? voice.count("age.days", days) : voice.count("age.months", Math.floor(days / MONTH));
  }

  /** Who published the reports of these numbers, each once. */
  const publishers = ({ record, voice }, township, numbers) =>
    [...new Set(numbers.map((n) => record.report(township, n).source.publisher || voice.say("report.untitled")))];

  function sure(app, township, found) {
    const { voice } = app;
    const basis = found.basis === "reported" ? voice.say("sure.reported") + ", " + voice.say("sure." + found.confidence) : voice.say("sure.none");
    const lines = [basis];
    if (found.disputed) lines.push(voice.say("sure.disputed"));
    if (found.disputed && found.disputedBy.length) {
      lines.push(voice.say("sure.disputed_by", { who: publishers(app, township, found.disputedBy).join(", ") }));
    }
    if (found.confirmed) {
      lines.push(voice.say(found.stale ? "sure.stale" : "sure.confirmed", { date: voice.day(found.confirmed) }));
      lines.push(age(app, found.confirmed));
    }
    if (found.contestedUntil) lines.push(voice.say("sure.contested_until", { date: voice.day(found.contestedUntil) }));
    if (found.mainTown) lines.push(voice.say("sure.main_town"));
    return lines.map((text) => M.el("div", {}, M.foreign(text)));
  }

  /** Where the reports can be read that a lean page does not have. */
  function elsewhere(app, township) {
    const count = app.record.reports(township);
    return count ? M.el("p", { class: "mc-status" }, M.wayToWhole(app, app.voice.count("lean.reports", count))) : null;
  }

  function behind(app, township, found) {
    if (!found.reports.length) return null;
    const numbers = found.reports.slice().reverse();
    const marks = { behind: found.reports, disputedBy: found.disputedBy, tag: false };
    return M.el("div", {}, M.el("h3", {}, app.voice.say("card.says_who")),
      M.el("ul", { class: "mc-reports" }, ...numbers.map((number) => M.reportItem(app, township, number, marks))));
  }

  function all(app, township, found, wasOpen) {
    const count = app.record.reports(township);
    if (!count) return null;
    const marks = { behind: found.reports, disputedBy: found.disputedBy, tag: true };
    const numbers = Array.from({ length: count }, (_, i) => count - 1 - i);
    const list = M.el("ul", { class: "mc-reports" });
    const node = M.el("details", wasOpen ? { open: "" } : {},
      M.el("summary", {}, app.voice.say("card.all_reports", { n: app.voice.number(count) })), list);
    const fill = () => {
      if (!list.children.length && node.open) list.append(...numbers.map((n) => M.reportItem(app, township, n, marks)));
    };
    node.addEventListener("toggle", fill);
    fill();
    return node;
  }

  /** The history from the first slice or the first report on, whichever is earlier; what held before that is not told. */
  function told(app, township) {
    const { data, record } = app;
    const begins = Math.min(data.dates[0], record.begins(township));
    const found = record.history(township);
    const first = found.filter(({ day }) => day <= begins).length - 1;
    return found.slice(Math.max(0, first)).map(({ day, assessment }) => ({ day: Math.max(day, begins), assessment }));
  }

  /** The history at a glance: as wide as it was long. */
  function strip(app, shown) {
    const { voice, record, data } = app;
    const end = data.dates[data.dates.length - 1];
    const text = voice.say("card.strip", { from: voice.day(shown[0].day), to: voice.day(end) });
    const parts = shown.map(({ day, assessment }, i) => {
      const part = M.chip(app, record.assessment(assessment));
      part.style.flexGrow = Math.max(1, (i + 1 < shown.length ? shown[i + 1].day : end) - day);
      return part;
    });
    return [M.el("div", { class: "mc-strip", "aria-hidden": "true" }, ...parts), M.el("p", { class: "mc-small" }, text)];
  }

  function history(app, township) {
    const { voice, record } = app;
    const shown = told(app, township);
    const rows = shown.slice().reverse().map(({ day, assessment }) => {
      const found = record.assessment(assessment);
      const extra = [found.stale && found.confirmed ? voice.say("change.now_stale") : "", found.disputed ? voice.say("change.now_disputed") : ""];
      const text = statusText(app, found) + (found.basis === "reported" ? ids(record, found.holders) : "");
      return M.el("li", {}, M.chip(app, found),
        M.el("span", {}, day ? voice.day(day) : "…"), " ",
        M.el("span", {}, M.foreign([text, ...extra].filter(Boolean).join(" · "))));
    });
    return [...strip(app, shown), M.el("ul", { class: "mc-history" }, ...rows)];
  }
})(window.MapperControl);
