/* What townships look like, on the map and as chips in texts: by status, or by holder. */
(function (M) {
  "use strict";

  /** What things look like: numbers of the list "app.looks", classes first, by status or by holder as the page is set. */
  M.looks = function (app) {
    const { data } = app;
    const { classes } = data.lists;
    const { names, looks } = data.held || { names: [], looks: {} }; /* a lean page has none */
    const held = (name, holders) => looks[name + holders] || Number(name);
    app.looks = classes.concat(names);
    app.byHolder = () => app.state.by === "holder" && names.length > 0;
    app.lookAt = (at) => (app.byHolder() ? held(data.assessments.class[at], data.assessments.holders[at]) : Number(data.assessments.class[at]));
    /** What an assessment or report looks like by holder: {class, holders}. */
    app.heldLook = (found) => app.looks[held(classes.indexOf(found.class), found.holders.join(";"))];
    /** Its name: of a class in words, of a holder in full or as its id. */
    app.lookName = (name, full) =>
      classes.includes(name) ? app.voice.say("legend." + name.split(".").reverse().join("."))
        : name.split("+").map((part) => (classes.includes(part) ? app.lookName(part) : full ? actor(part) : part)).join(" + ");
    const actor = (id) => app.record.actor(data.actors.findIndex((row) => row[0] === id), app.state.lang);
  };

  /** A chip in the fill of its class, or of its holders. */
  M.dye = function (app, chip) {
    const { fills, stripes } = app.data.palette;
    const name = app.byHolder() ? chip.dataset.look : chip.dataset.class;
    chip.style.backgroundColor = fills[name];
    chip.style.backgroundImage = stripes[name] ? `repeating-linear-gradient(45deg, ${stripes[name]} 0 2px, transparent 2px 5px)` : "";
  };

  /** A small square in the fill of an assessment, or of a report: {class, holders}. */
  M.chip = function (app, found) {
    const node = M.el("span", { class: "mc-chip", "data-class": found.class, "data-look": app.heldLook(found), "aria-hidden": "true" });
    M.dye(app, node);
    return node;
  };
})(window.MapperControl);
