/* Places by name: the towns that Python sent, and the labels of states and towns that a scale has room for. */
(function (M) {
  "use strict";

  const CELL = 8;
  const FROM_ZOOM = [0, 5.5, 7.2, 8.2]; /* by rank: what gives a state its name, a district, a township, and others */

  /** Read what is written short of townships, towns and slices; most of it once it is asked for: see below. */
  M.unpackPlaces = function (data) {
    const { townships, letters } = data;
    const { point } = townships;
    for (let i = 2; i < point.length; i++) point[i] += point[i - 2];
    townships.code = M.codes(townships.code);
    M.later(townships, "my", (names) => M.letters(names, letters.my));
    const rows = (text) => M.rows(text, data.dates.length);
    M.later(data, "counts", rows);
    for (const measure of Object.keys(data.shares)) M.later(data.shares, measure, rows);
    if (data.towns) M.later(data, "towns", (towns) => unpackTowns(townships, towns, letters.my));
  };

  /** The towns, the weighty ones first: [{of, seat, rank, en, my, x, y}], "of" the number of the township. */
  function unpackTowns(townships, { seat, count, en, my, rank, point }, burmese) {
    const town = (of, isSeat, weight, steps, i, names) => ({
      of, seat: isSeat, rank: Number(weight),
      en: names.en || townships.en[of],
      my: names.my || townships.my[of],
      x: townships.point[2 * of] + CELL * steps[2 * i],
      y: townships.point[2 * of + 1] + CELL * steps[2 * i + 1],
    });
    const seats = M.steps(seat.point);
    const steps = M.steps(point);
    const names = M.letters(my, burmese);
    const found = townships.en.map((_, i) => town(i, true, seat.rank[i], seats, i, {}));
    let i = 0;
    M.digits(count).forEach((many, of) => {
      for (; many > 0; many--, i++) found.push(town(of, false, rank[i], steps, i, { en: en[i], my: names[i] }));
    });
    return found.sort((one, two) => one.rank - two.rank || townships.people[two.of] - townships.people[one.of]);
  }

  M.townName = (town, lang) => (lang === "my" && town.my) || town.en;

  const at = (view, x, y) => ({ x: view.a * x + view.e, y: view.a * y + view.f });

  /** The labels of the towns at a scale; the one that was looked for has its own at any. */
  M.townLabels = function ({ data, state }, view) {
    const all = state.layers.includes("t") && data.towns;
    const towns = all ? data.towns.filter(({ rank }) => view.zoom >= FROM_ZOOM[rank]) : [];
    return (state.town ? [state.town, ...towns] : towns).map((town) => ({
      kind: "town", sought: town === state.town, of: town.seat ? town.of : undefined,
      lines: [M.townName(town, state.lang)], ...at(view, town.x, town.y),
    }));
  };

  /** The box around a state, on the grid. */
  M.stateBox = ({ data, scene }, state) =>
    M.join(scene.shapes.filter((_, i) => data.townships.state[i] === state).map((shape) => shape.box));

  /** The labels of the states, the large ones first; each stands within its state. */
  M.stateLabels = function (app, view) {
    const { data, scene, state } = app;
    const { point } = data.states;
    const size = (box) => (box[2] - box[0]) * (box[3] - box[1]);
    app.bySize = app.bySize || data.states.code.map((_, i) => [i, size(M.stateBox(app, i))]).sort((one, two) => two[1] - one[1]);
    return app.bySize.map(([i]) => ({
      kind: "state", lines: [data.states.name[state.lang][i]],
      inside(x, y) {
        const township = M.hit(scene, data.townships.point, (x - view.e) / view.a, (y - view.f) / view.a, 0);
        return data.townships.state[township] === i;
      },
      ...at(view, point[2 * i], point[2 * i + 1]),
    }));
  };
})(window.MapperControl);
