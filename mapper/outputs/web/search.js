/* The search field: a combobox with the hits below it, and the way to the place that is chosen. */
(function (M) {
  "use strict";

  const MOST = 50;
  const MARGIN = 24;
  const SEEN_PX = 120;
  const AROUND = 2; /* a township fills a quarter of the map, so that one sees where it lies */
  const STATE = 0;
  const TOWN = 2;

  M.search = function (app) {
    const { parts, record } = app;
    const id = app.id + "_find";
    const label = M.el("label", { for: id });
    const input = M.el("input", {
      id, class: "mc-input", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": id + "_list", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
    });
    const list = M.el("ul", { id: id + "_list", role: "listbox" });
    const count = M.el("p", { class: "mc-small", "aria-hidden": "true" });
    const popup = M.el("div", { class: "mc-hits", hidden: "" }, list, count);
    parts.find.prepend(label, M.el("div", { class: "mc-combo" }, input, popup));
    let places = null;
    let hits = [];
    let active = -1;

    const shown = ({ kind, i, town }) => {
      const { lang } = app.state;
      return kind === STATE ? app.data.states.name[lang][i] : kind === TOWN ? M.townName(town, lang) : record.name(i, lang);
    };

    /** What a place is, and where; for a spelling that is only similar, that it is. */
    function kindOf({ place: { kind, i }, near, code }) {
      const { voice, state } = app;
      const values = { state: record.state(i, state.lang), township: record.name(i, state.lang) };
      const what = voice.say(["table.state", "card.township_in", "find.town_in"][kind], values);
      return [near && voice.say("find.similar"), what, code].filter(Boolean).join(" · ");
    }

    function option(hit, i) {
      const name = M.short(shown(hit.place), 60);
      const other = M.short(hit.spelling || name, 60);
      const node = M.el("li", { id: id + "_" + i, role: "option", "aria-selected": "false" },
        M.foreign(other === name ? name : app.voice.say("find.also", { name, other })), " ",
        M.el("span", { class: "mc-small" }, M.foreign(M.short(kindOf(hit), 160))));
      node.addEventListener("click", () => choose(hit));
      return node;
    }

    function activate(i) {
      if (list.children[active]) list.children[active].setAttribute("aria-selected", "false");
      active = i;
      const node = list.children[i];
      if (!node) return input.removeAttribute("aria-activedescendant");
      node.setAttribute("aria-selected", "true");
      node.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", node.id);
    }

    function open() {
      places = places || M.placesToFind(app.data);
      hits = M.find(places, input.value);
      activate(-1);
      list.replaceChildren(...hits.slice(0, MOST).map(option));
      list.hidden = !hits.length;
      popup.hidden = false;
      input.setAttribute("aria-expanded", String(hits.length > 0));
      parts.live.textContent = count.textContent = hits.length ? app.voice.count("find.count", hits.length) : app.voice.say("find.none");
    }

    function close() {
      popup.hidden = true;
      input.setAttribute("aria-expanded", "false");
      activate(-1);
    }

    function choose({ place }) {
      close();
      input.value = M.short(shown(place), 80);
      M.goTo(app, place);
    }

    input.addEventListener("keydown", (event) => {
      const { key } = event;
      if (event.isComposing) return;
      if (popup.hidden && (/^Arrow(Up|Down)$/.test(key) || (key === "Enter" && input.value))) open();
      const last = list.children.length - 1;
      if (key === "ArrowDown") activate(active < last ? active + 1 : 0);
      else if (key === "ArrowUp") activate(active > 0 ? active - 1 : last);
      else if (key === "Home" && active >= 0) activate(0);
      else if (key === "End" && active >= 0) activate(last);
      else if (key === "Enter") {
        const hit = hits[active] || (input.value && hits[0] && !hits[0].near && hits[0]);
        if (hit) choose(hit);
      } else if (key === "Escape") {
        input.value = "";
        close();
      } else return;
      event.preventDefault();
    });
    input.addEventListener("input", () => {
      if (parts.root.classList.contains("mc-narrow")) parts.find.scrollIntoView();
      open();
    });
    input.addEventListener("click", () => popup.hidden && open());
    input.addEventListener("focus", () => input.select());
    input.addEventListener("blur", close);
    popup.addEventListener("mousedown", (event) => event.preventDefault()); /* the field keeps the focus */

    app.on(["lang"], () => {
      label.textContent = app.voice.say("find.label");
      M.label(list, label.textContent);
      if (!popup.hidden) open();
    });
  };

  /** Go to a place that was found: a state is shown whole; a township or town opens the township's card and is seen. */
  M.goTo = function (app, { kind, i, town }) {
    const { map, parts, scene } = app;
    const isState = kind === STATE;
    app.set(isState ? { table: false } : { selected: i, cursor: null, town: town || null });
    app.moved = true;
    const narrow = parts.root.classList.contains("mc-narrow");
    if (narrow) parts.stage.scrollIntoView();
    /* On a narrow screen the card covers the lower part of the map. */
    const below = parts.stage.getBoundingClientRect().bottom - window.innerHeight + parts.panel.offsetHeight;
    const covered = narrow && app.state.selected !== null ? Math.max(0, Math.min(below, map.getSize().y - SEEN_PX)) : 0;
    const box = isState ? M.stateBox(app, i) : scene.shapes[i].box;
    const bounds = L.latLngBounds([app.toLatLng(box[0], box[3]), app.toLatLng(box[2], box[1])]);
    const zoom = map.getBoundsZoom(bounds, false, L.point(MARGIN, MARGIN + covered)) - (isState ? 0 : AROUND);
    const centre = map.project(town ? app.toLatLng(town.x, town.y) : bounds.getCenter(), zoom).add([0, covered / 2]);
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    map.setView(map.unproject(centre, zoom), zoom, { animate: !calm });
  };
})(window.MapperControl);
