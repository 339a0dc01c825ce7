/* What Python decided, looked up: assessments by township and slice, reports, sources, names. */
(function (M) {
  "use strict";

  const NAMED = ["en", "my"]; /* the languages in which the data package names actors */

  const list = (text) => (text === "" ? [] : text.split(";").map(Number));

  M.record = function (data) {
    const found = data.assessments;
    const lists = data.lists;
    const firstReport = [0];
    for (const count of data.reports.count) firstReport.push(firstReport[firstReport.length - 1] + count);

    /** The place in a township's history that holds on a day. */
    function stretch(township, day) {
      const row = data.history[township];
      let low = 0;
      let high = row.length / 2 - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (row[2 * middle] <= day) low = middle;
        else high = middle - 1;
      }
      return low;
    }

    const at = (township, slice) => data.history[township][2 * stretch(township, data.dates[slice]) + 1] >> 1;

    function assessment(i) {
      const firm = found.firm[i];
      return {
        class: lists.classes[found.class[i]],
        status: lists.statuses[found.status[i]],
        holders: list(found.holders[i]),
        confidence: lists.confidences[found.confidence[i]],
        basis: lists.bases[found.basis[i]],
        rule: lists.rules[found.rule[i]],
        disputed: found.disputed[i] === "1",
        stale: found.stale[i] === "1",
        mainTown: found.main_town[i] === "1",
        since: found.since[i],
        sinceHow: lists.since[found.since_how[i]],
        confirmed: found.confirmed[i],
        contestedUntil: found.contested_until[i] || 0,
        firm: firm === "-" ? "" : lists.statuses[firm],
        firmHolders: list(found.firm_holders[i]),
        reports: found.reports[i],
        disputedBy: found.disputed_by[i],
      };
    }

    /** Report number n of a township. */
    function report(township, n) {
      const rows = data.reports;
      const i = firstReport[township] + n;
      return {
        day: rows.day[i],
        precision: rows.month[i] === "1" ? "month" : "day",
        status: lists.statuses[rows.status[i]],
        holders: list(rows.holders[i]),
        scope: lists.scopes[rows.scope[i]],
        kind: lists.kinds[rows.kind[i]],
        confidence: lists.confidences[rows.confidence[i]],
        withdrawn: rows.withdrawn.includes(i),
        place: rows.place[i],
        claimant: rows.claimants[rows.claimant[i]],
        side: rows.side[i] === "-" ? "" : lists.sides[rows.side[i]],
        source: source(rows.source[i]),
        finding: rows.finding[i],
        speaks: rows.speaks[i] || rows.day[i],
      };
    }

    function source(i) {
      const rows = data.sources;
      return {
        publisher: rows.publishers[rows.publisher[i]],
        title: rows.title[i],
        published: rows.published[i],
        url: rows.url[i],
      };
    }

    /** Stretches of a township that look different from the one before: [{day, assessment}]. */
    function history(township) {
      const row = data.history[township];
      const shown = [];
      for (let i = 0; i < row.length; i += 2) {
        if (row[i + 1] & 1) shown.push({ day: row[i], assessment: row[i + 1] >> 1 });
      }
      return shown;
    }

    /** The figure of a place at a slice, or null: changes are [slice, figure, slice, figure ...]. */
    function figure(changes, slice) {
      let held = null;
      for (let i = 0; i < changes.length && changes[i] <= slice; i += 2) held = changes[i + 1];
      return held;
    }

    const name = (township, lang) => {
      const own = data.townships[lang];
      return (own && own[township]) || data.townships.en[township];
    };
    const state = (township, lang) => data.states.name[lang][data.townships.state[township]];
    const actor = (i, lang) => {
      const [id, ...names] = data.actors[i];
      const full = names[NAMED.indexOf(lang)] || names[0];
      return full === id ? id : full + " (" + id + ")";
    };
    const actorId = (i) => data.actors[i][0];

    return {
      at, assessment, report, source, history, figure, name, state, actor, actorId,
      reports: (township) => data.reports.count[township],
    };
  };
})(window.MapperControl);
