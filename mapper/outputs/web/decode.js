/* Shapes: from text to arcs, from arcs to paths on the grid. */
(function (M) {
  "use strict";

  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const BODY = 0.3; /* an islet is less than this across, as part of the largest piece */
  const VALUE = new Uint8Array(128);
  for (let i = 0; i < 64; i++) VALUE[ALPHABET.charCodeAt(i)] = i;

  /** Read whole numbers written with five bits a character, one by one. */
  function reader(text) {
    let at = 0;
    const next = () => {
      let number = 0;
      for (let shift = 0; ; shift += 5) {
        const value = VALUE[text.charCodeAt(at++)];
        number |= (value & 31) << shift;
        if (value < 32) return number;
      }
    };
    const signed = () => {
      const number = next();
      return number & 1 ? -(number + 1) / 2 : number / 2;
    };
    return { next, signed, more: () => at < text.length };
  }

  /** Arcs as flat arrays: column, row, column, row ... */
  M.arcs = function (text) {
    const read = reader(text);
    const arcs = [];
    let x = 0;
    let y = 0;
    while (read.more()) {
      const arc = new Int32Array(2 * read.next());
      for (let i = 0; i < arc.length; i += 2) {
        arc[i] = x += read.signed();
        arc[i + 1] = y += read.signed();
      }
      arcs.push(arc);
    }
    return arcs;
  };

  /** For each shape its rings, each a list of references: twice the arc, plus one where it runs backwards. */
  M.rings = function (text) {
    const read = reader(text);
    const shapes = [];
    let ref = 0;
    while (read.more()) {
      const shape = [];
      for (let rings = read.next(); rings > 0; rings--) {
        const ring = [];
        for (let arcs = read.next(); arcs > 0; arcs--) ring.push((ref += read.signed()));
        shape.push(ring);
      }
      shapes.push(shape);
    }
    return shapes;
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
