/* What is painted while time moves on, and again with care once it rests. */
(function (M) {
  "use strict";

  const known = new WeakMap();

  /** Where townships lie on a canvas: the pixels of their boxes, four numbers each, and which of them are small; kept until the map moves. */
  function placed(canvas, { a, e, f, ratio }, { shapes }) {
    const { width, height } = canvas;
    const key = [a, e, f, ratio, width, height].join();
    const last = known.get(canvas);
    if (last && last.key === key) return last;
    const boxes = new Int32Array(4 * shapes.length);
    const isSmall = new Uint8Array(shapes.length);
    const at = (place, off, most) => Math.max(0, Math.min(most, Math.round((place * a + off) * ratio)));
    shapes.forEach((shape, i) => {
      const { box } = shape;
      boxes.set([at(box[0], e, width), at(box[1], f, height), at(box[2], e, width), at(box[3], f, height)], 4 * i);
      isSmall[i] = M.narrow(shape, { a }) < M.SMALL_PX ? 1 : 0;
    });
    const found = { key, boxes, isSmall };
    known.set(canvas, found);
    return found;
  }

  /** Write a texture, "wide" pixels in square, into the box that begins at a place of "boxes". */
  function write(pixels, width, boxes, at, data, wide, left, top) {
    const [west, east, south] = [boxes[at], boxes[at + 2], boxes[at + 3]];
    for (let y = boxes[at + 1]; y < south; y++) {
      const from = ((y + top) % wide) * wide;
      let column = (west + left) % wide;
      for (let pixel = y * width + west; pixel < y * width + east; pixel++) {
        pixels[pixel] = data[from + column];
        if (++column === wide) column = 0;
      }
    }
  }

  /** What paintFills does, in haste: many that are small are written as boxes of pixels, which costs a tenth of paths. */
  M.paintRoughly = function (ctx, view, scene, fills, classes, townships) {
    const { boxes, isSmall } = placed(ctx.canvas, view, scene);
    const small = townships.filter((i) => isSmall[i]);
    if (small.length <= M.MANY) return M.paintFills(ctx, view, scene, fills, classes, townships);
    const { width, height } = ctx.canvas;
    const picture = ctx.getImageData(0, 0, width, height);
    const pixels = new Uint32Array(picture.data.buffer);
    M.byClass(classes, small, (look, group) => {
      const { wide, data } = M.texture(fills(look));
      const [left, top] = [view.left, view.top].map((off) => wide - (Math.round(off * view.ratio) % wide));
      for (const i of group) write(pixels, width, boxes, 4 * i, data, wide, left, top);
    });
    ctx.putImageData(picture, 0, 0);
    M.paintFills(ctx, view, scene, fills, classes, townships.filter((i) => !isSmall[i]));
  };
})(window.MapperControl);
