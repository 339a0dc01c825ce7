/* Reports: who says what, when, with a link. */
(function (M) {
  "use strict";

  /** One report as a list item; "behind" are the numbers of the reports that the status rests on. */
  M.reportItem = function (app, township, number, marks) {
    const { voice, record } = app;
    const report = record.report(township, number);
    const scope =
      report.scope === "township" || report.place
        ? voice.say("scope." + report.scope, { place: report.place })
        : voice.say("scope.part_unnamed");
    const holders = report.holders.map(record.actorId).join(", ");
    const status = voice.say("status." + report.status) + (holders ? " (" + holders + ")" : "");
    const tags = [];
    if ((app.data.lists.against[report.side] || []).includes(report.status)) tags.push("report.against");
    if (report.withdrawn) tags.push("report.withdrawn");
    else if (report.corrected) tags.push("report.corrected");
    else if (report.speaks > app.data.dates[app.told()]) tags.push("report.later");
    else if (marks.disputedBy.includes(number)) tags.push("report.disputes");
    else if (marks.tag && marks.behind.includes(number)) tags.push("report.behind");
    return M.el(
      "li",
      { class: "mc-report" + (tags.includes("report.later") || report.withdrawn || report.corrected ? " mc-faint" : "") },
      M.el(
        "p",
        { class: "mc-report-head" },
        M.chip(app, { class: report.status + ".reported", holders: report.holders }),
        M.el("b", {}, voice.day(report.day, report.precision)),
        " · ",
        M.foreign(status),
        " · ",
        M.foreign(scope)
      ),
      report.finding ? M.el("p", { class: "mc-finding" }, M.foreign(report.finding)) : null,
      M.el(
        "p",
        { class: "mc-small" },
        M.claim(voice, report),
        cite(voice, report.source),
        " · ",
        voice.say("kind." + report.kind),
        " · ",
        voice.say("sure." + report.confidence),
        ...tags.flatMap((key) => [" · ", M.el("em", {}, voice.say(key))])
      )
    );
  };

  /** Whose claim a report is, if it is one. */
  M.claim = function (voice, report) {
    if (!report.claimant) return null;
    const key = report.side ? "report.claim" : "report.claim_unknown";
    const side = report.side ? voice.say("side." + report.side) : "";
    return M.el("span", { class: "mc-claim" }, M.foreign(voice.say(key, { claimant: report.claimant, side })), "; ");
  };

  function cite(voice, source) {
    const publisher = source.publisher || voice.say("report.untitled");
    const text = source.published
      ? voice.say("report.link", { publisher, date: voice.iso(source.published) })
      : publisher;
    return M.link(source.url, text);
  }
})(window.MapperControl);
