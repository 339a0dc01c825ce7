/* The slice that is shown, to keep: as a table, as points for a map of one's own, and as pictures. */
(function (M) {
  "use strict";

  const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu; /* what no XML may hold */
  const FORMULA = /^[=+\-@\t\r]/;
  const iso = (day) => (day ? M.iso(day) : "");

  /** A row for each township: [name, value] pairs, by the names that exports have. */
  M.keptRows = function ({ data, record, state, toLatLng }) {
    const { townships } = data;
    return townships.code.map(function (pcode, i) {
      const found = record.assessment(record.at(i, state.slice));
      const { lat, lng } = toLatLng(townships.point[2 * i], townships.point[2 * i + 1]);
      return {
        pcode,
        name_en: townships.en[i],
        name_my: townships.my[i],
        state: record.state(i, "en"),
        as_of: iso(data.dates[state.slice]),
        status: found.status,
        holders: found.holders.map(record.actorId).join(";"),
        confidence: found.confidence || "",
        basis: found.basis,
        disputed: found.disputed,
        since: iso(found.since),
        since_precision: found.sinceHow || "",
        last_confirmed: iso(found.confirmed),
        stale: found.stale,
        rule: found.rule,
        lon: Number(lng.toFixed(4)),
        lat: Number(lat.toFixed(4)),
      };
    });
  };

  /** What stands beneath the map: what it rests on, and what it is not. */
  M.keptNotes = ({ parts }) => [parts.notice, ...parts.foot.children].map((node) => node.textContent).filter(Boolean);

  /** As CSV in which no cell is a formula to a spreadsheet. */
  M.keptCsv = function (rows) {
    const cell = function (value) {
      const text = typeof value === "string" && FORMULA.test(value) ? "'" + value : String(value);
      return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
    };
    return [Object.keys(rows[0]), ...rows.map(Object.values)].map((row) => row.map(cell).join(",")).join("\n") + "\n";
  };

  /** As GeoJSON: a point in each township. The borders drawn here are too coarse to measure or join by; a P-code is not. */
  M.keptGeoJson = (rows, metadata) =>
    JSON.stringify({
      type: "FeatureCollection",
      metadata,
      features: rows.map(({ lon, lat, ...properties }) => ({
        type: "Feature", id: properties.pcode, properties, geometry: { type: "Point", coordinates: [lon, lat] },
      })),
    }) + "\n";

  /** As a picture: the map as it is seen, beneath its title and above its legend and what it rests on. */
  M.keptPicture = function (app) {
    const { data, parts, voice, state } = app;
    const ratio = 2;
    const { x: width, y: height } = app.map.getSize();
    const edge = 16;
    const texts = { size: 13, line: 19, ink: getComputedStyle(parts.root).color };
    const canvas = document.createElement("canvas");
    const ctx = canvas.getContext("2d");
    const font = (size, weight) => (ctx.font = weight + " " + size + "px " + getComputedStyle(parts.root).fontFamily);
    const wrap = function (text) {
      const lines = [""];
      for (const word of text.split(/(?<= )/)) {
        if (ctx.measureText(lines[lines.length - 1] + word).width > width - 2 * edge && lines[lines.length - 1]) lines.push("");
        lines[lines.length - 1] += word;
      }
      return lines;
    };
    font(20, 600);
    const title = wrap(parts.title.textContent);
    font(texts.size, 400);
    const counts = {};
    for (const look of app.classes(state.slice)) counts[look] = (counts[look] || 0) + 1;
    const legend = Object.entries(counts).map(([look, count]) => [app.looks[look], app.lookName(app.looks[look], true) + " " + voice.number(count)]);
    const notes = M.keptNotes(app).flatMap(wrap);
    const top = 2 * edge + 26 * title.length;
    const below = top + height + edge;
    canvas.width = width * ratio;
    canvas.height = (below + texts.line * (legend.length + notes.length) + 2 * edge) * ratio;
    ctx.scale(ratio, ratio);
    ctx.fillStyle = getComputedStyle(parts.root).backgroundColor;
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    ctx.fillStyle = texts.ink;
    font(20, 600);
    title.forEach((line, i) => ctx.fillText(line, edge, edge + 20 + 26 * i));
    ctx.save();
    ctx.beginPath();
    ctx.rect(0, top, width, height);
    ctx.clip();
    ctx.fillStyle = data.palette.ground.sea;
    ctx.fillRect(0, top, width, height);
    const stage = parts.stage.getBoundingClientRect();
    for (const sheet of app.layer.getPane().querySelectorAll(".mc-layer canvas")) {
      const box = sheet.getBoundingClientRect();
      if (box.width) ctx.drawImage(sheet, box.left - stage.left, box.top - stage.top + top, box.width, box.height);
    }
    ctx.restore();
    font(texts.size, 400);
    const fills = M.fills(data.palette, 1);
    legend.forEach(function ([name, text], i) {
      const y = below + texts.line * i;
      M.useFill(ctx, fills(name), { a: ratio, e: 0, f: 0, left: 0, top: 0 });
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx.fillRect(edge, y, 24, 13);
      ctx.fillStyle = texts.ink;
      ctx.fillText(text, edge + 32, y + 11);
    });
    notes.forEach((line, i) => ctx.fillText(line, edge, below + texts.line * (legend.length + i) + edge + 8));
    return canvas;
  };

  /** As SVG: every township a path with its name, as it is drawn here; texts stay texts. */
  M.keptSvg = function (app) {
    const { data, scene, record, state, parts } = app;
    const [west, north, east, south] = scene.extent;
    const { fills, hatch, ground } = data.palette;
    const { arcs, shapes } = M.topology(data.shapes);
    const line = (ring) =>
      ring.map(function (ref, i) {
        const points = [];
        const arc = arcs[ref >> 1];
        for (let k = 0; k < arc.length; k += 2) points.push(arc[k] + " " + arc[k + 1]);
        return (i ? "L" : "M") + (ref & 1 ? points.reverse() : points).slice(i ? 1 : 0).join("L");
      }).join("") + "Z";
    const size = (east - west) / 40;
    const node = M.svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: [west, north - 3 * size, east - west, south - north + 4 * size].join(" "), role: "img" });
    const says = (tag, text, look) => {
      const made = M.svg(tag, look);
      made.textContent = text.replace(NO_XML, "\ufffd");
      return made;
    };
    const tile = size / 2;
    node.append(
      says("title", parts.title.textContent), says("desc", parts.foot.textContent),
      M.svg("pattern", { id: "hatch", width: tile, height: tile, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        M.svg("rect", { width: tile, height: tile, fill: fills["contested.reported"] }), M.svg("rect", { width: tile / 4, height: tile, fill: hatch })),
      says("text", parts.title.textContent, { x: west, y: north - size, "font-size": 0.8 * size, "font-family": "sans-serif" })
    );
    app.classes(state.slice).forEach(function (look, i) {
      const name = app.looks[look];
      const fill = name === "contested.reported" ? "url(#hatch)" : fills[name];
      const path = M.svg("path", { id: data.townships.code[i], d: shapes[i].map(line).join(""), fill, "fill-rule": "evenodd", stroke: ground.country, "stroke-width": size / 60 });
      path.append(says("title", record.name(i, state.lang) + ": " + app.lookName(name, true)));
      node.append(path);
    });
    return new XMLSerializer().serializeToString(node);
  };
})(window.MapperControl);
