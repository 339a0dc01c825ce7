/* The legend: every class with its count at the slice, and what the marks mean. */
(function (M) {
  "use strict";

  const WIDTH = 26;
  const HEIGHT = 16;

  /** A small picture for the legend, drawn anew by night. */
  function swatch(app, draw) {
    const ratio = window.devicePixelRatio || 1;
    const { canvas, ctx, size, show } = M.sheet(M.el("canvas", { class: "mc-swatch", "aria-hidden": "true" }), true);
    size(WIDTH * ratio, HEIGHT * ratio);
    const paint = () => {
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx.clearRect(0, 0, WIDTH, HEIGHT);
      draw(ctx, app.data.palette);
      show();
    };
    app.on(["dark"], paint);
    paint();
    return canvas;
  }

  M.swatch = swatch;

  function filled(app, name) {
    return swatch(app, (ctx) => {
      M.useFill(ctx, M.fills(app.data.palette, window.devicePixelRatio || 1)(name), { a: 1, e: 0, f: 0, left: 0, top: 0 });
      ctx.fillRect(0, 0, WIDTH, HEIGHT);
    });
  }

  M.filled = filled;

  const MARKS = {
    stale(ctx, palette) {
      ctx.fillStyle = palette.fills["eao.reported"];
      ctx.fillRect(0, 0, WIDTH, HEIGHT);
      ctx.strokeStyle = palette.marks.stale;
      ctx.setLineDash([3, 3]);
      ctx.strokeRect(1.5, 1.5, WIDTH - 3, HEIGHT - 3);
    },
    disputed(ctx, palette) {
      ctx.fillStyle = palette.marks.disputed;
      ctx.beginPath();
      ctx.moveTo(WIDTH / 2, HEIGHT / 2 - 5);
      ctx.lineTo(WIDTH / 2 + 5, HEIGHT / 2 + 4);
      ctx.lineTo(WIDTH / 2 - 5, HEIGHT / 2 + 4);
      ctx.fill();
    },
    changed(ctx, palette) {
      ctx.strokeStyle = palette.marks.changed;
      ctx.lineWidth = 2;
      ctx.strokeRect(2, 2, WIDTH - 4, HEIGHT - 4);
    },
  };

  /** Let a row of the legend say how many townships it stands for. */
  M.sayCount = function (app, { count, node }, townships) {
    M.put(count, app.voice.number(townships));
    node.classList.toggle("mc-nought", !townships);
  };

  M.legend = function (app) {
    const { data, parts, record } = app;
    const title = M.el("h2", { class: "mc-heading" });
    const unit = M.el("span", { class: "mc-unit" });
    const list = M.el("ul", { class: "mc-classes" });
    const marks = M.el("ul", { class: "mc-signs" });
    parts.legend.append(M.el("div", { class: "mc-heading-row" }, title, unit), list, marks);

    const used = data.lists.classes.filter(
      (name, i) => data.counts.some((row) => row[i] > 0) || !/assumed/.test(name)
    );
    const rows = used.map((name) => {
      const text = M.el("span", { class: "mc-class-name" });
      const count = M.el("span", { class: "mc-count" });
      const node = M.el("li", { "data-class": name }, filled(app, name), text, count);
      return { name, i: data.lists.classes.indexOf(name), text, count, node };
    });
    list.append(...rows.map((row) => row.node));
    const signs = Object.keys(MARKS).map((name) => {
      const text = M.el("span", { class: "mc-class-name" });
      const count = M.el("span", { class: "mc-count" });
      return { name, text, count, node: M.el("li", { "data-mark": name }, swatch(app, MARKS[name]), text, count) };
    });
    marks.append(...signs.map((sign) => sign.node));

    app.on(["lang"], () => {
      title.textContent = app.voice.say("legend.title");
      unit.textContent = app.voice.say("legend.townships");
      for (const row of rows) {
        const [status, basis] = row.name.split(".");
        row.text.textContent = app.voice.say("legend." + basis + "." + status);
      }
      for (const sign of signs) {
        sign.text.textContent = app.voice.say("legend." + sign.name, { months: app.voice.number(data.stale_months) });
      }
    });
    app.onPace(["lang", "slice", "since"], () => {
      const counts = data.counts[app.state.slice];
      const [stale, disputed] = data.marked[app.state.slice];
      const changed = record.moved(...M.span(app.state)).length;
      for (const row of rows) M.sayCount(app, row, counts[row.i]);
      for (const sign of signs) {
        M.sayCount(app, sign, { stale, disputed, changed }[sign.name]);
        if (sign.name === "changed") M.put(sign.text, app.state.since === null ? app.voice.say("legend.changed") : M.between(app));
      }
    });
  };
})(window.MapperControl);
