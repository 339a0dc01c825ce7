/* Displaced people on the map: circles with their numbers, and the figures of countries around. */
(function (M) {
  "use strict";

  const BELOW_PX = 26;
  const LARGE_PX = 7; /* a circle of this radius has its number beside it, where there is room */

  /** Of a country's figures of several measures the map shows the largest; all of them are in the list. */
  const isFirst = (rows, row) => row.people > 0 && rows.find((other) => other.place === row.place) === row;
  M.isFirst = isFirst;

  /** Circles and figures, as parts of what is named on the map. */
  M.circles = function (app) {
    const { data } = app;
    app.drawn.named.push(
      { waits: true, at: (slice) => app.people("abroad", slice), paint: (ctx, view, rows) => abroad(view, rows) },
      {
        at: (slice) => app.people("people", slice),
        paint(ctx, view, rows) {
          const found = circles(view, rows);
          M.paintCircles(ctx, data.palette, found);
          return beside(found);
        },
      }
    );

    function circles(view, rows) {
      const found = [];
      for (const row of rows) {
        const places = { state: data.states, township: data.townships }[row.level];
        const i = places ? places.code.indexOf(row.place) : -1;
        if (i < 0) continue;
        const { x, y } = M.spot(view, places.point, i);
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
    function abroad(view, rows) {
      return rows
        .filter((row) => data.labels.countries[row.place] && M.isFirst(rows, row))
        .map((row) => {
          const { x, y } = M.spot(view, data.labels.countries[row.place], 0);
          return { kind: "figure", lines: [M.peopleText(app, row), app.voice.say("measure." + row.measure)], x, y: y + BELOW_PX };
        });
    }
  };
})(window.MapperControl);
