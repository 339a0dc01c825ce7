/* Time: the slider, its buttons, the ticks of the years, and play. */
(function (M) {
  "use strict";

  const STEP_MS = 700;
  const CALM_STEP_MS = 1600;
  const YEAR = 365.25;

  M.slider = function (app) {
    const { data, parts } = app;
    const last = data.dates.length - 1;
    const range = M.el("input", { type: "range", class: "mc-range", min: 0, max: last, step: 1, value: app.state.slice });
    const ticks = M.el("div", { class: "mc-ticks", "aria-hidden": "true" });
    const date = M.el("output", { class: "mc-date" });
    let timer = 0;

    const go = (slice) => app.set({ slice: Math.max(0, Math.min(last, slice)) });
    const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

    function stop() {
      window.clearTimeout(timer);
      timer = 0;
      say();
    }

    app.onEnd(() => window.clearTimeout(timer));

    function tick() {
      if (app.state.slice >= last) return stop();
      go(app.state.slice + 1);
      timer = app.state.slice < last ? window.setTimeout(tick, calm() ? CALM_STEP_MS : STEP_MS) : 0;
      say();
    }

    const play = M.button("mc-button mc-play", () => {
      if (timer) return stop();
      if (app.state.slice >= last) go(0);
      timer = window.setTimeout(tick, calm() ? CALM_STEP_MS : STEP_MS);
      say();
    });
    const back = M.button("mc-button", () => (stop(), go(app.state.slice - 1)));
    const next = M.button("mc-button", () => (stop(), go(app.state.slice + 1)));
    back.textContent = "‹";
    next.textContent = "›";
    const wide = M.el("div", { class: "mc-track" }, range, ticks);
    parts.time.append(M.el("div", { class: "mc-buttons" }, back, play, next), wide, date);

    range.addEventListener("input", () => (stop(), go(Number(range.value))));
    range.addEventListener("keydown", (event) => {
      const years = { PageUp: 1, PageDown: -1 }[event.key];
      if (!years) return;
      event.preventDefault();
      stop();
      go(M.near(data.dates, data.dates[app.state.slice] + years * YEAR, app.state.slice, years));
    });

    let year = 0;
    data.dates.forEach((day, i) => {
      const found = new Date(day * 86400000).getUTCFullYear();
      if (found === year) return;
      year = found;
      const node = M.el("span", { class: "mc-tick", "data-year": found });
      node.classList.toggle("mc-last", i > 0.93 * last);
      node.style.left = "calc(11px + (100% - 22px) * " + (last ? i / last : 0).toFixed(5) + ")";
      ticks.append(node);
    });

    function say() {
      const key = timer ? "slider.pause" : "slider.play";
      play.setAttribute("aria-label", app.voice.say(key));
      play.title = app.voice.say(key);
      play.classList.toggle("mc-playing", Boolean(timer));
    }

    app.on(["lang"], () => {
      say();
      range.setAttribute("aria-label", app.voice.say("slider.label"));
      parts.time.setAttribute("aria-label", app.voice.say("slider.label"));
      for (const [node, key] of [[back, "slider.back"], [next, "slider.next"]]) {
        node.setAttribute("aria-label", app.voice.say(key));
        node.title = app.voice.say(key);
      }
      for (const node of ticks.children) {
        node.textContent = app.voice.inDigits(node.dataset.year);
      }
    });
    app.on(["lang", "slice"], () => {
      const text = app.voice.day(data.dates[app.state.slice]);
      range.value = app.state.slice;
      range.setAttribute("aria-valuetext", text);
      date.textContent = text;
      back.disabled = app.state.slice === 0;
      next.disabled = app.state.slice === last;
    });
  };

  /** The slice nearest to a day, but at least one step away from the present one. */
  M.near = function (dates, day, from, direction) {
    let best = from + direction;
    dates.forEach((found, i) => {
      const better = best < 0 || best >= dates.length || Math.abs(found - day) < Math.abs(dates[best] - day);
      if ((i - from) * direction > 0 && better) best = i;
    });
    return best;
  };
})(window.MapperControl);
