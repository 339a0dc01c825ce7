/* Insets: small maps of the townships that are too small to see where the whole country is shown. */
(function (M) {
  "use strict";

  const SIZE = 108;
  const LINES_ZOOM = 7;
  const CLEAR_PX = 40; /* from the country, for what stands around it */
  const MOST = 0.4; /* of the stage's height */

  M.inset = function (app) {
    const { data, map, parts, scene, record } = app;
    const node = M.el("div", { class: "mc-insets" });
    const insets = data.insets.map((one) => inset(one));
    if (!insets.length) return;
    node.append(...insets.map((one) => one.node));

    app.drawn.above.push((ctx, view) => paintFrames(ctx, view, data.palette, shown().map((one) => one.box)));

    function inset({ state, box }) {
      const { canvas, ctx, size, show } = M.sheet(M.el("canvas", { "aria-hidden": "true" }), true);
      const go = M.button("mc-inset-name", () => zoom());
      const a = SIZE / (box[2] - box[0]);
      const every = data.townships.code.map((_, i) => i);
      const inside = every.filter((i) => M.meet(scene.shapes[i].box, box));
      const within = new Set(inside);
      let before = "";
      let still = null;

      function zoom() {
        app.moved = true;
        map.fitBounds(L.latLngBounds(app.toLatLng(box[0], box[1]), app.toLatLng(box[2], box[3])), { animate: false });
        parts.map.focus({ preventScroll: true });
      }
      const at = (event) => M.hit(scene, data.townships.point, box[0] + event.offsetX / a, box[1] + event.offsetY / a, 0);
      canvas.addEventListener("click", (event) => {
        const township = at(event);
        if (township === null) zoom();
        else app.set({ selected: township, cursor: null });
      });
      canvas.addEventListener("mousemove", (event) => {
        const township = at(event);
        canvas.title = township === null ? "" : M.short(record.name(township, app.state.lang), 80);
      });

      /** Paint what differs; what is the same at every slice is kept as pictures. */
      function paint(fresh) {
        const ratio = window.devicePixelRatio || 1;
        const view = { a, e: -box[0] * a, f: -box[1] * a, left: 0, top: 0, zoom: LINES_ZOOM, ratio };
        const classes = app.classes(app.state.slice);
        const stale = app.stale(app.state.slice);
        const disputed = app.disputed(app.state.slice).filter((i) => within.has(i));
        const { changed, chosen } = app.outlined();
        const outlined = [changed, chosen].map((those) => those.filter((i) => within.has(i)));
        const now = ratio + "/" + inside.map((i) => classes[i] + "." + stale[i]) + "/" + [disputed, ...outlined].join("/");
        if (!fresh && now === before) return;
        if (fresh || !still) still = [M.paintGround, M.paintLines].map((draw) => picture(view, (one) => draw(one, view, scene, data.palette, true)));
        before = now;
        const put = (picture) => {
          ctx.setTransform(1, 0, 0, 1, 0, 0);
          ctx.drawImage(picture, 0, 0);
          M.onGrid(ctx, view);
        };
        size(still[0].width, still[0].height);
        put(still[0]);
        M.paintFills(ctx, view, scene, app.fills(ratio), classes, inside);
        app.paintStale(ctx, view, stale, inside);
        put(still[1]);
        M.paintDisputed(ctx, view, data.palette, disputed, data.townships.point);
        M.paintOutlines(ctx, view, scene, data.palette, ...outlined);
        show();
      }
      const name = () => {
        const text = data.states.name[app.state.lang][state];
        go.textContent = M.short(text, 30);
        M.label(go, M.short(text, 30) + ": " + app.voice.say("map.zoom_in"));
      };
      return { node: M.el("div", { class: "mc-inset" }, canvas, go), box, a, paint, name };
    }

    const shown = () => insets.filter((one) => !one.node.hidden && !node.classList.contains("mc-tight"));
    const paint = (fresh) => shown().forEach((one) => one.paint(fresh));

    /** Where they have room, bottom left; else their names alone, as buttons. */
    function place() {
      const scale = data.grid[2] * Math.pow(2, map.getZoom());
      for (const one of insets) one.node.hidden = scale >= one.a;
      node.classList.remove("mc-tight");
      parts.offMap.before(node);
      const mine = node.getBoundingClientRect();
      const stage = parts.stage.getBoundingClientRect();
      const [x, y] = app.toGrid(map.containerPointToLatLng([mine.left - stage.left, mine.top - CLEAR_PX - stage.top]));
      const under = [x, y, x + (mine.width + CLEAR_PX) / scale, y + (mine.height + CLEAR_PX) / scale];
      const tight = mine.height > MOST * stage.height || scene.shapes.some((shape) => M.meet(shape.box, under));
      node.classList.toggle("mc-tight", tight);
      if (!tight) return;
      parts.zoom.append(node);
      if (parts.zoom.getBoundingClientRect().bottom > stage.bottom) node.remove();
    }

    app.hear(map, "moveend", () => {
      const tall = parts.zoom.offsetHeight;
      place();
      if (parts.zoom.offsetHeight !== tall) app.layer.paint(["names"], true); /* no name lies under what has moved */
      paint(false);
    });
    app.on(["lang"], () => insets.forEach((one) => one.name()));
    app.onRest(["lang", "abroad"], () => {
      place();
      app.layer.paint(["lines", "names"], true);
    });
    app.on(["dark"], () => paint(true));
    app.onPace(["slice", "by", "selected", "cursor"], () => paint(false));
  };

  function picture(view, draw) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = Math.round(SIZE * view.ratio);
    const ctx = canvas.getContext("2d");
    M.onGrid(ctx, view);
    draw(ctx);
    return canvas;
  }

  /** Outline where the insets lie; boxes are on the grid. */
  function paintFrames(ctx, view, palette, boxes) {
    ctx.strokeStyle = palette.marks.selected;
    ctx.lineWidth = 1 / view.a;
    for (const [west, north, east, south] of boxes) ctx.strokeRect(west, north, east - west, south - north);
  }

  M.meet = (one, two) => one[0] < two[2] && two[0] < one[2] && one[1] < two[3] && two[1] < one[3];
})(window.MapperControl);
