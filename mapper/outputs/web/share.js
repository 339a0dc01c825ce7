/* Take it along: the link to this view, the lines that embed it, and the slice to keep; all made here, by no server. */
(function (M) {
  "use strict";

  const LATER_MS = 60000;
  const SANDBOX = ["scripts", "popups", "popups-to-escape-sandbox", "downloads"].map((name) => "allow-" + name).join(" ");

  M.share = function (app) {
    const { data, parts } = app;
    const summary = M.el("summary");
    const node = M.el("details", {}, summary);
    const said = M.el("p", { class: "mc-small", role: "status" });
    const field = M.el("textarea", { class: "mc-by-hand", readonly: "", rows: 3, hidden: "" });
    const on = () => M.iso(data.dates[app.state.slice]);
    const page = () => location.href.split("#")[0];
    const rows = [
      ["share.link", () => copy(page() + "#" + app.written())],
      ["share.embed", () => copy(frame())],
      ["PNG", () => M.keptPicture(app).toBlob((blob) => keep(blob, "png"))],
      ["SVG", () => keep(new Blob([M.keptSvg(app)], { type: "image/svg+xml" }), "svg")],
      ["GeoJSON", () => keep(new Blob([M.keptGeoJson(M.keptRows(app), about())], { type: "application/geo+json" }), "geojson")],
      ["CSV", () => keep(new Blob([M.keptCsv(M.keptRows(app))], { type: "text/csv" }), "csv")],
    ].map(([key, act]) => [key, M.button("mc-text-button", () => (app.rest(), act()))]); /* nothing painted in haste is kept */
    const buttons = M.el("div", { class: "mc-share-buttons" }, ...rows.map(([, button]) => button));
    node.append(buttons, field, said);
    parts.panel.before(M.el("section", { class: "mc-share" }, node));

    const about = () => ({
      title: parts.title.textContent,
      as_of: on(),
      notes: M.keptNotes(app),
      geometry: "Point",
      join_by: "pcode",
    });

    /** The lines that embed the page for frames, or this one, at this view. */
    function frame() {
      const src = (app.leanPage ? new URL(app.leanPage, page()).href : page()) + "#" + app.written();
      const made = M.el("iframe", {
        src, title: parts.title.textContent, loading: "lazy", sandbox: SANDBOX, referrerpolicy: "no-referrer",
        width: "100%", height: 600, frameborder: 0,
      });
      return new XMLSerializer().serializeToString(made).replace(/ xmlns="[^"]*"/, "").replace(/ ?\/>$/, "></iframe>");
    }

    /** Copy a text, or where the browser does not let a page, show it to be copied by hand. */
    function copy(text) {
      const byHand = () => {
        field.value = text;
        field.hidden = false;
        field.focus();
        field.select();
        said.textContent = app.voice.say("share.by_hand");
      };
      field.hidden = true;
      if (!navigator.clipboard) return byHand();
      navigator.clipboard.writeText(text).then(() => (said.textContent = app.voice.say("share.copied")), byHand);
    }

    function keep(blob, suffix) {
      const link = M.el("a", { download: "control-" + on() + "." + suffix });
      link.href = URL.createObjectURL(blob);
      link.click();
      window.setTimeout(() => URL.revokeObjectURL(link.href), LATER_MS);
    }

    app.on(["lang"], () => {
      summary.textContent = app.voice.say("share.title");
      M.label(field, app.voice.say("share.by_hand"));
      for (const [key, button] of rows) {
        button.textContent = key.includes(".") ? app.voice.say(key) : key;
        if (!key.includes(".")) M.label(button, app.voice.say("share.keep", { form: key }));
      }
    });
    app.onRest(["slice"], () => (said.textContent = ""));
  };
})(window.MapperControl);
