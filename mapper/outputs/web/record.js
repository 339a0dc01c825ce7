/* What Python decided, looked up: assessments by township and slice, reports, sources, names. */
(function (M) {
  "use strict";

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
    const at = new Date(day * 86400000);
    return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0) / 86400000;
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
        since: found.since[i],
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
        place: rows.place[i],
        claimant: rows.claimants[reportClaimant[i]],
        side: rows.side[i] === "-" ? "" : lists.sides[rows.side[i]],
        source: source(reportSource[i]),
        finding: rows.finding[i],
        speaks: speaks(i),
      };
    }

    function source(i) {
      const rows = data.sources;
      return {
        publisher: rows.publishers[rows.publisher[i]],
        published: rows.published[i],
        url: rows.url[i],
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

    /** What differs between two slices, listed as Python lists what differs from the slice before. */
    let last = [];
    function changed(earlier, later) {
      if (later - earlier === 1) return data.changed[later];
      if (last[0] === earlier && last[1] === later) return last[2];
      const rows = lists.changes.map(() => []);
      for (let township = 0; township < own.count.length; township++) {
        const [one, two] = [at(township, earlier), at(township, later)];
        const what = lists.changes.findIndex((name) => found[name][one] !== found[name][two]);
        if (what >= 0) rows[what].push(township, what);
      }
      last = [earlier, later, rows.flat()];
      return last[2];
    }

    /** The townships that look otherwise at the later slice; that nothing confirmed one for long is no change on the ground. */
    const moved = (earlier, later) => changed(earlier, later).filter((_, i, all) => !(i % 2) && lists.changes[all[i + 1]] !== "stale");

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
