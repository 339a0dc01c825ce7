/* What is painted while time moves on, and again with care once it rests. */
(function (M) {
  "use strict";

  /** What paintFills does, in haste: many that are small are written as boxes of pixels, which costs a tenth of paths. */
  M.paintRoughly = function (ctx, view, scene, fills, classes, townships) {
    const { a, e, f, ratio } = view;
    const { width, height } = ctx.canvas;
    const small = townships.filter((i) => M.narrow(scene.shapes[i], view) < M.SMALL_PX);
    if (small.length <= M.MANY) return M.paintFills(ctx, view, scene, fills, classes, townships);
    const picture = ctx.getImageData(0, 0, width, height);
    const pixels = new Uint32Array(picture.data.buffer);
    const at = (place, off, most) => Math.max(0, Math.min(most, Math.round((place * a + off) * ratio)));
    M.byClass(classes, small, (look, group) => {
      const { wide, data } = M.texture(fills(look));
      const [left, top] = [view.left, view.top].map((off) => wide - (Math.round(off * ratio) % wide));
      for (const i of group) {
        const { box } = scene.shapes[i];
        const [west, east] = [at(box[0], e, width), at(box[2], e, width)];
        const south = at(box[3], f, height);
        for (let y = at(box[1], f, height); y < south; y++) {
          const row = y * width;
          if (wide === 1) pixels.fill(data[0], row + west, row + east);
          else for (let x = west; x < east; x++) pixels[row + x] = data[((y + top) % wide) * wide + ((x + left) % wide)];
        }
      }
    });
    ctx.putImageData(picture, 0, 0);
    M.paintFills(ctx, view, scene, fills, classes, townships.filter((i) => M.narrow(scene.shapes[i], view) >= M.SMALL_PX));
  };
})(window.MapperControl);
