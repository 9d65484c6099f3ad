// A layer's shapes: where each lies, and its outline no finer than the screen shows it. A district
// has two hundred thousand corners; on a screen that holds all of it, few of them are apart.

import { easting, emptyBox, northing } from './units.js';

const BASE_ZOOM = 14; // outlines are in pixels of this zoom
const APART = 0.5; // px that two corners of an outline are apart at least
const FINEST = 15; // from this zoom every corner counts

export const BASE = 256 * 2 ** BASE_ZOOM;

class Shape {
  constructor(shapes, f, name, ring, last) {
    this.shapes = shapes;
    this.f = f;
    this.name = name;
    this.ring = ring;
    this.last = last; // the ring after its own
    this.outlines = new Map(); // by zoom
    this.bound();
  }

  bound() {
    const { x, y, starts, worldX, worldY } = this.shapes;
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let k = starts[this.ring]; k < starts[this.last]; k += 1) {
      if (x[k] < x0) x0 = x[k];
      if (x[k] > x1) x1 = x[k];
      if (y[k] < y0) y0 = y[k];
      if (y[k] > y1) y1 = y[k];
    }
    this.point = this.last > this.ring && starts[this.last] - starts[this.last - 1] === 1;
    this.box = emptyBox();
    if (x0 > x1) return;
    // North is up: y runs the other way.
    this.box = { x0: worldX(x0), y0: worldY(y1), x1: worldX(x1), y1: worldY(y0) };
  }

  // Its outline as fine as a zoom shows it; with no zoom, every corner.
  path(zoom = FINEST) {
    const level = Math.min(Math.ceil(zoom), FINEST);
    if (!this.outlines.has(level)) this.outlines.set(level, this.newPath(level));
    return this.outlines.get(level);
  }

  newPath(level) {
    const { x, y, starts, perDegree, worldX, worldY, origin, open } = this.shapes;
    const apart = level < FINEST ? (APART * 360 * perDegree) / (256 * 2 ** level) : 0;
    const path = new Path2D();
    for (let ring = this.ring; ring < this.last; ring += 1) {
      const [from, to] = [starts[ring], starts[ring + 1]];
      let last = from; // the corner that was drawn last
      for (let k = from; k < to; k += 1) {
        const isEnd = k === from || (open && k === to - 1); // a line ends where it ends
        if (!isEnd && Math.abs(x[k] - x[last]) + Math.abs(y[k] - y[last]) < apart) continue;
        const [px, py] = [(worldX(x[k]) - origin.x) * BASE, (worldY(y[k]) - origin.y) * BASE];
        if (k === from) path.moveTo(px, py);
        else path.lineTo(px, py);
        last = k;
      }
      if (!open) path.closePath();
    }
    return path;
  }
}

// The shapes of the columns `name.x`, `name.y`, `name.rings` (rings of a shape) and `name.ends`
// (corners of a ring), by the names given.
export function shapesOf(core, name, names, origin, open) {
  const rings = core.get(`${name}.rings`);
  const ends = core.get(`${name}.ends`);
  const starts = new Uint32Array(ends.length + 1);
  for (let k = 0; k < ends.length; k += 1) starts[k + 1] = starts[k] + ends[k];
  const { perDegree } = core.notes;
  const [x, y] = [core.get(`${name}.x`), core.get(`${name}.y`)];
  const [worldX, worldY] = [easting(perDegree), northing(perDegree)];
  const shapes = { x, y, starts, perDegree, worldX, worldY, origin, open };
  let ring = 0;
  return names.map((each, f) => {
    const from = ring;
    ring += rings[f];
    return new Shape(shapes, f, each, from, ring);
  });
}
