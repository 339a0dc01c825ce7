/* What the six canvases show at the state of the page. */
(function (M) {
  "use strict";

  const PIECEMEAL = 60; /* more townships than these are painted faster all at once */

  const near = (one, two, wide) =>
    one[0] <= two[2] + wide && two[0] <= one[2] + wide && one[1] <= two[3] + wide && two[1] <= one[3] + wide;

  /** "slice" gives the number of the slice to paint. */
  M.drawing = function (app, slice = () => app.state.slice) {
    const { data, scene } = app;
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
        for (const paint of app.drawn.beneath) paint(ctx, view);
        M.paintLines(ctx, view, scene, palette, app.state.layers.includes("s"));
        for (const paint of app.drawn.above) paint(ctx, view);
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

      /** Names and figures, and the circles and arrows that have them: what the page's parts have to show of the slice. */
      names(ctx, view, fresh) {
        const now = [app.state.lang, ...app.drawn.named.map((part) => part.at(slice()))];
        if (!fresh && painted.names && now.every((part, i) => part === painted.names[i])) return;
        painted.names = now;
        M.wipe(ctx, view);
        M.onScreen(ctx, view);
        const labels = app.drawn.named.map((part, i) => part.paint(ctx, view, now[i + 1])).reverse().flat();
        M.paintLabels(ctx, M.chosen(app, view, [...labels, ...M.places(app, view)]), palette, view);
      },
    };
  };
})(window.MapperControl);
