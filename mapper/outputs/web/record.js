/* What Python decided, looked up: assessments by township and slice, reports, sources, names. */
(function (M) {
  "use strict";

  const DAY_MS = 86400000;
  const NAMED = ["en", "my"]; /* the languages in which the data package names actors */

  const list = (text) => (text === "" ? [] : text.split(";").map(Number));

  /** Where each part begins, and where the last one ends. */
  function sums(counts) {
    const found = [0];
    for (const count of counts) found.push(found[found.length - 1] + count);
    return found;
  }

  /** Numbers from how far back they lie; 0 is one that comes for the first time. */
  M.fromBack = function (codes) {
    let known = 0;
    return codes.map((code) => (code ? known - code : known++));
  };

  M.monthEnd = function (day) {
    const at = new Date(day * DAY_MS);
    return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0) / DAY_MS;
  };

  M.record = function (data) {
    const found = data.assessments;
    const lists = data.lists;
    const own = data.reports;
    const firstReport = sums(own.count);
    const firstStretch = sums(M.digits(data.history.count));
    const { lean } = data; /* which counts the reports, and has none */
    const reportDay = M.ascending(own.day || "");
    const reportSource = M.fromBack(M.digits(own.source || ""));
    const reportClaimant = M.digits(own.claimant || "");

    function speaks(i) {
      if (own.speaks[i]) return own.speaks[i];
      return own.month[i] === "1" ? M.monthEnd(reportDay[i]) : reportDay[i];
    }

    /* When each assessment was last confirmed, and from when it holds. */
    const confirmed = lean ? M.ascending(found.confirmed) : M.steps(found.confirmed);
    const from = M.steps(data.history.day);
    for (let township = 0, i = 0; township < own.count.length; township++) {
      for (; i < firstStretch[township + 1]; i++) {
        for (let n = 0, last = 0; !lean && n < found.reports[i].length; n++) {
          const day = speaks(firstReport[township] + found.reports[i][n]);
          if (day > last) confirmed[i] += day - last;
          last = Math.max(day, last);
        }
        from[i] += confirmed[i];
      }
    }

    /* Since when each holds: as the one before, or so many days before its first one. */
    const since = M.steps(found.since);
    since.forEach((step, i) => (since[i] = step ? from[i] + 1 - step : since[i - 1]));

    /** The assessment that holds for a township at a slice. */
    function at(township, slice) {
      const day = data.dates[slice];
      let low = firstStretch[township];
      let high = firstStretch[township + 1] - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (from[middle] <= day) low = middle;
        else high = middle - 1;
      }
      return low;
    }

    const held = new Map();
    /** That of every township; kept for the few slices that are asked for again and again. */
    function all(slice) {
      if (held.size > 2) held.clear();
      if (!held.has(slice)) held.set(slice, data.townships.code.map((_, i) => at(i, slice)));
      return held.get(slice);
    }

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
        since: since[i],
        sinceHow: lists.since[found.since_how[i]],
        confirmed: confirmed[i],
        contestedUntil: found.contested_until[i] || 0,
        firm: firm === "-" ? "" : lists.statuses[firm],
        firmHolders: list(found.firm_holders[i]),
        reports: lean ? [] : found.reports[i],
        disputedBy: lean ? [] : found.disputed_by[i],
      };
    }

    /** Report number n of a township. */
    function report(township, n) {
      const rows = data.reports;
      const i = firstReport[township] + n;
      return {
        day: reportDay[i],
        precision: rows.month[i] === "1" ? "month" : "day",
        status: lists.statuses[rows.status[i]],
        holders: list(rows.holders[i]),
        scope: lists.scopes[rows.scope[i]],
        kind: lists.kinds[rows.kind[i]],
        confidence: lists.confidences[rows.confidence[i]],
        withdrawn: rows.withdrawn.includes(i),
        corrected: rows.corrected.includes(i),
        place: rows.place[i],
        claimant: rows.claimants[reportClaimant[i]],
        side: rows.side[i] === "-" ? "" : lists.sides[rows.side[i]],
        source: source(reportSource[i]),
        finding: rows.finding[i],
        speaks: speaks(i),
      };
    }

    let days = null;
    /** On which day each source was published, counted from the first report that cites it. */
    function published() {
      if (days) return days;
      const cited = [];
      reportSource.forEach((i, report) => (cited[i] = cited[i] === undefined ? reportDay[report] : cited[i]));
      return (days = M.steps(data.sources.published).map((step, i) => step + (cited[i] || 0)));
    }

    let urls = null;
    function source(i) {
      const rows = data.sources;
      urls = urls || M.addresses(rows);
      return {
        publisher: rows.publishers[rows.publisher[i]],
        published: rows.vague[i] || (rows.undated.includes(i) ? "" : M.iso(published()[i])),
        url: urls[i],
      };
    }

    /** Stretches of a township that look different from the one before: [{day, assessment}]. */
    function history(township) {
      const shown = [];
      for (let i = firstStretch[township]; i < firstStretch[township + 1]; i++) {
        if (data.history.differs[i] === "1") shown.push({ day: from[i], assessment: i });
      }
      return shown;
    }

    /** The day from which one thing of an assessment holds; some day before, it must have been another. */
    function heldFrom(i, name) {
      while (found[name][i - 1] === found[name][i]) i--;
      return from[i];
    }

    const { changed, moved } = M.compared(data, { at, all, from, firstStretch });

    /** The reports that made a change, the latest first: those behind the new assessment alone. None made a lapse. */
    const madeBy = (before, after) =>
      after.rule === "lapse" ? [] : after.reports.filter((n) => !before.reports.includes(n)).sort((one, two) => two - one);

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
      at, all, assessment, report, source, history, heldFrom, changed, moved, madeBy, figure, name, state, actor, actorId,
      reports: (township) => own.count[township],
      /** The day from which the first report of a township speaks, as far as the page has it. */
      begins: (township) => (own.count[township] && !lean ? report(township, 0).speaks : Infinity),
    };
  };
})(window.MapperControl);
