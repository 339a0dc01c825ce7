/* What Python decided, looked up: assessments by township and slice, reports, sources, names. */
(function (M) {
  "use strict";

  const NAMED = ["en", "my"]; /* the languages in which the data package names actors */

  M.list = (text) => (text === "" ? [] : text.split(";").map(Number));

  /** Where each part begins, and where the last one ends. */
  function sums(counts) {
    const found = [0];
    for (const count of counts) found.push(found[found.length - 1] + count);
    return found;
  }

  /** What few have, by their numbers. */
  function sparse([numbers, values]) {
    const found = M.ascending(values);
    return new Map(M.ascending(numbers).map((number, i) => [number, found[i]]));
  }

  M.record = function (data) {
    const found = data.assessments;
    const lists = data.lists;
    const own = data.reports;
    const firstReport = sums(own.count);
    const stretches = M.digits(data.history.count);
    const firstStretch = sums(stretches);
    const { lean } = data; /* which counts the reports, and has none */
    const { speaks, behind, report, source } = lean ? {} : M.reported(data, firstReport);
    const refs = lean ? [] : behind(stretches);
    for (const name of ["holders", "firm_holders"]) M.later(found, name, M.divided);
    const [statuses, bases] = [0, 1].map((k) => Array.from(found.class, (name) => lists.usual[name][k]));
    Object.assign(found, { status: statuses, basis: Object.assign(bases, found.basis) });
    const until = sparse(found.contested_until);

    /* When each assessment was last confirmed, and from when it holds. */
    const confirmed = lean ? M.ascending(found.confirmed) : M.steps(found.confirmed);
    const from = M.steps(data.history.day);
    for (let township = 0, i = 0; township < own.count.length; township++) {
      for (; i < firstStretch[township + 1]; i++) {
        for (let n = 0, last = 0; !lean && n < refs[i].length; n++) {
          const day = speaks(firstReport[township] + refs[i][n]);
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
        status: found.status[i],
        holders: M.list(found.holders[i]),
        confidence: lists.confidences[found.confidence[i]],
        basis: found.basis[i],
        rule: lists.rules[found.rule[i]],
        disputed: found.disputed[i] === "1",
        stale: found.stale[i] === "1",
        mainTown: found.main_town[i] === "1",
        since: since[i],
        sinceHow: lists.since[found.since_how[i]],
        confirmed: confirmed[i],
        contestedUntil: until.get(i) || 0,
        firm: firm === "-" ? "" : lists.statuses[firm],
        firmHolders: M.list(found.firm_holders[i]),
        reports: lean ? [] : refs[i],
        disputedBy: lean ? [] : found.disputed_by[i],
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
