/* What is painted while time moves on, and again with care once it rests. */
(function (M) {
  "use strict";

  const BOX_PX = 5; /* across, a box passes for a shape while time moves on */
  const known = new WeakMap();

  /** The boxes of small townships in pixels of a canvas, [west, north, east, south]; none of others. Kept until the map moves. */
  function placed(canvas, view, { shapes }) {
    const { a, e, f, ratio } = view;
    const { width, height } = canvas;
    const key = [a, e, f, ratio, width, height].join();
    const at = (place, off, most) => Math.max(0, Math.min(most, Math.round((place * a + off) * ratio)));
    const pixels = (box) => box.map((place, i) => (i % 2 ? at(place, f, height) : at(place, e, width)));
    let found = known.get(canvas);
    if (!found || found.key !== key) {
      found = { key, boxes: shapes.map((shape) => M.narrow(shape, view) < BOX_PX && pixels(shape.box)) };
      known.set(canvas, found);
    }
    return found.boxes;
  }

  /** What paintFills does, in haste: many that are small are written as boxes of pixels, which costs a tenth of paths. */
  M.paintRoughly = function (ctx, view, scene, fills, classes, townships) {
    const { width, height } = ctx.canvas;
    const boxes = placed(ctx.canvas, view, scene);
    const small = townships.filter((i) => boxes[i]);
    if (small.length <= M.MANY) return M.paintFills(ctx, view, scene, fills, classes, townships);
    const picture = ctx.getImageData(0, 0, width, height);
    const pixels = new Uint32Array(picture.data.buffer);
    M.byClass(classes, small, (look, group) => {
      const { wide, data } = M.texture(fills(look));
      const [left, top] = [view.left, view.top].map((off) => wide - (Math.round(off * view.ratio) % wide));
      for (const i of group) {
        const [west, north, east, south] = boxes[i];
        for (let y = north; y < south; y++) {
          const from = ((y + top) % wide) * wide;
          let column = (west + left) % wide;
          for (let pixel = y * width + west; pixel < y * width + east; pixel++) {
            pixels[pixel] = data[from + column];
            if (++column === wide) column = 0;
          }
        }
      }
    });
    ctx.putImageData(picture, 0, 0);
    M.paintFills(ctx, view, scene, fills, classes, townships.filter((i) => !boxes[i]));
  };
})(window.MapperControl);
