/* The map's twin: all townships as a table that says the same at each date. Not there until asked for. */
(function (M) {
  "use strict";

  const LIST = ", ";

  M.table = function (app) {
    const { data, parts, record } = app;
    app.state.table = false;
    const open = M.button("mc-text-button mc-as-table", () => app.set({ table: !app.state.table }));
    parts.find.append(open);
    let sorted = { column: 0, down: false };
    let parted = null;

    const COLUMNS = [
      ["table.township", (row) => row.name],
      ["table.state", (row) => row.state],
      ["table.status", (row) => row.class, true],
      ["table.holders", (row) => row.holders],
      ["card.since", (row) => row.day, true],
      ["card.sure", (row) => row.rank, true],
    ];

    function rows() {
      const { lang, slice } = app.state;
      return data.townships.code.map((_, i) => {
        const found = record.assessment(record.at(i, slice));
        return {
          i, found,
          name: record.name(i, lang),
          state: record.state(i, lang),
          class: data.lists.classes.indexOf(found.class),
          holders: found.basis === "reported" ? found.holders.map(record.actorId).join(LIST) : "",
          day: found.since,
          rank: (found.basis === "reported" ? data.lists.confidences.indexOf(found.confidence) : 99) + (found.disputed ? 0.5 : 0),
        };
      });
    }

    function inOrder(found) {
      const [, value, number] = COLUMNS[sorted.column];
      const collator = new Intl.Collator(app.state.lang, { numeric: true });
      const by = number ? (one, two) => value(one) - value(two) : (one, two) => collator.compare(value(one), value(two));
      const sign = sorted.down ? -1 : 1;
      return found.sort((one, two) => sign * by(one, two) || one.i - two.i);
    }

    function line(row) {
      const name = M.button("mc-plain", () => app.set({ selected: row.i, cursor: null }));
      name.append(M.foreign(M.short(row.name, 80)));
      const status = [M.chip(app, row.found), app.voice.say("legend." + row.found.class.split(".").reverse().join("."))];
      const texts = [M.foreign(M.short(row.state, 80))];
      const node = M.el("tr", { "data-code": data.townships.code[row.i] }, M.el("th", { scope: "row" }, name),
        M.el("td", {}, ...texts), M.el("td", {}, ...status), M.el("td", {}, M.foreign(row.holders)),
        M.el("td", {}, M.sinceText(app, row.found)), M.el("td", {}, M.sureText(app, row.found)));
      if (row.i === app.state.selected) node.setAttribute("aria-current", "true");
      return node;
    }

    function build() {
      const close = M.button("mc-text-button", () => app.set({ table: false }));
      const caption = M.el("caption");
      const body = M.el("tbody");
      const heads = COLUMNS.map(([key], column) => {
        const button = M.button("mc-sort", () => {
          sorted = { column, down: sorted.column === column && !sorted.down };
          fill();
        });
        return { key, button, node: M.el("th", { scope: "col" }, button) };
      });
      const table = M.el("table", { class: "mc-table" }, caption,
        M.el("thead", {}, M.el("tr", {}, ...heads.map((head) => head.node))), body);
      const node = M.el("div", { class: "mc-table-sheet", tabindex: 0, role: "region" }, close, table);
      node.addEventListener("keydown", (event) => {
        if (event.key === "Escape" || event.key.toLowerCase() === "t") app.set({ table: false });
      });

      function fill() {
        const { voice } = app;
        const n = voice.number(data.townships.code.length);
        close.textContent = voice.say("table.close");
        caption.textContent = voice.say("table.caption", { n, date: voice.day(data.dates[app.state.slice]) });
        M.label(node, caption.textContent);
        heads.forEach(({ key, button, node: head }, column) => {
          button.textContent = voice.say(key);
          if (column === sorted.column) head.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
          else head.removeAttribute("aria-sort");
        });
        body.replaceChildren(...inOrder(rows()).map(line));
      }
      return { node, fill, body };
    }

    /** A card that was opened from the table gives the focus back to its row. */
    const closeCard = app.close;
    app.close = () => {
      const row = parted && parted.body.querySelector("tr[aria-current] button");
      closeCard();
      if (row) row.focus();
    };

    app.on(["lang"], () => (open.textContent = app.voice.say("table.open")));
    app.onRest(["lang", "slice", "table"], (changed) => {
      open.setAttribute("aria-expanded", String(app.state.table));
      if (app.state.table) {
        if (!parted) parts.stage.append((parted = build()).node);
        parted.fill();
        if (changed.has("table")) parted.node.focus({ preventScroll: true });
      } else if (parted) {
        parted.node.remove();
        parted = null;
        parts.map.focus({ preventScroll: true });
      }
    });
    app.on(["selected"], () => {
      if (!parted) return;
      for (const row of parted.body.children) {
        if (row.dataset.code === data.townships.code[app.state.selected]) row.setAttribute("aria-current", "true");
        else row.removeAttribute("aria-current");
      }
    });
    app.hear(parts.map, "keydown", (event) => {
      if (event.key.toLowerCase() === "t" && !event.ctrlKey && !event.metaKey && !event.altKey) app.set({ table: true });
    });
  };

  /** Since when, as sure as it is; an assumption is told as one. */
  M.sinceText = function (app, found) {
    if (!found.since) return app.voice.say("since.none");
    const how = found.basis === "assumed" ? "assumed" : found.sinceHow || "day";
    return app.voice.say("since." + how, { date: app.voice.day(found.since, how === "month" ? "month" : "day") });
  };

  /** How sure, in one line. */
  M.sureText = function (app, found) {
    const { voice } = app;
    const said = [found.basis === "reported" ? voice.say("sure.reported") + LIST + voice.say("sure." + found.confidence) : voice.say("sure.none")];
    if (found.disputed) said.push(voice.say("sure.disputed"));
    if (found.stale && found.confirmed) said.push(voice.say("sure.stale", { date: voice.day(found.confirmed) }));
    return said.join(" · ");
  };
})(window.MapperControl);
