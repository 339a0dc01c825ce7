/* What the four canvases show at the state of the page. */
(function (M) {
  "use strict";

  const BELOW_PX = 26;
  const NAMES_FROM_ZOOM = 7.2;

  M.drawing = function (app) {
    const { data, scene, record } = app;
    const { palette } = data;
    let fills = null;
    let ratio = 0;
    let taken = [];

    const current = () =>
      data.townships.code.map((_, i) => data.lists.classes[data.assessments.class[record.at(i, app.state.slice)]]);

    return {
      fills(ctx, view) {
        if (ratio !== view.ratio) fills = M.fills(palette, (ratio = view.ratio));
        M.paintFills(ctx, view, scene, palette, fills, current());
      },

      lines(ctx, view) {
        M.paintLines(ctx, view, scene, palette);
      },

      names(ctx, view) {
        M.onScreen(ctx, view);
        taken = [];
        M.paintLabels(ctx, labels(view), palette, view, app.state.lang, taken);
      },

      marks(ctx, view) {
        const { slice, selected, cursor } = app.state;
        const marks = { stale: [], disputed: [], points: data.townships.point, changed: [], selected: [] };
        for (let i = 0; i < data.townships.code.length; i++) {
          const at = record.at(i, slice);
          if (data.assessments.stale[at] === "1") marks.stale.push([i, dark(data.assessments.class[at])]);
          if (data.assessments.disputed[at] === "1") marks.disputed.push(i);
        }
        for (let i = 0; i < data.changed[slice].length; i += 2) {
          if (data.lists.changes[data.changed[slice][i + 1]] !== "stale") marks.changed.push(data.changed[slice][i]);
        }
        for (const one of new Set([selected, cursor])) if (one !== null) marks.selected.push(one);
        M.paintMarks(ctx, view, scene, palette, marks);
        M.onScreen(ctx, view);
        M.paintCircles(ctx, palette, circles(view));
        M.paintLabels(ctx, abroad(view), palette, view, app.state.lang, taken.slice());
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
      const found = data.states.code.map((_, i) => ({
        kind: "state", lines: [data.states.name[lang][i]], ...at(view, data.states.point, i),
      }));
      for (const [code, point] of Object.entries(data.labels.countries)) {
        if (point) found.push({ kind: "neighbour", lines: [app.voice.say("country." + code)], ...at(view, point, 0) });
      }
      for (const [name, point] of Object.entries(data.labels.seas)) {
        found.push({ kind: "sea", lines: [app.voice.say("sea." + name)], ...at(view, point, 0) });
      }
      if (view.zoom < NAMES_FROM_ZOOM) return found;
      const near = view.zoom >= 9 ? [] : found;
      scene.shapes.forEach(({ box }, i) => {
        near.push({ kind: "township", lines: [record.name(i, lang)], room: (box[2] - box[0]) * view.a, ...at(view, data.townships.point, i) });
      });
      return near;
    }

    function circles(view) {
      const found = [];
      for (const row of M.currentPeople(app, "inside", app.state.people)) {
        const places = { state: data.states, township: data.townships }[row.level];
        const i = places ? places.code.indexOf(row.place) : -1;
        if (i < 0) continue;
        const { x, y } = at(view, places.point, i);
        found.push([x, y, M.radius(row.people, data.people.inside.largest)]);
      }
      return found;
    }

    /** Figures abroad stand below the country's name; those of a country off the map in a corner of it. */
    function abroad(view) {
      const found = [];
      const seen = new Set();
      for (const row of M.currentPeople(app, "abroad", app.state.abroad)) {
        const place = data.labels.countries[row.place];
        if (place === undefined || row.people === 0 || seen.has(row.place)) continue;
        seen.add(row.place);
        const lines = [M.peopleText(app, row), app.voice.say("measure." + row.measure)];
        if (place) {
          const point = at(view, place, 0);
          found.push({ kind: "figure", lines, x: point.x, y: point.y + BELOW_PX });
        } else {
          lines.unshift(M.placeName(app, "country", row.place) + " (" + app.voice.say("people.off_map") + ")");
          found.push({ kind: "figure", lines, x: view.shift.x + view.seen.x - 90, y: view.shift.y + view.seen.y - 60 });
        }
      }
      return found;
    }
  };
})(window.MapperControl);
