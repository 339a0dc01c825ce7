/* Which names stand on the map: of states, townships, towns, neighbours and seas, as the layers are on and room allows. */
(function (M) {
  "use strict";

  const NAMES_FROM_ZOOM = 7.2;
  const ORDER = ["neighbour", "figure", "holder", "state", "number", "sea", "town", "township"];
  const HIDDEN_BY = { state: "s", township: "n" };

  /** Where point number i of a list lies on the screen. */
  M.spot = (view, points, i) => ({ x: view.a * points[2 * i] + view.e, y: view.a * points[2 * i + 1] + view.f });

  /** The labels of all places that the page knows of, at a scale. */
  M.places = function (app, view) {
    const { data, scene, record, state: { lang } } = app;
    const found = M.stateLabels(app, view);
    for (const [code, point] of Object.entries(data.labels.countries)) {
      if (point) found.push({ kind: "neighbour", lines: [app.voice.say("country." + code)], ...M.spot(view, point, 0) });
    }
    for (const [name, point] of Object.entries(data.labels.seas)) {
      found.push({ kind: "sea", lines: [app.voice.say("sea." + name)], ...M.spot(view, point, 0) });
    }
    if (view.zoom < NAMES_FROM_ZOOM) return found;
    const near = view.zoom >= 9 ? [] : found;
    scene.shapes.forEach(({ box }, i) => {
      near.push({ kind: "township", of: i, lines: [record.name(i, lang)], room: (box[2] - box[0]) * view.a, ...M.spot(view, data.townships.point, i) });
    });
    return near;
  };

  /** Of all labels those of the layers that are on, within what is seen of the map; none stands under what lies on it. */
  M.chosen = function (app, view, labels) {
    const { parts, state } = app;
    const { x, y } = view.shift;
    const stage = parts.stage.getBoundingClientRect();
    const under = function (node) {
      const { left, top, right, bottom } = node.getBoundingClientRect();
      const [across, down] = [x - stage.left, y - stage.top];
      return [left + across - 1, top + down - 1, right + across + 1, bottom + down + 1];
    };
    view.within = [x, y, x + view.seen.x, y + view.seen.y];
    view.taken = [parts.zoom, parts.offMap.parentNode, parts.legend].map(under); /* which lies on a lean map */
    const weight = ({ kind, sought, beside }) => (sought ? -1 : ORDER.indexOf(beside ? "number" : kind));
    return [...labels, ...M.townLabels(app, view)]
      .filter(({ kind }) => !HIDDEN_BY[kind] || state.layers.includes(HIDDEN_BY[kind]))
      .sort((one, two) => weight(one) - weight(two));
  };
})(window.MapperControl);
