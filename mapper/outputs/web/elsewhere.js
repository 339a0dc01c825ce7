/* The way from a lean page to the whole one, at the same view. */
(function (M) {
  "use strict";

  /** A link with a text, or the text alone where no whole page is known of. */
  M.wayToWhole = function (app, text) {
    if (!app.wholePage) return M.el("span", {}, text);
    const link = M.el("a", { target: "_blank", rel: "noopener" }, text);
    const aim = () => (link.href = app.wholePage + "#" + app.written());
    for (const type of ["pointerenter", "pointerdown", "focus"]) link.addEventListener(type, aim);
    aim();
    return link;
  };

  M.elsewhere = function (app) {
    const line = M.el("p", { class: "mc-elsewhere" });
    app.parts.time.after(line);
    app.parts.root.classList.add("mc-lean");
    app.on(["lang"], () => line.replaceChildren(M.wayToWhole(app, app.voice.say("lean.whole"))));
    app.onEnd(() => line.remove());
  };
})(window.MapperControl);
