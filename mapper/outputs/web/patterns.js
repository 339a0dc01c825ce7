/* Hatching and dots, in pixels of the screen whatever the zoom. */
(function (M) {
  "use strict";

  const HATCH = 17; /* two stripes across 17 px at 45 degrees: 6 px from stripe to stripe */
  const DOTS = 7;
  const CROSSES = 12; /* two on a tile, so that a small township has one */
  const ARM = 1.7;

  function tile(size, ratio, draw) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = Math.round(size * ratio);
    const ctx = canvas.getContext("2d");
    ctx.scale(canvas.width / size, canvas.height / size);
    draw(ctx);
    return { canvas, size };
  }

  function stripes(ctx, fill, line, width) {
    ctx.fillStyle = fill;
    ctx.fillRect(0, 0, HATCH, HATCH);
    ctx.strokeStyle = line;
    ctx.lineWidth = width;
    ctx.beginPath();
    for (let x = -HATCH; x <= 2 * HATCH; x += HATCH / 2) {
      ctx.moveTo(x - 2, HATCH + 2);
      ctx.lineTo(x + HATCH + 2, -2);
    }
    ctx.stroke();
  }

  function dots(ctx, fill, dot) {
    ctx.fillStyle = fill;
    ctx.fillRect(0, 0, DOTS, DOTS);
    ctx.fillStyle = dot;
    ctx.beginPath();
    ctx.arc(DOTS / 2, DOTS / 2, 0.9, 0, 7);
    ctx.fill();
  }

  /** Small crosses with an edge, legible on dark and on pale. */
  M.crosses = (marks, ratio) =>
    tile(CROSSES, ratio, (ctx) => {
      for (const [colour, width] of [[marks.disputed_edge, 2.4], [marks.disputed, 1]]) {
        ctx.strokeStyle = colour;
        ctx.lineWidth = width;
        ctx.beginPath();
        for (const at of [CROSSES / 4, (3 * CROSSES) / 4]) {
          ctx.moveTo(at - ARM, at - ARM);
          ctx.lineTo(at + ARM, at + ARM);
          ctx.moveTo(at + ARM, at - ARM);
          ctx.lineTo(at - ARM, at + ARM);
        }
        ctx.stroke();
      }
    });

  /** Gives the fill of a class by its name, for a screen of this many pixels to a CSS pixel: a colour, or a tile to repeat. */
  M.fills = function (palette, ratio) {
    const { hatch, dots: dot, stripes: second } = palette;
    const made = {};
    function make(name, fill) {
      if (name === "contested.reported") return tile(HATCH, ratio, (ctx) => stripes(ctx, fill, hatch, 1.5));
      if (name === "unknown.reported") return tile(DOTS, ratio, (ctx) => dots(ctx, fill, dot));
      return second[name] ? tile(HATCH, ratio, (ctx) => stripes(ctx, fill, second[name], 3)) : fill;
    }
    return (name) => made[name] || (made[name] = make(name, palette.fills[name]));
  };

  const textures = {};

  /** The pixels of a fill: "data", 32 bits each, "wide" to a side; they repeat. */
  M.texture = function (fill) {
    const plain = typeof fill === "string";
    const known = plain ? textures[fill] : fill.texture;
    if (known) return known;
    const { canvas } = plain ? tile(1, 1, (ctx) => { ctx.fillStyle = fill; ctx.fillRect(0, 0, 1, 1); }) : fill;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.width);
    return ((plain ? textures : fill)[plain ? fill : "texture"] = { wide: canvas.width, data: new Uint32Array(data.buffer) });
  };

  /** Set a fill; "view" is the drawing's transform {a, e, f}, and the tile stays put on the map when it pans. */
  M.useFill = function (ctx, fill, view) {
    if (typeof fill === "string") {
      ctx.fillStyle = fill;
      return;
    }
    const pattern = fill.pattern || (fill.pattern = ctx.createPattern(fill.canvas, "repeat"));
    const step = fill.size / fill.canvas.width / view.a;
    pattern.setTransform(new DOMMatrix([step, 0, 0, step, (view.left % fill.size - view.e) / view.a,
      (view.top % fill.size - view.f) / view.a]));
    ctx.fillStyle = pattern;
  };
})(window.MapperControl);
