/* What the six canvases show at the state of the page. */
(function (M) {
  "use strict";

  const PIECEMEAL = 60; /* more townships than these are painted faster all at once */
  const BELOW_PX = 26;
  const LARGE_PX = 7; /* a circle of this radius has its number beside it, where there is room */
  const NAMES_FROM_ZOOM = 7.2;

  const near = (one, two, wide) =>
    one[0] <= two[2] + wide && two[0] <= one[2] + wide && one[1] <= two[3] + wide && two[1] <= one[3] + wide;

  /** Of a country's figures of several measures the map shows the largest; all of them are in the list. */
  const isFirst = (rows, row) => row.people > 0 && rows.find((other) => other.place === row.place) === row;
  M.isFirst = isFirst;

  /** "slice" gives the number of the slice to paint. */
  M.drawing = function (app, slice = () => app.state.slice) {
    const { data, scene, record } = app;
    const { palette } = data;
    const every = data.townships.code.map((_, i) => i);
    const painted = {};
    const untidy = {}; /* sheets on which the rims of what was painted over can be made out */

    /**
     * Paint what differs from the last time: everything after a move, else the boxes of the townships that differ. Of a
     * sheet that covers all, many are painted over what was there, until the slice has come to rest: see "tidy".
     */
    function refresh(sheet, ctx, view, fresh, now, margin, paint, covers) {
      const before = fresh ? null : painted[sheet];
      painted[sheet] = now;
      const differ = before ? every.filter((i) => now[i] !== before[i]) : every;
      if (!before || differ.length > PIECEMEAL) {
        const over = Boolean(before && covers && differ.length < every.length / 2);
        untidy[sheet] = over;
        if (over) M.onGrid(ctx, view);
        else M.wipe(ctx, view);
        paint(over ? differ : every);
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
      /** Which sheets to paint anew now that there is time. */
      tidy: () => Object.keys(untidy).filter((sheet) => untidy[sheet]),

      ground(ctx, view) {
        M.wipe(ctx, view);
        M.paintGround(ctx, view, scene, palette);
      },

      fills(ctx, view, fresh) {
        const classes = app.classes(slice());
        refresh("fills", ctx, view, fresh, classes, 2, (some) => M.paintFills(ctx, view, scene, app.fills(view.ratio), classes, some), true);
      },

      lines(ctx, view) {
        M.wipe(ctx, view);
        M.paintListed(app, ctx, view);
        M.paintLines(ctx, view, scene, palette, app.state.layers.includes("s"));
        M.paintFrames(ctx, view, palette, app.insetFrames());
      },

      /** What is doubtful seldom changes from one slice to the next, and costs the most to paint. */
      doubts(ctx, view, fresh) {
        const now = app.doubts(slice());
        refresh("doubts", ctx, view, fresh, now, 6, (some) => app.paintDoubts(ctx, view, now, some));
      },

      /** Outlines of what changed and what is chosen. */
      marks(ctx, view, fresh) {
        const { changed, chosen } = app.outlined();
        const picked = app.state.since !== null;
        const now = [changed, chosen, picked].join("/");
        if (!fresh && painted.marks === now) return;
        painted.marks = now;
        M.wipe(ctx, view);
        M.paintOutlines(ctx, view, scene, palette, changed, chosen, picked);
      },

      names(ctx, view, fresh) {
        const holders = app.byHolder() ? M.holderNames(app, slice()) : [];
        const now = [app.people("people", slice()), app.people("abroad", slice()), app.flows(slice()), app.state.lang, JSON.stringify(holders)];
        if (!fresh && painted.names && now.every((part, i) => part === painted.names[i])) return;
        painted.names = now;
        M.wipe(ctx, view);
        M.onScreen(ctx, view);
        const arrows = M.arrows(app, view, now[2].rows);
        const found = circles(view, now[0]);
        M.paintArrows(ctx, palette, arrows);
        M.paintCircles(ctx, palette, found);
        const all = [...figures(view, now[1]), ...held(view, holders), ...labels(view), ...beside(found), ...M.arrowLabels(app, arrows)];
        M.paintLabels(ctx, M.chosen(app, view, all), palette, view);
      },
    };

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

    function held(view, holders) {
      return holders.map(({ text, township, room }) => ({ kind: "holder", lines: [text], room: room * view.a, ...at(view, data.townships.point, township) }));
    }

    function circles(view, rows) {
      const found = [];
      for (const row of rows) {
        const places = { state: data.states, township: data.townships }[row.level];
        const i = places ? places.code.indexOf(row.place) : -1;
        if (i < 0) continue;
        const { x, y } = at(view, places.point, i);
        found.push([x, y, M.radius(row.people, data.people.inside.largest), row.old, M.peopleText(app, row)]);
      }
      return found;
    }

    /** Large circles have their number beside them. */
    function beside(found) {
      const large = found.filter(([, , radius]) => radius >= LARGE_PX);
      return large.map(([x, y, far, , text]) => ({ kind: "figure", lines: [text], x, y, beside: far }));
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
