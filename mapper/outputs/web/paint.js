/* What is painted: land, townships, borders, marks. Paths are in grid units, widths in pixels. */
(function (M) {
  "use strict";

  const FADE_PX = 70;
  const SPECK_PX = 3; /* what is less across has no outline: it would be all that is seen */
  const TINY_PX = 5; /* across, no room is left for a dashed outline: it would blacken the township */

  const SMALL_PX = 4; /* across, an outline is hardly told from a box */
  M.MANY = 100;
  M.FAINT = 0.4; /* of its usual opacity has what is older than a year */
  M.DASH = [3, 3];

  /** Decode shapes once. */
  M.scene = function (data) {
    const { arcs, shapes } = M.topology(data.shapes);
    const around = data.land.rings ? M.topology(data.land) : { arcs: [], shapes: [] };
    const land = around.shapes.flat();
    const every = arcs.map((_, i) => i);
    const sides = M.sides({ arcs, shapes });
    const state = (township) => data.townships.state[township];
    const kind = sides.map(([one, two]) => (two < 0 ? "country" : state(one) === state(two) ? "township" : "state"));
    const lines = (name) => M.lines(arcs, every.filter((i) => kind[i] === name));
    const between = M.sides(around);
    const drawn = shapes.map((rings) => M.shape(arcs, rings));
    return {
      shapes: drawn,
      extent: M.join(drawn.map((shape) => shape.box)),
      land: M.outline(around.arcs, land),
      landBox: land.length ? M.around(around.arcs, land.flat()) : null,
      landBorders: M.lines(around.arcs, around.arcs.map((_, i) => i).filter((i) => between[i][1] >= 0)),
      township: lines("township"),
      state: lines("state"),
      country: lines("country"),
      sides,
    };
  };

  /** How wide a shape is on the screen, at its narrower side. */
  M.narrow = ({ box }, view) => Math.min(box[2] - box[0], box[3] - box[1]) * view.a;

  function line(ctx, view, path, colour, width, dash) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = width / view.a;
    ctx.setLineDash((dash || []).map((part) => part / view.a));
    ctx.stroke(path);
  }

  /** The land around. */
  M.paintGround = function (ctx, view, scene, palette) {
    ctx.fillStyle = palette.ground.land;
    ctx.fill(scene.land);
    line(ctx, view, scene.land, palette.ground.land, 1.5);
    fade(ctx, view, scene.landBox, palette.ground.sea);
    line(ctx, view, scene.country, palette.ground.land, 3);
    line(ctx, view, scene.landBorders, palette.ground.border, 0.8);
  };

  /** Townships by their classes: use(class, townships). */
  M.byClass = function (classes, townships, use) {
    const alike = [];
    for (const i of townships) (alike[classes[i]] = alike[classes[i]] || []).push(i);
    alike.forEach((group, look) => use(look, group));
  };

  /** Some townships, each in its class's fill, which "fills" gives. */
  M.paintFills = function (ctx, view, scene, fills, classes, townships) {
    M.byClass(classes, townships, (look, group) => {
      M.useFill(ctx, fills(look), view);
      for (const i of group) ctx.fill(scene.shapes[i].path, "evenodd");
    });
  };

  const far = (view) => Math.min(1, Math.max(0.6, (view.zoom - 4) / 3));

  /** Let the land around fade out where its data ends: a straight edge would look like a coast. */
  function fade(ctx, view, box, sea) {
    if (!box) return;
    const wide = FADE_PX / view.a;
    const sides = [
      [box[0], 0, box[0] + wide, 0], [box[2], 0, box[2] - wide, 0],
      [0, box[1], 0, box[1] + wide], [0, box[3], 0, box[3] - wide],
    ];
    for (const side of sides) {
      const shade = ctx.createLinearGradient(...side);
      shade.addColorStop(0, sea);
      shade.addColorStop(1, sea + "00");
      ctx.fillStyle = shade;
      ctx.fillRect(box[0] - wide, box[1] - wide, box[2] - box[0] + 2 * wide, box[3] - box[1] + 2 * wide);
    }
  }

  /** Borders, thinner where the whole country is small; those of states are like any others where "states" is false. */
  M.paintLines = function (ctx, view, scene, palette, states) {
    ctx.lineJoin = "round";
    const thin = 0.55 * far(view) + 0.1;
    line(ctx, view, scene.township, palette.ground.line, thin);
    line(ctx, view, scene.state, palette.ground.line, states ? 1.7 * far(view) : thin);
    line(ctx, view, scene.country, palette.ground.country, 0.9 * far(view) + 0.1);
  };

  function inside(ctx, view, shape, colour, width, dash) {
    ctx.save();
    ctx.clip(shape.body, "evenodd");
    line(ctx, view, shape.body, colour, 2 * width, dash);
    ctx.restore();
  }

  /** The dashed inner outline of townships that nothing confirmed for long; "dark" tells of each whether its fill is. */
  M.paintStale = function (ctx, view, scene, palette, townships, dark) {
    for (const i of townships) {
      const wide = M.narrow(scene.shapes[i], view);
      if (wide < TINY_PX) continue;
      const colour = dark(i) ? palette.marks.stale_on_dark : palette.marks.stale;
      inside(ctx, view, scene.shapes[i], colour, far(view) * Math.min(1.1, wide / 14), [3, 2.5]);
    }
  };

  M.paintDisputed = function (ctx, view, palette, townships, points) {
    for (const i of townships) triangle(ctx, view, points[2 * i], points[2 * i + 1], palette.marks);
  };

  /** Outlines of what changed, finer where a township is small or where they may be many, and of what is chosen; a small one of many has a box. */
  M.paintOutlines = function (ctx, view, scene, palette, changed, chosen, many) {
    const colours = palette.marks;
    const widest = many ? 1.2 : 2;
    for (const i of changed) {
      const wide = M.narrow(scene.shapes[i], view);
      if (wide >= SPECK_PX && wide < SMALL_PX && changed.length > M.MANY) frame(ctx, view, scene.shapes[i], colours.changed);
      else if (wide >= SPECK_PX) line(ctx, view, scene.shapes[i].body, colours.changed, Math.min(widest, 0.8 + wide / 12));
    }
    for (const i of chosen) {
      line(ctx, view, scene.shapes[i].body, colours.disputed_edge, 5);
      line(ctx, view, scene.shapes[i].body, colours.selected, 2.5);
    }
  };

  function frame(ctx, view, shape, colour) {
    ctx.setLineDash([]);
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1 / view.a;
    const [west, north, east, south] = shape.box;
    ctx.strokeRect(west, north, east - west, south - north);
  }

  function triangle(ctx, view, x, y, colours) {
    const size = 4.5 / view.a;
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.moveTo(x, y - size);
    ctx.lineTo(x + size, y + 0.8 * size);
    ctx.lineTo(x - size, y + 0.8 * size);
    ctx.closePath();
    ctx.strokeStyle = colours.disputed_edge;
    ctx.lineWidth = 2.5 / view.a;
    ctx.stroke();
    ctx.fillStyle = colours.disputed;
    ctx.fill();
  }

  /** Circles in pixels, the large ones first; circles are [x, y, radius, old]. */
  M.paintCircles = function (ctx, palette, circles) {
    for (const [x, y, radius, old] of circles.slice().sort((one, two) => two[2] - one[2])) {
      ctx.beginPath();
      ctx.arc(x, y, radius, 0, 7);
      ctx.globalAlpha = palette.displacement.opacity * (old ? M.FAINT : 1);
      ctx.fillStyle = palette.displacement.fill;
      ctx.fill();
      ctx.globalAlpha = 1;
      ctx.lineWidth = 1;
      ctx.setLineDash(old ? M.DASH : []);
      ctx.strokeStyle = palette.displacement[old ? "fill" : "edge"];
      ctx.stroke();
    }
    ctx.setLineDash([]);
  };

  /** The radius of a circle that stands for so many people: its area goes with the people. */
  M.radius = function (people, largest) {
    return people > 0 ? Math.max(1.5, largest[1] * Math.sqrt(people / largest[0])) : 0;
  };
})(window.MapperControl);
