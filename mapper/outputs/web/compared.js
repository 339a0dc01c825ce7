/* What differs between slices: in each from the one before, and between any two. */
(function (M) {
  "use strict";

  /** "at" and "all" give assessments of slices, "from" the first day of each, "firstStretch" where each township's begin. */
  M.compared = function (data, { at, all, from, firstStretch }) {
    const { lists, assessments: found } = data;

    /** What of an assessment differs from another's, on the map; the weightiest. */
    const difference = (one, two) => (one === two ? -1 : lists.changes.findIndex((name) => found[name][one] !== found[name][two]));

    /** [township, what, ...] from such pairs: the weightiest changes first. */
    const inOrder = (rows) => rows.sort((one, two) => one[1] - two[1] || one[0] - two[0]).flat();

    /** What changed in each slice. */
    const bySlice = data.dates.map(() => []);
    for (let township = 0; township < data.reports.count.length; township++) {
      for (let i = at(township, 0) + 1, before = i - 1, slice = 1; i < firstStretch[township + 1]; i++) {
        while (data.dates[slice] < from[i]) slice++;
        if (slice === data.dates.length) break;
        if (i + 1 < firstStretch[township + 1] && from[i + 1] <= data.dates[slice]) continue; /* gone before the slice */
        const what = difference(before, i);
        if (what >= 0) bySlice[slice].push([township, what]);
        before = i;
      }
    }
    const steps = bySlice.map(inOrder);

    /** What differs between two slices. */
    let last = [];
    function changed(earlier, later) {
      if (later - earlier === 1) return steps[later];
      if (last[0] === earlier && last[1] === later) return last[2];
      const [one, two] = [all(earlier), all(later)];
      const rows = one.map((_, i) => [i, difference(one[i], two[i])]).filter(([, what]) => what >= 0);
      last = [earlier, later, inOrder(rows)];
      return last[2];
    }

    /** The townships that look otherwise at the later slice; that nothing confirmed one for long is no change on the ground. */
    const moved = (earlier, later) => changed(earlier, later).filter((_, i, all) => !(i % 2) && lists.changes[all[i + 1]] !== "stale");

    return { changed, moved };
  };
})(window.MapperControl);
