/* What every map on the page shows of a slice: the looks, doubts and outlines of the townships. */
(function (M) {
  "use strict";

  const STALE = 1;
  const DARK = 2;

  /** Give the page's parts "app.classes", "app.fills", "app.stale", "app.disputed" and "app.outlined". */
  M.pictured = function (app) {
    const { data, scene, record } = app;
    const { palette } = data;
    let fills = null;
    let ratio = 0;
    let inks = null;
    const known = new Map();
    /** What is asked for of a slice again and again, by a layer, its twin and the insets; kept for the few last slices. */
    function kept(what, slice, make) {
      const key = what + slice;
      if (known.size > 7) known.clear();
      if (!known.has(key)) known.set(key, make());
      return known.get(key);
    }

    M.looks(app);
    /** What each township looks like at a slice: numbers of "app.looks". */
    app.classes = (slice) => kept(app.state.by, slice, () => record.all(slice).map((at) => app.lookAt(at)));

    /** Gives how such a look is filled on a screen. */
    app.fills = function (now) {
      if (ratio === now && inks === palette.fills) return fills;
      inks = palette.fills;
      const named = M.fills(palette, (ratio = now));
      return (fills = (look) => named(app.looks[look]));
    };

    /** Of each township at a slice whether nothing confirmed it for long, and whether its fill is dark. */
    app.stale = (slice) =>
      kept("stale" + app.state.by + app.state.dark, slice, () =>
        record.all(slice).map((at) => (data.assessments.stale[at] === "1" ? (dark(app.lookAt(at)) ? DARK : STALE) : 0)));
    app.paintStale = (ctx, view, stale, some) =>
      M.paintStale(ctx, view, scene, palette, some.filter((i) => stale[i]), (i) => stale[i] === DARK);

    /** The townships about which reports disagree at a slice. */
    app.disputed = (slice) =>
      kept("disputed", slice, () => record.all(slice).flatMap((at, i) => (data.assessments.disputed[at] === "1" ? [i] : [])));

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
