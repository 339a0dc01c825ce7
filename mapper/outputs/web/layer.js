/* The map's one layer: five canvases that Leaflet pans and zooms as one. Only those whose content changes are painted. */
(function (M) {
  "use strict";

  const TIGHT = ["fills", "lines", "marks"];
  const EDGE_PX = 8;
  const SHEETS = ["ground", "fills", "lines", "marks", "names"];
  const STILL = ["ground", "lines", "names"]; /* seldom change while a reader goes through the slices */
  const LATER = ["marks", "names"]; /* the first picture does without, and without dashes in the fills */

  /**
   * "draw" is {ground, fills, lines, marks, names}, each a function of (context, view, fresh, settled), "fresh" after a
   * move, and "tidy", which has such of (context, view) for what is painted in haste; false says that nothing was painted.
   */
  M.layer = function (grid, extent, draw) {
    const Layer = L.Renderer.extend({
      _initContainer() {
        this._container = L.DomUtil.create("div", "mc-layer");
        this._sheets = SHEETS.map((name) => {
          const sheet = M.sheet(L.DomUtil.create("canvas", "mc-" + name, this._container), STILL.includes(name));
          return Object.assign(sheet, { name });
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
        this._ratio = window.devicePixelRatio || 1;
        L.DomUtil.setPosition(this._container, this._bounds.min);
        for (const sheet of this._sheets) {
          sheet.box = TIGHT.includes(sheet.name) ? this._around() : L.bounds([0, 0], this._bounds.getSize());
          const size = sheet.box.getSize();
          const { canvas } = sheet;
          sheet.size(Math.round(size.x * this._ratio), Math.round(size.y * this._ratio));
          canvas.style.width = size.x + "px";
          canvas.style.height = size.y + "px";
          L.DomUtil.setPosition(canvas, sheet.box.min);
        }
        this.paint(SHEETS, true);
      },
      /** The part of the layer that the townships cover: small canvases are painted and shown faster. */
      _around() {
        const all = L.bounds([0, 0], this._bounds.getSize());
        const { a, e, f } = this.view();
        const box = L.bounds(
          [Math.floor(a * extent[0] + e) - EDGE_PX, Math.floor(a * extent[1] + f) - EDGE_PX],
          [Math.ceil(a * extent[2] + e) + EDGE_PX, Math.ceil(a * extent[3] + f) + EDGE_PX]
        );
        if (!all.overlaps(box)) return L.bounds([0, 0], [1, 1]);
        return L.bounds(
          [Math.max(all.min.x, box.min.x), Math.max(all.min.y, box.min.y)],
          [Math.min(all.max.x, box.max.x), Math.min(all.max.y, box.max.y)]
        );
      },
      /** Where the grid lies on a canvas: x = a * column + e, y = a * row + f, in CSS pixels. */
      view(sheet) {
        const box = sheet ? sheet.box : L.bounds([0, 0], this._bounds.getSize());
        const scale = Math.pow(2, this._zoom);
        const origin = this._map.getPixelOrigin().add(this._bounds.min).add(box.min);
        const size = box.getSize();
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
      /** Show copies on a ground of this colour, or none: who begins to print leaves paths out of a canvas painted just then. */
      copies(colour) {
        for (const copy of this._container.querySelectorAll(".mc-copy")) copy.remove();
        for (const { canvas } of colour ? this._sheets : []) {
          const copy = canvas.cloneNode();
          copy.classList.add("mc-copy");
          const ctx = copy.getContext("2d");
          ctx.fillStyle = colour;
          if (canvas === this._sheets[0].canvas) ctx.fillRect(0, 0, copy.width, copy.height);
          ctx.drawImage(canvas, 0, 0);
          this._container.append(copy);
        }
      },
      /** From now on with dashes, marks and names. */
      settle() {
        this.settled = true;
        this.paint(["fills", ...LATER], true);
      },
      /** Paint anew what was painted in haste. */
      tidy() {
        this._each(Object.keys(draw.tidy), (sheet, view) => draw.tidy[sheet.name](sheet.ctx, view));
      },
      /** Paint all of it anew. */
      repaint() {
        this.paint(SHEETS, true);
      },
      paint(names, fresh) {
        this._each(names, (sheet, view) => draw[sheet.name](sheet.ctx, view, Boolean(fresh), Boolean(this.settled)));
      },
      _each(names, act) {
        if (!this._map || !this._bounds) return;
        for (const name of names) {
          if (LATER.includes(name) && !this.settled) continue;
          const sheet = this._sheets[SHEETS.indexOf(name)];
          if (act(sheet, this.view(sheet)) !== false) sheet.show();
        }
      },
    });
    return new Layer({ padding: 0.08 });
  };

  /** Wipe a canvas and leave it ready to paint on the grid. */
  M.wipe = function (ctx, view) {
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    M.onGrid(ctx, view);
  };

  /** Wipe boxes of the grid, "margin" pixels wider, and let nothing be painted but there, until the context is restored. */
  M.wipeBoxes = function (ctx, view, boxes, margin) {
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    const wiped = boxes.map((box) => {
      const left = Math.floor((box[0] * view.a + view.e - margin) * view.ratio);
      const top = Math.floor((box[1] * view.a + view.f - margin) * view.ratio);
      const right = Math.ceil((box[2] * view.a + view.e + margin) * view.ratio);
      const bottom = Math.ceil((box[3] * view.a + view.f + margin) * view.ratio);
      return [left, top, right - left, bottom - top];
    });
    ctx.beginPath();
    for (const box of wiped) ctx.rect(...box);
    ctx.clip();
    for (const box of wiped) ctx.clearRect(...box);
    M.onGrid(ctx, view);
  };

  M.onGrid = (ctx, view) =>
    ctx.setTransform(view.a * view.ratio, 0, 0, view.a * view.ratio, view.e * view.ratio, view.f * view.ratio);
  M.onScreen = (ctx, view) => ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
})(window.MapperControl);
