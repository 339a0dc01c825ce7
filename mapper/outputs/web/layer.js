/* The map's one layer: four canvases that Leaflet pans and zooms as one. */
(function (M) {
  "use strict";

  const SHEETS = ["fills", "lines", "marks", "names"];
  const ALL = ["fills", "lines", "names", "marks"]; /* marks leave free what names have taken */

  /** "draw" is {fills, lines, marks, names}, each a function of (context, view). */
  M.layer = function (grid, draw) {
    const Layer = L.Renderer.extend({
      _initContainer() {
        this._container = L.DomUtil.create("div", "mc-layer");
        this._sheets = SHEETS.map((name) => {
          const canvas = L.DomUtil.create("canvas", "mc-" + name, this._container);
          return { name, canvas, ctx: canvas.getContext("2d") };
        });
      },
      _destroyContainer() {
        L.DomUtil.remove(this._container);
        this._container = this._sheets = null;
      },
      _updatePaths() {},
      _update() {
        if (this._map._animatingZoom && this._bounds) return;
        L.Renderer.prototype._update.call(this);
        const size = this._bounds.getSize();
        this._ratio = window.devicePixelRatio || 1;
        L.DomUtil.setPosition(this._container, this._bounds.min);
        for (const { canvas } of this._sheets) {
          const width = Math.round(size.x * this._ratio);
          const height = Math.round(size.y * this._ratio);
          if (canvas.width !== width) canvas.width = width;
          if (canvas.height !== height) canvas.height = height;
          canvas.style.width = size.x + "px";
          canvas.style.height = size.y + "px";
        }
        this.paint(ALL);
      },
      /** Where the grid lies on the canvas: x = a * column + e, y = a * row + f, in CSS pixels. */
      view() {
        const scale = Math.pow(2, this._zoom);
        const origin = this._map.getPixelOrigin().add(this._bounds.min);
        const size = this._bounds.getSize();
        return {
          a: grid[2] * scale,
          e: grid[0] * scale - origin.x,
          f: grid[1] * scale - origin.y,
          left: -origin.x,
          top: -origin.y,
          zoom: this._zoom,
          ratio: this._ratio,
          width: size.x,
          height: size.y,
          seen: this._map.getSize(),
          shift: this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min),
        };
      },
      paint(names) {
        if (!this._map || !this._bounds) return;
        const view = this.view();
        for (const name of names) {
          const { canvas, ctx } = this._sheets[SHEETS.indexOf(name)];
          ctx.setTransform(1, 0, 0, 1, 0, 0);
          ctx.clearRect(0, 0, canvas.width, canvas.height);
          M.onGrid(ctx, view);
          draw[name](ctx, view);
        }
      },
    });
    return new Layer({ padding: 0.15 });
  };

  M.onGrid = (ctx, view) =>
    ctx.setTransform(view.a * view.ratio, 0, 0, view.a * view.ratio, view.e * view.ratio, view.f * view.ratio);
  M.onScreen = (ctx, view) => ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
})(window.MapperControl);
