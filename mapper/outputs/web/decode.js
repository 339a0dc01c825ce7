/* Shapes: from text to arcs, from arcs to paths on the grid. */
(function (M) {
  "use strict";

  const BODY = 0.3; /* an islet is less than this across, as part of the largest piece */
  const HALF = 42;
  const NEAR = 41;
  const BACK = 83;
  const AHEAD = 84;
  const ALPHABET = Array.from({ length: 92 }, (_, i) => String.fromCharCode(35 + i)).filter((one) => !"%&'<>\\{".includes(one)).join("");
  const VALUE = new Uint8Array(128);
  for (let value = 0; value < ALPHABET.length; value++) VALUE[ALPHABET.charCodeAt(value)] = value;
  M.ALPHABET = ALPHABET;

  /** Read whole numbers one by one: "next" from 0 on, "step" of either sign. Python's codec says how they are written. */
  function reader(text) {
    let at = 0;
    const next = () => {
      let number = 0;
      for (let worth = 1; ; worth *= HALF) {
        const value = VALUE[text.charCodeAt(at++)];
        if (value < HALF) return number + value * worth;
        number += (value - HALF) * worth;
      }
    };
    const step = () => {
      const value = VALUE[text.charCodeAt(at++)];
      if (value < BACK) return value - NEAR;
      return value === AHEAD ? next() + NEAR + 1 : -next() - NEAR - 1;
    };
    return { next, step, more: () => at < text.length };
  }

  const all = (read, one) => {
    const found = [];
    while (read.more()) found.push(one());
    return found;
  };

  /** All numbers of a text written as digits, as steps, or each as a step from the one before. */
  M.digits = (text, read = reader(text)) => all(read, read.next);
  M.steps = (text, read = reader(text)) => all(read, read.step);
  M.ascending = function (text) {
    let last = 0;
    return M.steps(text).map((step) => (last += step));
  };

  /** Rows of numbers from their columns, each written as the first and then steps from row to row. */
  M.rows = function (text, count) {
    const all = M.steps(text);
    for (let i = 0; i < all.length; i++) if (i % count) all[i] += all[i - 1];
    return Array.from({ length: count }, (_, row) => all.filter((_, i) => i % count === row));
  };

  /**
   * Shapes from text: "rings" for each shape, each ring a list of references (twice the arc, plus one where it runs
   * backwards), and "arcs" as flat arrays: column, row, column, row ...
   */
  M.topology = function ({ coarse, rings, sizes, starts, steps }) {
    const read = { ring: reader(rings), size: reader(sizes), start: reader(starts), step: reader(steps) };
    const arcs = [];
    const shapes = [];
    const from = [0, 0];
    let x = 0;
    let y = 0;

    function arc(begins) {
      const size = read.size.next();
      const cell = [coarse, coarse >> 1, coarse >> 2][size & 3] || 1;
      const first = (last) => cell * (Math.floor(last / cell) + read.start.step());
      if (begins) {
        x = from[0] = first(from[0]);
        y = from[1] = first(from[1]);
      }
      const points = new Int32Array(2 * (size >> 2) + 2);
      points[0] = x;
      points[1] = y;
      for (let i = 2; i < points.length; i += 2) {
        points[i] = x += cell * read.step.step();
        points[i + 1] = y += cell * read.step.step();
      }
      return points;
    }

    while (read.ring.more()) {
      const shape = [];
      for (let count = read.ring.next(); count > 0; count--) {
        const ring = [];
        for (let left = read.ring.next(); left > 0; left--) {
          const code = read.ring.next();
          if (code) {
            const ref = 2 * (arcs.length - 1 - ((code - 1) >> 1)) + ((code - 1) & 1);
            const known = arcs[ref >> 1];
            const end = ref & 1 ? 0 : known.length - 2;
            x = known[end];
            y = known[end + 1];
            ring.push(ref);
          } else {
            const found = arc(!ring.length);
            ring.push(2 * arcs.length);
            arcs.push(found);
          }
        }
        shape.push(ring);
      }
      shapes.push(shape);
    }
    return { arcs, shapes };
  };

  /** For each arc the first two shapes that it bounds, the second -1 where there is none. */
  M.sides = function ({ arcs, shapes }) {
    const sides = arcs.map(() => [-1, -1]);
    shapes.forEach((rings, shape) => {
      for (const ring of rings) {
        for (const ref of ring) sides[ref >> 1][sides[ref >> 1][0] < 0 ? 0 : 1] = shape;
      }
    });
    return sides;
  };

  function follow(path, arc, backwards, start) {
    const last = arc.length - 2;
    for (let i = start ? 0 : 2; i <= last; i += 2) {
      const at = backwards ? last - i : i;
      if (i === 0) path.moveTo(arc[at], arc[at + 1]);
      else path.lineTo(arc[at], arc[at + 1]);
    }
  }

  /** The box around a ring: [west, north, east, south]. */
  M.around = function (arcs, ring) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ref of ring) {
      const arc = arcs[ref >> 1];
      for (let k = 0; k < arc.length; k += 2) {
        if (arc[k] < box[0]) box[0] = arc[k];
        if (arc[k] > box[2]) box[2] = arc[k];
        if (arc[k + 1] < box[1]) box[1] = arc[k + 1];
        if (arc[k + 1] > box[3]) box[3] = arc[k + 1];
      }
    }
    return box;
  };

  /** The box around boxes. */
  M.join = (boxes) =>
    boxes.reduce((one, two) => [
      Math.min(one[0], two[0]), Math.min(one[1], two[1]), Math.max(one[2], two[2]), Math.max(one[3], two[3]),
    ]);

  /** A path along rings. */
  M.outline = function (arcs, rings) {
    const path = new Path2D();
    for (const ring of rings) {
      ring.forEach((ref, i) => follow(path, arcs[ref >> 1], ref & 1, i === 0));
      path.closePath();
    }
    return path;
  };

  /** A shape: "path" to fill, "body" to outline (without islets, which an outline would blacken), "box" around it. */
  M.shape = function (arcs, rings) {
    const boxes = rings.map((ring) => M.around(arcs, ring));
    const sizes = boxes.map((box) => box[2] - box[0] + box[3] - box[1]);
    const large = BODY * Math.max(...sizes);
    const path = M.outline(arcs, rings);
    const most = rings.filter((_, i) => sizes[i] >= large);
    return {
      path,
      body: most.length === rings.length ? path : M.outline(arcs, most),
      box: M.join(boxes),
    };
  };

  /** Lines along some arcs. */
  M.lines = function (arcs, numbers) {
    const path = new Path2D();
    for (const number of numbers) follow(path, arcs[number], false, true);
    return path;
  };
})(window.MapperControl);
