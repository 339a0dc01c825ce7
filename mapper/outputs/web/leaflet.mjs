/* The part of Leaflet that the page needs where the map bears nothing but its own layer: no tiles, markers, controls. */
export { Map, createMap as map } from "leaflet/src/map/Map.js";
import "leaflet/src/map/handler/Map.DoubleClickZoom.js";
import "leaflet/src/map/handler/Map.Drag.js";
import "leaflet/src/map/handler/Map.ScrollWheelZoom.js";
import "leaflet/src/map/handler/Map.TouchZoom.js";
export * from "leaflet/src/core/index.js";
export * from "leaflet/src/dom/index.js";
export * from "leaflet/src/geometry/index.js";
export * from "leaflet/src/geo/index.js";
export { Layer } from "leaflet/src/layer/Layer.js";
export { LayerGroup, layerGroup } from "leaflet/src/layer/LayerGroup.js";
export { Renderer } from "leaflet/src/layer/vector/Renderer.js";
