/* Ways to a township: by pointer and by arrow keys. */
(function (M) {
  "use strict";

  const AIM = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const SIDEWAYS = 2.2;
  const REACH_PX = 14;

  /** The township at a point of the grid, or the nearest small one within reach; null if there is none. */
  M.hit = function (scene, points, x, y, reach) {
    const ctx = M.hit.ctx || (M.hit.ctx = document.createElement("canvas").getContext("2d"));
    const within = scene.shapes.findIndex(
      ({ box, path }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && ctx.isPointInPath(path, x, y, "evenodd")
    );
    if (within >= 0) return within;
    let best = null;
    let least = reach * reach;
    for (let i = 0; i < scene.shapes.length; i++) {
      const far = (points[2 * i] - x) ** 2 + (points[2 * i + 1] - y) ** 2;
      if (far < least) [best, least] = [i, far];
    }
    return best;
  };

  /** The nearest township in a direction, those straight ahead first. */
  M.hop = function (points, from, aim) {
    let best = from;
    let least = Infinity;
    for (let i = 0; i < points.length / 2; i++) {
      const dx = points[2 * i] - points[2 * from];
      const dy = points[2 * i + 1] - points[2 * from + 1];
      const ahead = dx * aim[0] + dy * aim[1];
      const aside = Math.abs(dx * aim[1]) + Math.abs(dy * aim[0]);
      const cost = ahead + SIDEWAYS * aside;
      if (i !== from && ahead > 0 && aside <= 2 * ahead && cost < least) [best, least] = [i, cost];
    }
    return best;
  };

  M.travel = function (app) {
    const { map, data, parts, scene, record } = app;
    const points = data.townships.point;
    const container = parts.map;
    container.tabIndex = 0;
    container.setAttribute("role", "application");

    function at(event) {
      const view = app.layer.view();
      const point = map.latLngToLayerPoint(event.latlng).subtract(app.layer._bounds.min);
      return M.hit(scene, points, (point.x - view.e) / view.a, (point.y - view.f) / view.a, REACH_PX / view.a);
    }

    /** Open a township's card; it speaks of the date seen there. */
    const open = (township, x) =>
      app.set({ selected: township, aside: app.under(x) === app.state.slice ? null : township });
    const column = (township) =>
      map.latLngToContainerPoint(app.toLatLng(points[2 * township], points[2 * township + 1])).x;

    app.hear(map, "click", (event) => {
      app.set({ cursor: null });
      open(at(event), event.containerPoint.x);
    });
    app.hear(map, "mousemove", (event) => {
      const township = at(event);
      parts.tip.hidden = township === null;
      container.classList.toggle("mc-over", township !== null);
      if (township === null) return;
      parts.tip.textContent = M.short(said(township, event.containerPoint.x), 90);
      parts.tip.classList.toggle("mc-left", event.containerPoint.x > map.getSize().x / 2);
      parts.tip.style.left = event.containerPoint.x + "px";
      parts.tip.style.top = event.containerPoint.y + "px";
    });
    app.hear(map, "mouseout", () => (parts.tip.hidden = true));

    app.hear(container, "keydown", (event) => {
      const { cursor, selected } = app.state;
      const here = cursor !== null ? cursor : selected;
      if (AIM[event.key]) {
        app.set({ cursor: here === null ? middle() : M.hop(points, here, AIM[event.key]) });
        reveal(app.state.cursor);
      } else if (event.key === "Enter" && here !== null) {
        app.set({ cursor: here });
        open(here, column(here));
      }
      else if (event.key === "Escape") app.close();
      else if (event.key === "+" || event.key === "=") map.zoomIn();
      else if (event.key === "-") map.zoomOut();
      else return;
      event.preventDefault();
    });
    app.hear(container, "blur", () => app.set({ cursor: null }));

    function middle() {
      const [x, y] = app.toGrid(map.getCenter());
      let best = 0;
      let least = Infinity;
      for (let i = 0; i < points.length / 2; i++) {
        const far = (points[2 * i] - x) ** 2 + (points[2 * i + 1] - y) ** 2;
        if (far < least) [best, least] = [i, far];
      }
      return best;
    }

    function reveal(township) {
      const where = app.toLatLng(points[2 * township], points[2 * township + 1]);
      if (!map.getBounds().pad(-0.05).contains(where)) map.panTo(where, { animate: false });
    }

    function said(township, x) {
      const slice = app.under(x);
      const found = record.assessment(record.at(township, slice));
      const date = app.state.split === null ? "" : " · " + app.voice.day(data.dates[slice]);
      return app.voice.say("say.township", {
        name: record.name(township, app.state.lang),
        state: record.state(township, app.state.lang),
        status: M.statusText(app, found) + (app.byHolder() && found.basis === "reported" ? M.ids(record, found.holders) : ""),
      }) + date;
    }

    app.on(["cursor"], () => {
      if (app.state.cursor !== null) parts.live.textContent = M.short(said(app.state.cursor, column(app.state.cursor)), 200);
    });
    app.on(["lang"], () => M.label(container, app.voice.say("map.label", { country: app.voice.say("country") })));
  };
})(window.MapperControl);
