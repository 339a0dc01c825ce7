/* Names on the map, the weighty ones first, and none over another. */
(function (M) {
  "use strict";

  const SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, ";
  const BURMESE = "'Noto Sans Myanmar', Padauk, 'Myanmar Text', Pyidaungsu, ";
  const THAI = "'Noto Sans Thai', 'Leelawadee UI', Thonburi, sans-serif";
  const JOINED = /[\u0e00-\u0e7f\u1000-\u109f]/; /* letters set apart or slanted make these hard to read */

  M.FONT = SANS + BURMESE + THAI;

  const KINDS = {
    state: { font: "600 11px ", spacing: "0.8px", colour: "state" },
    neighbour: { font: "12px ", spacing: "1.2px", colour: "neighbour" },
    sea: { font: "italic 12px ", spacing: "1px", colour: "sea" },
    holder: { font: "700 12px ", spacing: "0px", colour: "state" },
    township: { font: "11px ", spacing: "0px", colour: "state" },
    town: { font: "11px ", spacing: "0px", colour: "state" },
    figure: { font: "600 12px ", spacing: "0px", colour: "figure" },
  };
  const LEADING = 1.25;
  const LINE_PX = 13 * LEADING;
  const DOT_PX = 2.5;
  const OWN = [[0, 0]];
  /* Where a label may stand, in parts of its width and in lines from its point: the nearest places first. */
  const PLACES = {
    state: [[0, 0], [0, -0.8], [0, 0.8], [-0.25, 0], [0.25, 0], [-0.25, -0.8], [0.25, -0.8], [-0.25, 0.8], [0.25, 0.8],
      [0, -1.6], [0, 1.6], [-0.5, 0], [0.5, 0], [0, -2.4], [0, 2.4]],
    neighbour: [[0, 0], [-0.25, 0], [0.25, 0], [0, -0.6]],
    figure: [[0, 0], [-0.25, 0], [0.25, 0], [0, 0.6]],
    town: [[0.5, 0], [-0.5, 0], [0, -0.7], [0, 0.7]],
  };

  /**
   * Find a place for each label [{kind, lines, x, y, room, beside, inside, of}], in pixels, within the box view.within, free of
   * those before it and of the boxes view.taken; give those that have one, with their box. "room" is the width a township has for its name; "beside"
   * is how far from its point a label begins; "inside"
   * tells which points a label may be centred on; a township has one label, by its number "of". A state's name may
   * break before its bracket. "measure" gives the width of the lines of a label.
   */
  M.placeLabels = function (labels, view, measure) {
    const taken = view.taken.slice();
    const named = new Set();
    const placed = [];
    for (const label of labels) {
      const isSeen = overlap([label.x, label.y, label.x, label.y], view.within);
      const found = isSeen && !named.has(label.of) && place(label, view, taken, measure);
      if (!found) continue;
      taken.push(found.box);
      if (label.of !== undefined) named.add(label.of);
      placed.push(found);
    }
    return placed;
  };

  function place(label, view, taken, measure) {
    const broken = label.kind === "state" ? label.lines[0].split(/ (?=\()/) : [];
    const ways = (broken.length > 1 ? [label.lines, broken] : [label.lines]).map((lines) => [lines, measure(label, lines)]);
    if (label.room && ways[0][1] > label.room) return null;
    const isTown = label.kind === "town";
    const [left, top, right, bottom] = view.within;
    const spots = label.beside && beside(label.beside, ways[0][1], LINE_PX);
    for (const [across, down] of spots || PLACES[label.kind] || OWN) {
      for (const [lines, width] of ways) {
        const x = label.x + (spots ? across : across * (width + (isTown ? 4 * DOT_PX : 0)));
        const y = label.y + (spots ? down : down * LINE_PX);
        let box = around(x, y, width / 2 + 3, (LINE_PX * lines.length) / 2);
        if (isTown) box = M.join([box, around(label.x, label.y, DOT_PX + 1, DOT_PX + 1)]);
        if (box[0] < left || box[1] < top || box[2] > right || box[3] > bottom) continue;
        if (taken.some((other) => overlap(box, other)) || (label.inside && !label.inside(x, y))) continue;
        return { label, lines, box, x, y };
      }
    }
    return null;
  }

  const around = (x, y, wide, high) => [x - wide, y - high, x + wide, y + high];

  /** Draw labels where they have a place. */
  M.paintLabels = function (ctx, labels, palette, view) {
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    const set = ({ kind, lines }) => {
      const { font, spacing } = KINDS[kind];
      const latin = !JOINED.test(lines[0]);
      ctx.font = (latin ? font : font.replace("italic ", "")) + M.FONT;
      if ("letterSpacing" in ctx) ctx.letterSpacing = latin ? spacing : "0px";
    };
    const cut = labels.map((label) => Object.assign(label, { lines: label.lines.map((text) => M.short(text, 60)) }));
    const measure = (label, lines) => {
      set(label);
      return Math.max(...lines.map((text) => ctx.measureText(text).width));
    };
    for (const { label, lines, x, y } of M.placeLabels(cut, view, measure)) {
      set(label);
      if (label.kind === "town") dot(ctx, label, palette);
      lines.forEach((text, i) => {
        const at = y + (i - (lines.length - 1) / 2) * LINE_PX;
        ctx.strokeStyle = palette.text.halo;
        ctx.globalAlpha = label.kind === "sea" ? 0 : 0.85;
        ctx.lineWidth = 3;
        ctx.strokeText(text, x, at);
        ctx.globalAlpha = 1;
        ctx.fillStyle = palette.text[KINDS[label.kind].colour];
        ctx.fillText(text, x, at);
      });
    }
    if ("letterSpacing" in ctx) ctx.letterSpacing = "0px";
  };

  function dot(ctx, { x, y }, palette) {
    ctx.beginPath();
    ctx.arc(x, y, DOT_PX, 0, 7);
    ctx.lineWidth = 2;
    ctx.strokeStyle = palette.text.halo;
    ctx.stroke();
    ctx.fillStyle = palette.text.state;
    ctx.fill();
  }

  const beside = (far, width, height) => {
    const [right, down] = [far + width / 2 + 3, far + height / 2];
    return [[right, 0], [-right, 0], [0, down], [0, -down]];
  };

  function overlap(one, two) {
    return one[0] < two[2] && two[0] < one[2] && one[1] < two[3] && two[1] < one[3];
  }
})(window.MapperControl);
