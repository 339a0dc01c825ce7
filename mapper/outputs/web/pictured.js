/* What every map on the page shows of a slice: the looks, doubts and outlines of the townships. */
(function (M) {
  "use strict";

  const STALE = 1;
  const DARK = 2;
  const DISPUTED = 4;

  /** Give the page's parts "app.classes", "app.fills", "app.doubts" and "app.outlined". */
  M.pictured = function (app) {
    const { data, scene, record } = app;
    const { palette } = data;
    let fills = [];
    let ratio = 0;
    let inks = null;
    const known = new Map();
    /** What is asked for of a slice again and again, by a layer, its twin and the insets; kept for the few last slices. */
    function kept(what, slice, make) {
      const key = what + slice;
      if (known.size > 5) known.clear();
      if (!known.has(key)) known.set(key, make());
      return known.get(key);
    }

    M.looks(app);
    /** What each township looks like at a slice: numbers of "app.looks". */
    app.classes = (slice) => kept(app.state.by, slice, () => record.all(slice).map((at) => app.lookAt(at)));

    /** How those looks are filled on a screen. */
    app.fills = function (now) {
      if (ratio === now && inks === palette.fills) return fills;
      inks = palette.fills;
      const named = M.fills(palette, (ratio = now));
      return (fills = app.looks.map((name) => named[name]));
    };

    /** What is doubtful about each township at a slice, as bits. */
    app.doubts = (slice) =>
      kept("doubts" + app.state.by + app.state.dark, slice, () => record.all(slice).map((at) => {
        const stale = data.assessments.stale[at] === "1" ? (dark(app.lookAt(at)) ? DARK : STALE) : 0;
        return stale + (data.assessments.disputed[at] === "1" ? DISPUTED : 0);
      }));
    app.paintDoubts = function (ctx, view, now, some) {
      M.paintStale(ctx, view, scene, palette, some.filter((i) => now[i] & (STALE | DARK)), (i) => now[i] & DARK);
      M.paintDisputed(ctx, view, palette, some.filter((i) => now[i] & DISPUTED), data.townships.point);
    };

    /** The townships that are outlined: those that changed, and those that are chosen. */
    app.outlined = function () {
      const { selected, cursor } = app.state;
      return {
        changed: record.moved(...M.span(app.state)),
        chosen: [...new Set([selected, cursor])].filter((one) => one !== null),
      };
    };

    function dark(name) {
      return data.dark.includes(app.looks[name]);
    }
  };
})(window.MapperControl);
