/* Time: the slider, its buttons, the date box, the ticks of the years, the marks of changes, and play. */
(function (M) {
  "use strict";

  const SPEEDS = [["½×", 1400], ["1×", 700], ["2×", 350]];
  const CALM_STEP_MS = 1600;
  const YEAR = 365.25;
  const DAY_MS = 86400000;
  const MARK = 10;

  M.slider = function (app) {
    const { data, parts } = app;
    const last = data.dates.length - 1;
    const changed = data.dates.map((_, i) => (i ? app.record.moved(i - 1, i).length : 0));
    const range = M.el("input", { type: "range", class: "mc-range", min: 0, max: last, step: 1, value: app.state.slice });
    const date = M.el("output", { class: "mc-date" });
    const iso = (slice) => M.iso(data.dates[slice]);
    const box = M.el("input", { type: "date", class: "mc-date-box", min: iso(0), max: iso(last) });
    let timer = 0;
    let speed = 1;

    const go = (slice) => app.set({ slice: Math.max(0, Math.min(last, slice)) });
    const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const wait = () => Math.max(SPEEDS[speed][1], calm() ? CALM_STEP_MS : 0);
    const nextChange = () => changed.findIndex((count, i) => i > app.state.slice && count > 0);

    function stop() {
      if (!timer) return;
      window.clearTimeout(timer);
      timer = 0;
      say();
    }

    app.onEnd(() => window.clearTimeout(timer));

    function tick() {
      timer = 0;
      if (app.state.slice < last) go(app.state.slice + 1);
      if (app.state.slice < last) timer = window.setTimeout(tick, wait());
      say();
    }

    const act = (what) => () => (stop(), what());
    const play = M.button("mc-button mc-play", () => {
      if (timer) return stop();
      if (app.state.slice >= last) go(0);
      timer = window.setTimeout(tick, wait());
      say();
    });
    const back = M.button("mc-button", act(() => go(app.state.slice - 1)));
    const next = M.button("mc-button", act(() => go(app.state.slice + 1)));
    const change = M.button("mc-button mc-next-change", act(() => go(nextChange())));
    const pace = M.button("mc-button mc-speed", () => {
      speed = (speed + 1) % SPEEDS.length;
      say();
    });
    [back.textContent, next.textContent, change.textContent] = ["‹", "›", "»"];
    const track = M.el("div", { class: "mc-track" }, marks(changed, last), M.el("div", { class: "mc-rail" }, range), ticks(data, last));
    const when = M.el("div", { class: "mc-when" }, M.el("div", { class: "mc-day" }, date), box);
    parts.time.append(M.el("div", { class: "mc-buttons" }, back, play, next, change, pace), track, when);

    app.hear(parts.root, "pointerdown", (event) => {
      if (!play.contains(event.target) && !pace.contains(event.target)) stop();
    });
    range.addEventListener("input", act(() => go(Number(range.value))));
    box.addEventListener("change", () => {
      const day = Date.parse(box.value) / DAY_MS;
      if (!Number.isNaN(day)) act(() => go(M.sliceAt(data.dates, day)))();
    });
    box.addEventListener("blur", () => (box.value = iso(app.state.slice)));

    /** Step by a key of the keyboard; whether it was one that does. */
    app.step = function (key) {
      const { slice } = app.state;
      const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, Home: -last, End: last };
      const years = { PageUp: 1, PageDown: -1 }[key];
      if (!years && !(key in steps)) return false;
      stop();
      go(years ? M.near(data.dates, data.dates[slice] + years * YEAR, slice, years) : slice + steps[key]);
      return true;
    };
    app.goTo = (slice) => act(() => go(slice))();
    range.addEventListener("keydown", (event) => {
      if (app.step(event.key)) event.preventDefault();
    });

    function say() {
      M.hint(play, app.voice.say(timer ? "slider.pause" : "slider.play"));
      M.hint(pace, app.voice.say("slider.speed", { n: app.voice.inDigits(SPEEDS[speed][0]) }));
      pace.textContent = app.voice.inDigits(SPEEDS[speed][0]);
      play.classList.toggle("mc-playing", Boolean(timer));
    }

    app.on(["lang"], () => {
      say();
      M.label(range, app.voice.say("slider.label"));
      M.label(parts.time, app.voice.say("slider.label"));
      const named = { "slider.back": back, "slider.next": next, "slider.change": change, "slider.to": box };
      for (const [key, node] of Object.entries(named)) M.hint(node, app.voice.say(key));
      for (const node of track.querySelectorAll(".mc-tick")) node.textContent = app.voice.inDigits(node.dataset.year);
    });
    app.on(["lang", "slice"], () => {
      const { slice } = app.state;
      const text = app.voice.day(data.dates[slice]);
      range.value = slice;
      range.setAttribute("aria-valuetext", text);
      M.put(date, text);
      back.disabled = slice === 0;
      next.disabled = slice === last;
      change.disabled = nextChange() < 0;
    });
    app.onRest(["slice"], () => (box.value = iso(app.state.slice)));
  };

  /** A mark on each slice where something changed, the taller the more did. */
  function marks(changed, last) {
    const most = Math.max(1, ...changed);
    const d = changed.map((count, i) => (count ? `M${i} ${MARK}V${(MARK - MARK * Math.sqrt(count / most)).toFixed(1)}` : ""));
    const box = { class: "mc-marks-of-change", viewBox: `0 0 ${last || 1} ${MARK}`, preserveAspectRatio: "none", "aria-hidden": "true" };
    return M.svg("svg", box, M.svg("path", { d: d.join("") }));
  }

  function ticks(data, last) {
    const node = M.el("div", { class: "mc-ticks", "aria-hidden": "true" });
    let year = 0;
    data.dates.forEach((day, i) => {
      const found = new Date(day * DAY_MS).getUTCFullYear();
      if (found === year) return;
      year = found;
      const tick = M.el("span", { class: "mc-tick", "data-year": found });
      tick.classList.toggle("mc-last", i > 0.93 * last);
      tick.style.left = "calc(11px + (100% - 22px) * " + (last ? i / last : 0).toFixed(5) + ")";
      node.append(tick);
    });
    return node;
  }

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
