/* Reads exports as programs in JavaScript do: lints GeoJSON, and puts the features of a topology together again. */
import { readFileSync } from "node:fs";
import { check, getIssues } from "@placemarkio/check-geojson";
import * as topojson from "topojson-client";

const [verb, file] = process.argv.slice(2);
const text = readFileSync(file, "utf8");

if (verb === "lint") {
  const issues = getIssues(text);
  if (!issues.length) check(text);
  console.log(JSON.stringify(issues));
} else {
  const topology = JSON.parse(text);
  const found = {};
  for (const [name, object] of Object.entries(topology.objects)) {
    found[name] = {
      collection: topojson.feature(topology, object),
      neighbours: topojson.neighbors(object.geometries),
      merged: topojson.merge(topology, object.geometries.filter((one) => one.type)),
    };
  }
  console.log(JSON.stringify(found));
}
