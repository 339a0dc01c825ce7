/* What the five canvases show at the state of the page. */
(function (M) {
  "use strict";

  const PIECEMEAL = 60; /* more townships than these are painted faster all at once */
  const RIM_PX = 2;

  const near = (one, two, wide) =>
    one[0] <= two[2] + wide && two[0] <= one[2] + wide && one[1] <= two[3] + wide && two[1] <= one[3] + wide;

  /** "slice" gives the number of the slice to paint. */
  M.drawing = function (app, slice = () => app.state.slice) {
    const { data, scene } = app;
    const { palette } = data;
    const every = data.townships.code.map((_, i) => i);
    const painted = {};
    const rough = new Set(); /* townships with the rims of what they were painted over */
    let late = false; /* whether names wait for the slice to rest */

    function paintFills(ctx, view, { classes, stale }, some, paint = M.paintFills) {
      paint(ctx, view, scene, app.fills(view.ratio), classes, some);
      if (stale) app.paintStale(ctx, view, stale, some);
    }

    function paintNames(ctx, view) {
      late = false;
      M.wipe(ctx, view);
      M.onScreen(ctx, view);
      const labels = app.drawn.named.map((part, i) => part.paint(ctx, view, painted.names[i])).reverse().flat();
      M.paintLabels(ctx, M.chosen(app, view, [...labels, ...M.places(app, view)]), palette, view);
    }

    return {
      ground(ctx, view) {
        M.wipe(ctx, view);
        M.paintGround(ctx, view, scene, palette);
      },

      /** Fills, and in them the dashes of what is stale: those that differ are painted over what was there, see "tidy". */
      fills(ctx, view, fresh, settled) {
        const before = painted.fills;
        const now = { classes: app.classes(slice()), stale: settled && app.stale(slice()) };
        painted.fills = now;
        if (fresh || !before) {
          rough.clear();
          M.wipe(ctx, view);
          return paintFills(ctx, view, now, every);
        }
        const differ = every.filter((i) => now.classes[i] !== before.classes[i] || now.stale[i] !== before.stale[i]);
        for (const i of differ) rough.add(i);
        M.onGrid(ctx, view);
        paintFills(ctx, view, now, differ, M.paintRoughly);
      },

      lines(ctx, view) {
        M.wipe(ctx, view);
        for (const paint of app.drawn.beneath) paint(ctx, view);
        M.paintLines(ctx, view, scene, palette, app.state.layers.includes("s"));
        for (const paint of app.drawn.above) paint(ctx, view);
      },

      /** Where reports disagree, and outlines of what changed and what is chosen. */
      marks(ctx, view, fresh) {
        const { changed, chosen } = app.outlined();
        const disputed = app.disputed(slice());
        const picked = app.state.since !== null;
        const now = [changed, chosen, disputed, picked].join("/");
        if (!fresh && painted.marks === now) return;
        painted.marks = now;
        M.wipe(ctx, view);
        M.paintDisputed(ctx, view, palette, disputed, data.townships.point);
        M.paintOutlines(ctx, view, scene, palette, changed, chosen, picked);
      },

      /**
       * Names and figures, and the circles and arrows that have them: what the page's parts have to show of the slice.
       * Gives false where nothing is painted: nothing differs, or no more than waits for the slice to rest.
       */
      names(ctx, view, fresh) {
        const before = painted.names;
        const parts = app.drawn.named;
        const now = [...parts.map((part) => part.at(slice())), app.state.lang];
        painted.names = now;
        const differ = now.map((part, i) => !before || part !== before[i]);
        late = late || differ.includes(true);
        if (!fresh && !differ.some((yes, i) => yes && !(parts[i] || {}).waits)) return false;
        paintNames(ctx, view);
      },

      /** What is painted with care now that the slice rests: what was painted over, and the names that waited. */
      tidy: {
        fills(ctx, view) {
          const wide = RIM_PX / view.a;
          const boxes = [...rough].map((i) => scene.shapes[i].box);
          rough.clear();
          if (!boxes.length) return;
          if (boxes.length > PIECEMEAL) {
            M.wipe(ctx, view);
            return paintFills(ctx, view, painted.fills, every);
          }
          ctx.save();
          M.wipeBoxes(ctx, view, boxes, RIM_PX);
          paintFills(ctx, view, painted.fills, every.filter((i) => boxes.some((box) => near(scene.shapes[i].box, box, 2 * wide))));
          ctx.restore();
        },
        names: (ctx, view) => (late ? paintNames(ctx, view) : false),
      },
    };
  };
})(window.MapperControl);
