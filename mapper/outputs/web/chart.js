/* How it went: shares by status over time, beneath the slider; a date can be chosen in it. */
(function (M) {
  "use strict";

  const EDGE = 11; /* half the slider's thumb: a slice stands beneath its place on the slider */
  const ORDER = ["junta.reported", "junta.assumed", "unknown.reported", "contested.reported", "nug.assumed", "nug.reported", "eao.assumed", "eao.reported"];

  M.chart = function (app) {
    const { data, parts } = app;
    const last = data.dates.length - 1;
    const select = M.el("select", { class: "mc-select mc-measure", id: app.id + "_measure" });
    const label = M.el("label", { class: "mc-small", for: select.id });
    const { canvas, ctx, size, show } = M.sheet(M.el("canvas", { "aria-hidden": "true" }), true);
    const here = M.el("div", { class: "mc-here", "aria-hidden": "true" });
    const node = M.el("div", { class: "mc-shares", role: "slider", tabindex: 0, "aria-valuemin": 0, "aria-valuemax": last }, canvas, here);
    const says = M.el("p", { class: "mc-small mc-shares-say", "aria-hidden": "true" });
    const measures = M.el("div", { class: "mc-measures" }, label, select);
    const chart = M.el("div", { class: "mc-chart" }, measures, node, says);
    parts.time.append(chart);
    app.state.measure = app.state.measure || "townships";

    const order = () => (app.byHolder() ? data.held.groups.flat().map((i) => app.looks[i]) : ORDER);
    const known = {};
    /** Shares in that order, slice by slice; those by holder come as steps, look by look. */
    function rows() {
      const { measure } = app.state;
      const key = measure + app.byHolder();
      if (!known[key]) {
        const steps = app.byHolder() ? M.steps(data.held.shares[measure]) : [];
        const series = order().map((name, k) => {
          if (!app.byHolder()) return data.shares[measure].map((row) => row[data.lists.classes.indexOf(name)]);
          let sum = 0;
          return steps.slice(k * (last + 1), (k + 1) * (last + 1)).map((step) => (sum += step));
        });
        known[key] = data.dates.map((_, i) => series.map((one) => one[i]));
      }
      return known[key];
    }
    const place = (slice, width) => EDGE + ((width - 2 * EDGE) * slice) / (last || 1);

    let shown = false;

    function draw() {
      const width = shown && node.clientWidth;
      const height = node.clientHeight;
      if (!width) return;
      const ratio = window.devicePixelRatio || 1;
      size(Math.round(width * ratio), Math.round(height * ratio));
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx.clearRect(0, 0, width, height);
      const fills = M.fills(data.palette, ratio);
      const edges = data.dates.map((_, i) => Math.max(0, place(i - 0.5, width))).concat(width);
      const base = data.dates.map(() => 0);
      const found = rows();
      order().forEach((name, which) => {
        M.useFill(ctx, fills(name), { a: 1, e: 0, f: 0, left: 0, top: 0 });
        ctx.beginPath();
        found.forEach((row, i) => {
          const tall = row[which] / 1000;
          if (tall) ctx.rect(edges[i], height * (1 - base[i] - tall), edges[i + 1] - edges[i], height * tall);
          base[i] += tall;
        });
        ctx.fill();
      });
      show();
    }

    const percent = (share) => app.voice.inDigits((share / 10).toFixed(1).replace(/\.0$/, "")) + "%";

    function shares(slice) {
      const row = rows()[slice];
      const found = order().map((name, which) => [name, row[which]]).filter(([, share]) => share);
      if (app.byHolder()) found.sort((one, two) => two[1] - one[1]);
      return found
        .map(([name, share]) => app.lookName(name) + " " + percent(share));
    }

    function choose(event) {
      const box = node.getBoundingClientRect();
      const at = (event.clientX - box.left - EDGE) / (box.width - 2 * EDGE);
      app.goTo(Math.round(Math.max(0, Math.min(1, at)) * last));
    }
    node.addEventListener("pointerdown", (event) => {
      if (event.isPrimary && event.button === 0) choose(event);
    });
    node.addEventListener("pointermove", (event) => {
      if (event.buttons & 1 && event.pointerType === "mouse") choose(event);
    });
    node.addEventListener("keydown", (event) => {
      if (app.step(event.key)) event.preventDefault();
    });
    select.addEventListener("change", () => app.set({ measure: select.value }));

    app.on(["lang"], () => {
      label.textContent = app.voice.say("chart.by");
      M.options(select, Object.keys(data.shares).map((name) => [name, app.voice.say("chart." + name)]), app.state.measure);
    });
    app.on(["slice"], () => {
      const { slice } = app.state;
      node.setAttribute("aria-valuenow", slice);
      here.style.backgroundPositionX = (last ? (100 * slice) / last : 0) + "%";
    });
    app.onRest(["lang", "slice", "measure", "by"], () => {
      const { slice } = app.state;
      const found = shares(slice);
      const day = app.voice.day(data.dates[slice]);
      M.label(node, app.voice.say(app.byHolder() ? "chart.label.holder" : "chart.label"));
      node.setAttribute("aria-valuetext", day + " · " + found.join(" · "));
      says.textContent = found.join(" · ");
    });
    app.on(["measure", "dark", "by"], draw);
    app.on(["narrow"], () => (app.state.narrow ? parts.legend : chart).append(measures)); /* little room beneath a phone's map */
    app.later(() => {
      shown = true;
      if (!("ResizeObserver" in window)) return draw();
      const watch = new ResizeObserver(draw);
      watch.observe(node);
      app.onEnd(() => watch.disconnect());
    });
  };
})(window.MapperControl);
