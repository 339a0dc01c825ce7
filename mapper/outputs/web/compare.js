/* Two dates side by side: a second map over the first, and a divider between them that the reader moves. */
(function (M) {
  "use strict";

  const YEAR = 365.25;
  const STEPS = { ArrowLeft: -2, ArrowDown: -2, ArrowRight: 2, ArrowUp: 2, PageDown: -10, PageUp: 10, Home: -100, End: 100 };

  M.compare = function (app) {
    const { data, map, parts, record } = app;
    const when = parts.time.querySelector(".mc-when");
    const text = M.el("span");
    const button = M.button("mc-text-button mc-compare", () => (app.state.split === null ? begin() : end()));
    button.append(M.el("span", { "aria-hidden": "true" }, "◧"), text);
    let pair = null;
    let twin = null;

    /** The slice seen so many pixels from the map's left edge. */
    app.under = function (x) {
      if (app.state.split === null) return app.state.slice;
      return M.span(app.state)[x < edge() ? 0 : 1];
    };
    /** The slice that the card speaks of. */
    app.told = function () {
      const { aside, selected, slice } = app.state;
      return aside !== null && aside === selected ? M.other(app.state) : slice;
    };

    /** Whether the date compared with is the later one, and so on the right. */
    const turned = () => M.other(app.state) > app.state.slice;
    const edge = () => (map.getSize().x * app.state.split) / 100;

    function begin() {
      const { slice, since } = app.state;
      const year = slice ? M.near(data.dates, data.dates[slice] - YEAR, slice, -1) : data.dates.length - 1;
      app.set({ split: 50, since: since === null ? year : since });
      pair.grip.focus();
    }

    function end() {
      const within = pair.node.contains(document.activeElement);
      app.set({ split: null, aside: null });
      if (within) button.focus();
    }

    /** A phone's time bar has no room for the button. */
    function place() {
      const home = app.state.narrow ? parts.zoom : when;
      if (button.parentNode !== home) home.insertBefore(button, home === when ? when.lastChild : null);
    }
    app.on(["narrow"], place);

    function build() {
      const date = M.el("b", { class: "mc-pair-date" });
      const says = M.el("p", { class: "mc-live", "aria-live": "polite", id: app.id + "_pair" });
      const grip = M.el("div", { class: "mc-grip", role: "slider", tabindex: 0, "aria-valuemin": 0, "aria-valuemax": 100, "aria-describedby": says.id });
      const other = M.otherDate(app);
      other.fill();
      grip.addEventListener("keydown", (event) => {
        if (!(event.key in STEPS)) return;
        event.preventDefault();
        move(app.state.split + STEPS[event.key]);
      });
      let held = 0;
      grip.addEventListener("pointerdown", (event) => {
        if (!event.isPrimary || event.button) return;
        grip.setPointerCapture(event.pointerId);
        held = edge() - event.clientX;
      });
      grip.addEventListener("pointermove", (event) => {
        if (grip.hasPointerCapture(event.pointerId)) move((100 * (event.clientX + held)) / map.getSize().x);
      });
      const dates = M.el("div", { class: "mc-pair-dates" }, other.select, date);
      return { node: M.el("div", { class: "mc-pair" }, says, dates, M.el("div", { class: "mc-seam" }), grip), grip, date, says, select: other.select };
    }

    const move = (split) => app.set({ split: Math.round(10 * Math.max(0, Math.min(100, split))) / 10 });

    /** Cut both maps along the divider, which stays where it is while Leaflet moves and scales what lies beneath. */
    function cut() {
      const x = map.containerPointToLayerPoint([edge(), 0]).x;
      for (const [layer, left] of [[twin, !turned()], [app.layer, turned()]]) {
        const node = layer._container;
        const { a, e } = new DOMMatrix(window.getComputedStyle(node).transform);
        const at = (x - e) / a + "px";
        const [one, two] = left ? ["-5e4px", at] : [at, "5e4px"]; /* beyond every edge */
        node.style.clipPath = `polygon(${one} -5e4px, ${two} -5e4px, ${two} 5e4px, ${one} 5e4px)`;
      }
    }
    function follow() {
      if (!twin) return;
      cut();
      if (map._animatingZoom) window.requestAnimationFrame(follow);
    }

    const moves = { move: follow, moveend: follow, zoomanim: follow };

    function open() {
      pair = pair || build();
      twin = M.layer(data.grid, app.scene.extent, M.drawing(app, () => M.other(app.state)));
      twin.addTo(map);
      app.later(() => twin && twin.settle());
      parts.stage.append(pair.node);
      map.on(moves);
      turn();
      say();
    }

    function close() {
      map.off(moves);
      pair.node.remove();
      twin.remove();
      twin = null;
      if (app.layer._container) app.layer._container.style.clipPath = "";
    }
    app.onEnd(() => twin && close());

    function show() {
      const { split } = app.state;
      button.setAttribute("aria-pressed", String(split !== null));
      if (split === null) return twin && close();
      if (!twin) open();
      pair.node.style.setProperty("--mc-at", split + "%");
      pair.grip.setAttribute("aria-valuenow", Math.round(split));
      cut();
    }

    /** Put the names of the dates where their maps are: the earlier one is on the left. */
    function turn() {
      const before = pair.date.classList.contains("mc-on-right");
      pair.select.classList.toggle("mc-on-right", turned());
      if (pair.date.classList.toggle("mc-on-right", !turned()) !== before) cut();
    }

    function say() {
      const { voice } = app;
      const span = M.span(app.state);
      const [left, right] = span.map((one) => voice.day(data.dates[one]));
      const differ = voice.count("changes.count", record.changed(...span).length / 2);
      pair.date.textContent = turned() ? left : right;
      pair.says.textContent = voice.say("compare.says", { left, right, differ });
      M.label(pair.select, voice.say("changes.since"));
      M.label(pair.grip, voice.say("compare.divider"));
    }

    parts.root.addEventListener(
      "keydown",
      (event) => {
        const { split, selected, table } = app.state;
        if (event.key === "Escape" && split !== null && selected === null && !table) end();
      },
      true
    );
    app.on(["lang"], () => M.label(button, (text.textContent = app.voice.say("compare.open"))));
    app.on(["selected"], () => {
      if (app.state.selected !== app.state.aside) app.state.aside = null;
    });
    app.on(["dark", "layers", "town"], () => twin && twin.repaint());
    app.on(["slice", "since", "lang", "people", "abroad", "flows", "figures", "by"], () => {
      if (!twin) return;
      twin.paint(["fills", "names"]);
      turn();
    });
    app.onPace(["slice", "since", "selected", "cursor"], () => twin && twin.paint(["marks"]));
    app.onPace(["slice", "since", "lang"], () => twin && say());
    app.onRest(Object.keys(app.state), () => twin && twin.tidy());
    app.on(["split"], () => {
      if (app.layer._map) show();
      else app.layer.once("add", show);
    });
  };
})(window.MapperControl);
