/* The page around the map: title, side, time, foot. The map's own container moves into it. */
(function (M) {
  "use strict";

  const NARROW = 720;

  M.shell = function (container, id) {
    const el = M.el;
    const parts = {
      title: el("h1", { class: "mc-title", id: id + "_title" }),
      deck: el("p", { class: "mc-deck" }),
      languages: el("div", { class: "mc-languages" }),
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
      foot: el("div", { class: "mc-foot" }),
    };
    const role = document.querySelector("main, [role=main]") ? "region" : "main"; /* a page has one main part */
    const root = el(
      "div",
      { class: "mc", role, "aria-labelledby": id + "_title" },
      el("div", { class: "mc-head" }, el("div", {}, room(el("div", {}, parts.title)), room(parts.deck)), parts.languages),
      parts.stage,
      parts.time,
      el("div", { class: "mc-side" }, parts.find, parts.legend, parts.people, parts.panel),
      parts.foot
    );
    container.replaceWith(root);
    parts.stage.append(container, parts.zoom, parts.tip, el("div", { class: "mc-margin" }, parts.offMap, parts.notice), parts.live);
    const given = {};
    function give(node, name, length) {
      if (given[name] !== length) node.style.setProperty(name, (given[name] = length) + "px");
    }
    /** On a narrow screen the map has what the title and the slider leave of the first screen; gives whether it is one. */
    const measure = () => {
      const narrow = root.classList.toggle("mc-narrow", root.clientWidth < NARROW && !root.classList.contains("mc-printing"));
      const head = root.firstElementChild.offsetHeight;
      const more = root.querySelector(".mc-elsewhere");
      const rest = narrow ? head + parts.time.offsetHeight + (more ? more.offsetHeight : 0) : 0;
      /* each on the one part that asks for it: all below an element are styled anew where it gets one */
      give(parts.legend, "--mc-head", head);
      give(parts.stage, "--mc-rest", rest);
      return narrow;
    };
    return Object.assign(parts, { root, map: container, measure });
  };

  /** Buttons to zoom; Leaflet's own have words in one language only. */
  M.zoomButtons = function (app) {
    const buttons = [
      ["map.zoom_in", "+", () => app.map.zoomIn()],
      ["map.zoom_out", "−", () => app.map.zoomOut()],
      ["map.whole", "⤢", () => app.whole()],
    ].map(([key, sign, act]) => {
      const node = M.button(key === "map.whole" ? "mc-button mc-whole" : "mc-button", act);
      node.textContent = sign;
      return [key, node];
    });
    app.parts.zoom.append(...buttons.map(([, node]) => node));
    app.on(["lang"], () => {
      for (const [key, node] of buttons) M.hint(node, app.voice.say(key));
    });
  };

  /** What a slice shows, in the sentences that Python chose. */
  M.findings = function (app, slice) {
    const { data, voice } = app;
    const [keys, assumed, all] = data.said[slice];
    const values = { date: voice.day(data.dates[slice]), country: voice.say("country"), assumed: voice.number(assumed), all: voice.number(all) };
    data.lists.classes.forEach((name, i) => {
      const [status, basis] = name.split(".");
      if (basis === "reported") values[status] = voice.number(data.counts[slice][i]);
    });
    return keys.map((key) => voice.say(key, values));
  };

  /** A place for a text, as tall as the tallest of the texts that it will show: the map below stays where it is. */
  const room = (node) => M.el("div", { class: "mc-room" }, node);

  function keepRoom(app) {
    const longest = { title: {}, deck: {} };
    app.data.said.forEach(([keys], slice) => {
      const [title, ...deck] = M.findings(app, slice);
      for (const [part, text, kind] of [["title", title, keys[0]], ["deck", deck.join(" "), keys.slice(1).join()]]) {
        if (text.length > (longest[part][kind] || "").length) longest[part][kind] = text;
      }
    });
    for (const part of ["title", "deck"]) {
      const node = app.parts[part];
      const ghosts = Object.values(longest[part]).map((text) => M.el("div", { class: node.className + "-room", "aria-hidden": "true" }, text));
      const own = node.closest(".mc-room");
      own.replaceChildren(own.firstChild, ...ghosts);
    }
  }

  /** Title, deck, notice and foot. */
  M.frame = function (app) {
    const { parts, data } = app;
    const select = M.el("select", { class: "mc-select" });
    for (const [lang, { name }] of Object.entries(data.languages)) select.append(M.el("option", { value: lang, lang }, name));
    select.addEventListener("change", () => app.set({ lang: select.value }));
    parts.languages.append(select);

    app.onPace(["lang", "slice"], () => M.put(parts.title, M.findings(app, app.state.slice)[0]));
    app.onRest(["lang", "slice"], () => M.put(parts.deck, M.findings(app, app.state.slice).slice(1).join(" ")));
    app.on(["lang"], () => keepRoom(app));
    app.on(["lang"], () => {
      const { lang } = app.state;
      parts.root.lang = lang;
      if (parts.root.parentNode === document.body && document.querySelectorAll(".mc").length === 1) document.documentElement.lang = lang;
      select.value = lang;
      M.label(select, app.voice.say("lang.label"));
    });
    const asOf = M.el("span");
    app.onRest(["lang", "slice"], () => {
      asOf.textContent = app.voice.say("foot.as_of", { date: app.voice.day(data.dates[app.state.slice]) });
    });
    app.on(["lang"], () => {
      const foot = data.foot[app.state.lang];
      const paragraph = (className, ...texts) =>
        M.el("p", { class: className }, ...texts.filter(Boolean).flatMap((text) => [M.foreign(text), " "]));
      parts.notice.textContent = foot.notice;
      parts.notice.hidden = !foot.notice;
      parts.foot.replaceChildren(
        M.el("p", { class: "mc-as-of" }, asOf, " " + [foot.known, foot.baseline, foot.sources].filter(Boolean).join(" ")),
        paragraph("", foot.sourcing, foot.data, foot.boundaries),
        paragraph("", foot.disclaimer, foot.translated)
      );
    });
  };
})(window.MapperControl);
