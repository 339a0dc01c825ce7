/* Reports and their sources, from the columns that Python wrote; what is text is read once somebody asks for a report. */
(function (M) {
  "use strict";

  const DAY_MS = 86400000;
  const AS_WRITTEN = { 1: 4, 2: 7 }; /* so many letters has a year, and a month of a year */

  /** Numbers from how far back they lie; 0 is one that comes for the first time. */
  M.fromBack = function (codes) {
    let known = 0;
    return codes.map((code) => (code ? known - code : known++));
  };

  M.monthEnd = function (day) {
    const at = new Date(day * DAY_MS);
    return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0) / DAY_MS;
  };

  /** A date so many days or months from a day; "parts" are the numbers that it has: year, month, day. */
  M.published = function (day, step, parts) {
    if (parts === 3) return M.iso(day + step);
    const at = new Date(day * DAY_MS);
    return M.iso(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + step) / DAY_MS).slice(0, AS_WRITTEN[parts]);
  };

  /**
   * Where each source is: written publisher by publisher, each address by how many of its parts are those of the one
   * before. A blank stands for a hyphen, and a hyphen divides them.
   */
  M.addresses = function ({ url, publisher }) {
    const order = publisher.map((_, i) => i).sort((one, two) => publisher[one] - publisher[two]);
    const found = [];
    let parts = [];
    url.split("-").forEach((own, i) => {
      parts = [...parts.slice(0, own[0]), ...own.slice(1).replace(/ /g, "-").split("/")];
      found[order[i]] = parts.join("/");
    });
    return found;
  };

  /** "first" is where each township's reports begin. */
  M.reported = function (data, first) {
    const { lists, reports: rows, sources } = data;
    const days = M.ascending(rows.day);
    const cites = M.fromBack(M.digits(rows.source));

    function speaks(i) {
      if (rows.speaks[i]) return rows.speaks[i];
      return rows.month[i] === "1" ? M.monthEnd(days[i]) : days[i];
    }

    /** The reports behind each assessment, by their numbers within the township: see Python's record. */
    function behind(counts) {
      const codes = M.digits(data.assessments.reports);
      const found = [];
      let at = 0;
      for (const count of counts) {
        let before = [];
        for (let i = 0; i < count; i++) {
          const code = codes[at++];
          const next = before.length ? before[before.length - 1] + 1 : 0;
          if (code % 2) before = [...before.slice(code >> 3), ...Array.from({ length: (code >> 1) & 3 }, (_, k) => next + k)];
          else before = codes.slice(at, (at += code / 2));
          found.push(before);
        }
      }
      return found;
    }

    let texts = null;
    /** What takes a moment: texts, addresses, and when each source was published, from the first report that cites it. */
    function read() {
      if (texts) return texts;
      const cited = [];
      cites.forEach((i, report) => (cited[i] = cited[i] === undefined ? days[report] : cited[i]));
      const places = M.divided(rows.place);
      let place = 0;
      return (texts = {
        finding: M.divided(rows.finding),
        holders: M.divided(rows.holders),
        place: Array.from(rows.scope, (scope) => (lists.scopes[scope] === "township" ? "" : places[place++])),
        claimant: M.digits(rows.claimant),
        url: M.addresses(sources),
        published: M.steps(sources.published).map((step, i) => {
          const parts = Number(sources.parts[i]);
          return parts ? M.published(cited[i] || 0, step, parts) : sources.vague[i] || "";
        }),
      });
    }

    const source = (i) => ({
      publisher: sources.publishers[sources.publisher[i]], published: read().published[i], url: read().url[i],
    });

    /** Report number n of a township. */
    function report(township, n) {
      const i = first[township] + n;
      const { finding, holders, place, claimant } = read();
      return {
        day: days[i],
        precision: rows.month[i] === "1" ? "month" : "day",
        status: lists.statuses[rows.status[i]],
        holders: M.list(holders[i]),
        scope: lists.scopes[rows.scope[i]],
        kind: lists.kinds[rows.kind[i]],
        confidence: lists.confidences[rows.confidence[i]],
        withdrawn: rows.withdrawn.includes(i),
        corrected: rows.corrected.includes(i),
        place: place[i],
        claimant: rows.claimants[claimant[i]],
        side: rows.side[i] === "-" ? "" : lists.sides[rows.side[i]],
        source: source(cites[i]),
        finding: finding[i],
        speaks: speaks(i),
      };
    }

    return { speaks, behind, report, source };
  };
})(window.MapperControl);
