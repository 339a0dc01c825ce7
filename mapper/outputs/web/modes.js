/* Dark colours, as the device asks or the reader chooses; and one sheet of paper. */
(function (M) {
  "use strict";

  M.modes = function (app) {
    const { data, parts } = app;
    const device = window.matchMedia("(prefers-color-scheme: dark)");
    const day = { palette: Object.assign({}, data.palette), dark: data.dark };
    const isDark = () => (app.state.theme ? app.state.theme === "dark" : device.matches);
    if (app.state.dark === undefined) app.state.dark = isDark();
    const button = M.button("mc-button mc-theme", () => app.set({ theme: app.state.dark ? "light" : "dark" }));
    button.textContent = "◐";
    parts.find.append(button);
    app.hear(device, "change", () => app.set({ dark: isDark() }));
    app.on(["theme"], () => app.set({ dark: isDark() }));
    app.on(["controls"], () => {
      parts.root.classList.toggle("mc-minimal", app.state.controls === "minimal");
      app.measure();
    });

    app.on(["dark"], () => {
      const now = app.state.dark ? data.night : day;
      Object.assign(data.palette, now.palette);
      data.dark = now.dark;
      parts.root.classList.toggle("mc-dark", app.state.dark);
      button.setAttribute("aria-pressed", String(app.state.dark));
      for (const chip of parts.root.querySelectorAll(".mc-chip")) M.dye(app, chip);
      app.layer.repaint();
    });
    app.on(["lang"], () => M.hint(button, app.voice.say("theme.dark")));

    let before = null;
    /** The whole country, by day, on a page of its own size. */
    function print() {
      if (before) return;
      app.rest();
      before = { dark: app.state.dark, table: app.state.table, split: app.state.split };
      app.set({ dark: false, table: false, split: null });
      parts.root.classList.add("mc-printing");
      app.map.invalidateSize({ animate: false, pan: false });
      app.whole();
      app.layer.copies(data.palette.ground.sea);
    }
    function printed() {
      if (!before) return;
      parts.root.classList.remove("mc-printing");
      app.layer.copies(null);
      app.map.invalidateSize({ animate: false, pan: false });
      app.set(before);
      before = null;
    }
    app.hear(window, "beforeprint", print);
    app.hear(window, "afterprint", printed);
  };
})(window.MapperControl);
