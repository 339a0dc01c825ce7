/* What the five canvases show at the state of the page. */
(function (M) {
  "use strict";

  const PIECEMEAL = 60; /* more townships than these are painted faster all at once */
  const STALE = 1;
  const DARK = 2;
  const DISPUTED = 4;
  const CHANGED = 8;
  const SELECTED = 16;
  const BELOW_PX = 26;
  const NAMES_FROM_ZOOM = 7.2;

  const near = (one, two, wide) =>
    one[0] <= two[2] + wide && two[0] <= one[2] + wide && one[1] <= two[3] + wide && two[1] <= one[3] + wide;

  /** Of a country's figures of several measures the map shows the largest; all of them are in the list. */
  const isFirst = (rows, row) => row.people > 0 && rows.find((other) => other.place === row.place) === row;
  M.isFirst = isFirst;

  M.drawing = function (app) {
    const { data, scene, record } = app;
    const { palette } = data;
    const every = data.townships.code.map((_, i) => i);
    const painted = {};
    let fills = [];
    let ratio = 0;
    let inks = null;

    /** Paint what differs from the last time: everything after a move, else the boxes of the townships that differ. */
    function refresh(sheet, ctx, view, fresh, now, margin, paint) {
      const before = fresh ? null : painted[sheet];
      painted[sheet] = now;
      const differ = before ? every.filter((i) => now[i] !== before[i]) : every;
      if (!before || differ.length > PIECEMEAL) {
        M.wipe(ctx, view);
        paint(every);
        return;
      }
      if (!differ.length) return;
      const wide = margin / view.a;
      const boxes = differ.map((i) => scene.shapes[i].box);
      ctx.save();
      M.wipeBoxes(ctx, view, boxes, margin);
      paint(every.filter((i) => boxes.some((box) => near(scene.shapes[i].box, box, 2 * wide))));
      ctx.restore();
    }

    return {
      ground(ctx, view) {
        M.wipe(ctx, view);
        M.paintGround(ctx, view, scene, palette);
      },

      fills(ctx, view, fresh) {
        if (ratio !== view.ratio || inks !== palette.fills) {
          inks = palette.fills;
          const named = M.fills(palette, (ratio = view.ratio));
          fills = data.lists.classes.map((name) => named[name]);
        }
        const classes = every.map((i) => Number(data.assessments.class[record.at(i, app.state.slice)]));
        refresh("fills", ctx, view, fresh, classes, 2, (some) => M.paintFills(ctx, view, scene, fills, classes, some));
      },

      lines(ctx, view) {
        M.wipe(ctx, view);
        M.paintListed(app, ctx, view);
        M.paintLines(ctx, view, scene, palette, app.state.layers.includes("s"));
      },

      marks(ctx, view, fresh) {
        const { slice, selected, cursor } = app.state;
        const now = every.map((i) => {
          const at = record.at(i, slice);
          const stale = data.assessments.stale[at] === "1" ? (dark(data.assessments.class[at]) ? DARK : STALE) : 0;
          return stale + (data.assessments.disputed[at] === "1" ? DISPUTED : 0);
        });
        for (let i = 0; i < data.changed[slice].length; i += 2) {
          if (data.lists.changes[data.changed[slice][i + 1]] !== "stale") now[data.changed[slice][i]] += CHANGED;
        }
        for (const one of new Set([selected, cursor])) if (one !== null) now[one] += SELECTED;
        refresh("marks", ctx, view, fresh, now, 6, (some) => {
          const those = (bit) => some.filter((i) => now[i] & bit);
          M.paintMarks(ctx, view, scene, palette, {
            stale: those(STALE | DARK).map((i) => [i, Boolean(now[i] & DARK)]),
            changed: those(CHANGED),
            selected: those(SELECTED),
            disputed: those(DISPUTED),
            points: data.townships.point,
          });
        });
      },

      names(ctx, view, fresh) {
        const inside = M.currentPeople(app, "inside", app.state.people);
        const abroad = M.currentPeople(app, "abroad", app.state.abroad);
        const now = app.state.lang + JSON.stringify([inside, abroad]);
        if (!fresh && painted.names === now) return;
        painted.names = now;
        M.wipe(ctx, view);
        M.onScreen(ctx, view);
        M.paintCircles(ctx, palette, circles(view, inside));
        M.paintLabels(ctx, M.chosen(app, view, [...figures(view, abroad), ...labels(view)]), palette, view);
      },
    };

    function dark(name) {
      return data.dark.includes(data.lists.classes[name]);
    }

    function at(view, points, i) {
      return { x: view.a * points[2 * i] + view.e, y: view.a * points[2 * i + 1] + view.f };
    }

    function labels(view) {
      const { lang } = app.state;
      const found = M.stateLabels(app, view);
      for (const [code, point] of Object.entries(data.labels.countries)) {
        if (point) found.push({ kind: "neighbour", lines: [app.voice.say("country." + code)], ...at(view, point, 0) });
      }
      for (const [name, point] of Object.entries(data.labels.seas)) {
        found.push({ kind: "sea", lines: [app.voice.say("sea." + name)], ...at(view, point, 0) });
      }
      if (view.zoom < NAMES_FROM_ZOOM) return found;
      const near = view.zoom >= 9 ? [] : found;
      scene.shapes.forEach(({ box }, i) => {
        near.push({ kind: "township", of: i, lines: [record.name(i, lang)], room: (box[2] - box[0]) * view.a, ...at(view, data.townships.point, i) });
      });
      return near;
    }

    function circles(view, rows) {
      const found = [];
      for (const row of rows) {
        const places = { state: data.states, township: data.townships }[row.level];
        const i = places ? places.code.indexOf(row.place) : -1;
        if (i < 0) continue;
        const { x, y } = at(view, places.point, i);
        found.push([x, y, M.radius(row.people, data.people.inside.largest)]);
      }
      return found;
    }

    /** Figures abroad stand below the country's name. */
    function figures(view, rows) {
      return rows
        .filter((row) => data.labels.countries[row.place] && isFirst(rows, row))
        .map((row) => {
          const { x, y } = at(view, data.labels.countries[row.place], 0);
          return { kind: "figure", lines: [M.peopleText(app, row), app.voice.say("measure." + row.measure)], x, y: y + BELOW_PX };
        });
    }
  };
})(window.MapperControl);
