/* The page around the map: title, side, time, foot. The map's own container moves into it. */
(function (M) {
  "use strict";

  const NARROW = 720;

  M.shell = function (container, id) {
    const el = M.el;
    const parts = {
      title: el("h1", { class: "mc-title", id: id + "_title" }),
      deck: el("p", { class: "mc-deck" }),
      languages: el("div", { class: "mc-languages", role: "group" }),
      stage: el("div", { class: "mc-stage" }),
      zoom: el("div", { class: "mc-zoom", role: "group" }),
      tip: el("div", { class: "mc-tip", hidden: "", "aria-hidden": "true" }),
      offMap: el("div", { class: "mc-off-map" }),
      notice: el("p", { class: "mc-notice" }),
      live: el("p", { class: "mc-live", "aria-live": "polite" }),
      find: el("div", { class: "mc-find" }),
      legend: el("section", { class: "mc-legend" }),
      people: el("section", { class: "mc-people" }),
      panel: el("section", { class: "mc-panel" }),
      time: el("div", { class: "mc-time", role: "group" }),
      foot: el("footer", { class: "mc-foot" }),
    };
    const root = el(
      "div",
      { class: "mc" },
      el("header", { class: "mc-head" }, el("div", {}, parts.title, parts.deck), parts.languages),
      parts.stage,
      el("div", { class: "mc-side" }, parts.find, parts.legend, parts.people, parts.panel),
      parts.time,
      parts.foot
    );
    container.replaceWith(root);
    parts.stage.append(container, parts.zoom, parts.tip, el("div", { class: "mc-margin" }, parts.offMap, parts.notice), parts.live);
    const measure = () => root.classList.toggle("mc-narrow", root.clientWidth < NARROW);
    measure();
    return Object.assign(parts, { root, map: container, measure });
  };

  /** Buttons to zoom; Leaflet's own have words in one language only. */
  M.zoomButtons = function (app) {
    const buttons = [
      ["map.zoom_in", "+", () => app.map.zoomIn()],
      ["map.zoom_out", "−", () => app.map.zoomOut()],
      ["map.whole", "⤢", () => app.whole()],
    ].map(([key, sign, act]) => {
      const node = M.button("mc-button", act);
      node.textContent = sign;
      return [key, node];
    });
    app.parts.zoom.append(...buttons.map(([, node]) => node));
    app.on(["lang"], () => {
      for (const [key, node] of buttons) {
        node.setAttribute("aria-label", app.voice.say(key));
        node.title = app.voice.say(key);
      }
    });
  };

  /** Title, deck, notice and foot. */
  M.frame = function (app) {
    const { parts, data } = app;
    const languages = Object.keys(data.languages).map((lang) => {
      const node = M.button("mc-language", () => app.set({ lang }));
      node.lang = lang;
      node.textContent = data.languages[lang].name;
      return [lang, node];
    });
    parts.languages.append(...languages.map(([, node]) => node));

    app.on(["lang", "slice"], () => {
      const [title, deck] = data.said[app.state.lang][app.state.slice];
      parts.title.textContent = title;
      parts.deck.textContent = deck;
    });
    app.on(["lang"], () => {
      const { lang } = app.state;
      parts.root.lang = lang;
      parts.languages.setAttribute("aria-label", app.voice.say("lang.label"));
      for (const [name, node] of languages) node.setAttribute("aria-pressed", String(name === lang));
    });
    const asOf = M.el("span");
    app.on(["lang", "slice"], () => {
      asOf.textContent = app.voice.say("foot.as_of", { date: app.voice.day(data.dates[app.state.slice]) });
    });
    app.on(["lang"], () => {
      const foot = data.foot[app.state.lang];
      const paragraph = (className, ...texts) =>
        M.el("p", { class: className }, ...texts.filter(Boolean).flatMap((text) => [M.foreign(text), " "]));
      parts.notice.textContent = foot.schematic;
      parts.notice.hidden = !foot.schematic;
      parts.foot.replaceChildren(
        M.el("p", { class: "mc-as-of" }, asOf, " " + [foot.known, foot.baseline, foot.sources].filter(Boolean).join(" ")),
        paragraph("", foot.data, foot.boundaries),
        paragraph("", foot.disclaimer, foot.translated)
      );
    });
  };
})(window.MapperControl);
