/* Canvases: such as are painted again and again, and such as keep still. */
(function (M) {
  "use strict";

  /**
   * A canvas to paint on: {canvas, ctx, size, show}. One that is to keep still holds a picture of what was painted, and
   * needs to be told by "show" when that is whole: a browser copies any other canvas each time that something on the
   * page changes. What was shown is gone from "ctx", so it is painted whole each time.
   */
  M.sheet = function (canvas, still) {
    const behind = still && "OffscreenCanvas" in window ? new OffscreenCanvas(1, 1) : null;
    const ctx = behind && behind.getContext("2d");
    const shown = ctx && canvas.getContext("bitmaprenderer");
    if (!shown) return { canvas, ctx: canvas.getContext("2d"), size: sized([canvas]), show() {} };
    return {
      canvas,
      ctx,
      size: sized([canvas, behind]),
      show() {
        if (behind.width && behind.height) shown.transferFromImageBitmap(behind.transferToImageBitmap());
      },
    };
  };

  /** Give canvases a size, in their own pixels; one that has it keeps what is on it. */
  const sized = (canvases) => (width, height) => {
    for (const canvas of canvases) {
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
    }
  };
})(window.MapperControl);
