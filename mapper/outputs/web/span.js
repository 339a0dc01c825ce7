/* The two slices that are compared: the one shown, and the one before or that the reader picked. */
(function (M) {
  "use strict";

  /** The slice that the one shown is compared with: the one that the reader picked, or the one before. */
  M.other = ({ slice, since }) => (since === null ? Math.max(0, slice - 1) : since);

  /** The two slices compared, the earlier one first. */
  M.span = (state) => [state.slice, M.other(state)].sort((one, two) => one - two);

  /** From when to when, where the reader picked the date. */
  M.between = function (app) {
    const [from, to] = M.span(app.state).map((slice) => app.voice.day(app.data.dates[slice]));
    return app.voice.say("changes.between", { from, to });
  };
})(window.MapperControl);
