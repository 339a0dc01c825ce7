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
    figure: { font: "600 12px ", spacing: "0px", colour: "figure" },
  };
  const LEADING = 1.25;
  const LINE_PX = 13 * LEADING;
  const SHIFTS = [0, -1, 1, -2, 2]; /* lines up or down, where a label's own place is taken */

  /** Draw labels: [{kind, lines, x, y, room, beside}], in pixels; "room" is the width a township has for its name, "beside" how far from its point a label begins. */
  M.paintLabels = function (ctx, labels, palette, view, lang) {
    const taken = [];
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    for (const label of labels) {
      const kind = KINDS[label.kind];
      const latin = !JOINED.test(label.lines[0]);
      ctx.font = (latin ? kind.font : kind.font.replace("italic ", "")) + M.FONT;
      if ("letterSpacing" in ctx) ctx.letterSpacing = latin ? kind.spacing : "0px";
      const lines = label.lines.map((text) => M.short(text, 60));
      const width = Math.max(...lines.map((text) => ctx.measureText(text).width));
      const height = LINE_PX * lines.length;
      if (label.room && width > label.room) continue;
      const lifts = (label.kind === "state" ? SHIFTS : [0]).map((lift) => [0, lift * 0.8 * LINE_PX]);
      const boxes = (label.beside ? beside(label.beside, width, height) : lifts).map(([right, down]) =>
        around(label.x + right, label.y + down, width, height)
      );
      const right = label.beside ? view.shift.x + view.seen.x : view.width;
      const box = boxes.find(
        (one) => one[0] >= 0 && one[1] >= 0 && one[2] <= right && one[3] <= view.height && !taken.some((other) => overlap(one, other))
      );
      if (!box) continue;
      taken.push(box);
      const middle = (box[1] + box[3]) / 2;
      const x = (box[0] + box[2]) / 2;
      lines.forEach((text, i) => {
        const y = middle + (i - (lines.length - 1) / 2) * LINE_PX;
        ctx.strokeStyle = palette.text.halo;
        ctx.globalAlpha = label.kind === "sea" ? 0 : 0.85;
        ctx.lineWidth = 3;
        ctx.strokeText(text, x, y);
        ctx.globalAlpha = 1;
        ctx.fillStyle = palette.text[kind.colour];
        ctx.fillText(text, x, y);
      });
    }
    if ("letterSpacing" in ctx) ctx.letterSpacing = "0px";
  };

  const around = (x, y, width, height) => [x - width / 2 - 3, y - height / 2, x + width / 2 + 3, y + height / 2];

  const beside = (far, width, height) => {
    const [right, down] = [far + width / 2 + 3, far + height / 2];
    return [[right, 0], [-right, 0], [0, down], [0, -down]];
  };

  function overlap(one, two) {
    return one[0] < two[2] && two[0] < one[2] && one[1] < two[3] && two[1] < one[3];
  }
})(window.MapperControl);
