/*
 * The part of Leaflet that the page needs where the map bears nothing but its own layer: no tiles, markers, controls.
 * Each name that our scripts or the map's own use is given one by one, so that what nobody uses stays out.
 */
export { Map, createMap as map } from "leaflet/src/map/Map.js";
import "leaflet/src/map/handler/Map.DoubleClickZoom.js";
import "leaflet/src/map/handler/Map.Drag.js";
import "leaflet/src/map/handler/Map.ScrollWheelZoom.js";
import "leaflet/src/map/handler/Map.TouchZoom.js";
export { Layer } from "leaflet/src/layer/Layer.js";
export { Renderer } from "leaflet/src/layer/vector/Renderer.js";
export { LatLngBounds, toLatLngBounds as latLngBounds } from "leaflet/src/geo/LatLngBounds.js";
export { LatLng, toLatLng as latLng } from "leaflet/src/geo/LatLng.js";
export { Bounds, toBounds as bounds } from "leaflet/src/geometry/Bounds.js";
export { Point, toPoint as point } from "leaflet/src/geometry/Point.js";
export * as DomUtil from "leaflet/src/dom/DomUtil.js";
import { EPSG3857 } from "leaflet/src/geo/crs/CRS.EPSG3857.js";
export const CRS = { EPSG3857 };
