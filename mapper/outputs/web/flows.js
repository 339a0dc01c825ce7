/* Movements of people as arrows from area to area: one kind at a time, each with its dates and source. */
(function (M) {
  "use strict";

  const SIZES = [100000, 10000, 1000];
  const BEND = 0.18; /* of an arrow's length, so that there and back lie apart */
  const INSET_PX = 18;
  const NAME_PX = 26; /* an arrow keeps as far from the name of a country */
  const LABEL_FROM_PX = 60;

  M.flows = function (app) {
    const { data, parts } = app;
    const { bases, largest } = data.people.flows;
    if (!bases.length) return;
    const chooser = M.chooser(app, "flows", "flows.label");
    const sizes = M.el("div", { class: "mc-sizes" });
    const note = M.el("p", { class: "mc-small" });
    const figures = M.el("div", { class: "mc-figures" });
    parts.people.append(chooser.node, sizes, note, figures);
    const all = app.figures.flows;
    let last = { sign: "" };

    const kindName = (id) => {
      const [type, measure] = id.split(".");
      return (measure ? app.voice.say("measure." + measure) + " · " : "") + app.voice.say("flow." + type);
    };

    /** The movements that hold, the latest of each pair, and how many are withheld. The same as long as none differs. */
    app.flows = function (shown = app.state.slice) {
      const own = app.ownSlice(shown);
      const held = [];
      let withheld = 0;
      for (const [from, to, turns, changes] of app.places("flows")) {
        const at = app.record.figure(changes, own);
        if (at === null) continue;
        const closed = turns ? M.ascending(turns) : [];
        if ([own, shown].some((slice) => closed.filter((turn) => turn <= slice).length % 2)) withheld++;
        else held.push([from, to, turns !== null, at, all[at].day < app.old[own]]);
      }
      const sign = app.state.flows + JSON.stringify(held) + withheld;
      if (last.sign === sign) return last;
      const rows = held.map(([from, to, drawn, at, old]) => Object.assign({ from, to, drawn, old }, all[at]));
      return (last = { sign, withheld, rows: rows.sort((one, two) => two.people - one.people) });
    };

    /** The name of an area, of several, or the words of the source where it names none. */
    function named(place) {
      const name = (code) => (code === "MMR" ? app.voice.say("country") : M.placeName(app, M.levelOf(code), code));
      return place ? place.split(";").map(name).join(", ") : app.voice.say("since.none");
    }

    app.drawn.named.unshift({
      at: app.flows,
      paint(ctx, view, { rows }) {
        const arrows = M.arrows(app, view, rows);
        M.paintArrows(ctx, data.palette, arrows);
        return M.arrowLabels(app, arrows);
      },
    });

    app.on(["lang"], () => {
      chooser.fill([["", app.voice.say("flows.none")], ...bases.map(({ id }) => [id, kindName(id)])]);
    });
    app.on(["lang", "flows", "dark"], () => legend(app, sizes, largest));
    app.on(["flows"], () => app.layer.paint(["names"]));
    let before = null;
    app.onRest(["lang", "slice", "figures", "flows"], (changed) => {
      const now = app.flows();
      if (now === before && !changed.has("lang")) return;
      before = now;
      const said = now.withheld ? [app.voice.count("flows.withheld", now.withheld)] : [];
      if (now.rows.length) said.unshift(app.voice.say("flows.note"));
      if (app.state.flows && !said.length) said.push(app.voice.say("people.nothing"));
      note.textContent = said.join(" ");
      M.figureList(app, figures, now.rows, (row) => {
        const [before, after] = [named(row.from), named(row.to)];
        const name = before === after ? before : app.voice.say("changes.to", { before, after });
        const dated = [...new Set([row.begun, row.day])].map((day) => app.voice.day(day)).join(" – ");
        return M.figureLine(app, name, row, "", dated);
      });
    });
  };

  M.levelOf = (code) => (/^[A-Z]{3}$/.test(code) ? "country" : code.length === 6 ? "state" : "township");

  function legend(app, node, largest) {
    if (!app.state.flows) return node.replaceChildren();
    const { fill } = app.data.palette.displacement;
    const row = (people, text, more) => {
      const width = M.radius(people, largest);
      const look = Object.assign({ d: `M0 10H26`, stroke: fill, "stroke-width": width }, more);
      return [26, 20, [M.svg("path", look)], text];
    };
    M.sizeLegend(node, [
      ...SIZES.map((people) => row(people, app.voice.number(people))),
      row(SIZES[1], app.voice.say("people.older"), { "stroke-dasharray": M.DASH, "stroke-opacity": M.FAINT }),
    ]);
  }

  /** Arrows for rows, in pixels: [{x, y, cx, cy, tx, ty, width, old, row}]; what lies off the map begins or ends at its margin. */
  M.arrows = function (app, view, rows) {
    const { data } = app;
    const { shift, seen } = view;
    const within = (value, low, size) => Math.max(low + INSET_PX, Math.min(low + size - INSET_PX, value));

    function end(code) {
      const { countries, far } = data.labels;
      const i = M.levelOf(code) === "country" ? -1 : 0;
      const { code: codes, point } = data[M.levelOf(code) === "state" ? "states" : "townships"];
      const at = i < 0 ? far[code] || countries[code] : point.slice(2 * codes.indexOf(code));
      const [x, y] = [view.a * at[0] + view.e, view.a * at[1] + view.f];
      return far[code] ? [within(x, shift.x, seen.x), within(y, shift.y, seen.y)] : [x, y];
    }

    return rows.filter((row) => row.drawn).map((row) => {
      let [x, y] = end(row.from);
      let [tx, ty] = end(row.to);
      const [cx, cy] = [(x + tx) / 2 + BEND * (y - ty), (y + ty) / 2 + BEND * (tx - x)];
      const near = (code, px, py) => {
        const part = data.labels.countries[code] ? NAME_PX / (Math.hypot(cx - px, cy - py) || 1) : 0;
        return [px + part * (cx - px), py + part * (cy - py)];
      };
      [[x, y], [tx, ty]] = [near(row.from, x, y), near(row.to, tx, ty)];
      return { x, y, cx, cy, tx, ty, width: M.radius(row.people, data.people.flows.largest), old: row.old, row };
    });
  };

  /** Where arrows have their number, and the name of a country off the map. */
  M.arrowLabels = (app, arrows) =>
    arrows.flatMap(({ x, y, cx, cy, tx, ty, width, row }) => {
      const labels = [];
      if (Math.hypot(tx - x, ty - y) > LABEL_FROM_PX) {
        labels.push({ kind: "figure", lines: [M.peopleText(app, row)], x: (x + 2 * cx + tx) / 4, y: (y + 2 * cy + ty) / 4, beside: width / 2 + 2 });
      }
      if (app.data.labels.countries[row.to] === null) {
        labels.push({ kind: "neighbour", lines: [M.placeName(app, "country", row.to)], x: tx, y: ty, beside: 10 });
      }
      return labels;
    });

  /** Draw arrows, the large ones first, each with an edge that parts it from what lies beneath. */
  M.paintArrows = function (ctx, palette, arrows) {
    const { fill, edge } = palette.displacement;
    ctx.lineJoin = "round";
    for (const { x, y, cx, cy, tx, ty, width, old } of arrows.slice().sort((one, two) => two.width - one.width)) {
      const long = Math.hypot(tx - cx, ty - cy) || 1;
      const [ux, uy] = [(tx - cx) / long, (ty - cy) / long];
      const head = Math.min(6 + 1.3 * width, long);
      const half = 0.6 * head;
      const [bx, by] = [tx - ux * head, ty - uy * head];
      const shaft = new Path2D();
      shaft.moveTo(x, y);
      shaft.quadraticCurveTo(cx, cy, bx, by);
      const tip = new Path2D();
      tip.moveTo(tx, ty);
      tip.lineTo(bx - uy * half, by + ux * half);
      tip.lineTo(bx + uy * half, by - ux * half);
      tip.closePath();
      ctx.globalAlpha = old ? M.FAINT + 0.1 : 1;
      ctx.setLineDash([]);
      ctx.strokeStyle = edge;
      ctx.lineWidth = width + 2;
      ctx.stroke(shaft);
      ctx.lineWidth = 2;
      ctx.stroke(tip);
      ctx.strokeStyle = ctx.fillStyle = fill;
      ctx.lineWidth = width;
      if (old) ctx.setLineDash(M.DASH);
      ctx.stroke(shaft);
      ctx.fill(tip);
    }
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
  };
})(window.MapperControl);
