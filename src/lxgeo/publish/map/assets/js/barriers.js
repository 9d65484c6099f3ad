// Whether a straight line leads across a river, a motorway or a railway, as the planner has it: a
// line is crossed between its ends, and where it goes on in another; a lake by who enters and
// leaves it. To touch a barrier with an end is not to cross it.

import { isWithin } from './rings.js';

const PER_DEGREE = 10000000;

export class Barriers {
  constructor(texts) {
    this.lines = []; // each a list of [lon, lat]
    this.lakes = []; // each a list of rings
    this.joints = new Set(); // where several lines end: nobody passes between them
    if (texts.has('barrier.x')) this.read(texts);
  }

  read(texts) {
    const [xs, ys] = [texts.get('barrier.x'), texts.get('barrier.y')];
    const ends = texts.get('barrier.ends');
    let [at, outline] = [0, 0];
    const next = () => {
      const points = [];
      for (let k = 0; k < ends[outline]; k += 1, at += 1) {
        points.push([xs[at] / PER_DEGREE, ys[at] / PER_DEGREE]);
      }
      outline += 1;
      return points;
    };
    for (const rings of texts.get('barrier.rings')) {
      if (rings) this.lakes.push(boxed(Array.from({ length: rings }, next)));
      else this.lines.push(boxed([next()]));
    }
    const free = new Set();
    for (const { parts: [line] } of this.lines) {
      for (const end of [line[0], line[line.length - 1]]) {
        const key = end.join();
        if (free.has(key)) this.joints.add(key);
        free.add(key);
      }
    }
  }

  // Between two places [lon, lat].
  between(a, b) {
    if (a[0] === b[0] && a[1] === b[1]) return false;
    const near = ({ box }) =>
      Math.min(a[0], b[0]) <= box[2] && Math.max(a[0], b[0]) >= box[0] &&
      Math.min(a[1], b[1]) <= box[3] && Math.max(a[1], b[1]) >= box[1];
    return (
      this.lines.some((line) => near(line) && this.crossesLine(a, b, line.parts[0])) ||
      this.lakes.some((lake) => near(lake) && throughLake(a, b, lake.parts))
    );
  }

  crossesLine(a, b, line) {
    for (let k = 1; k < line.length; k += 1) {
      const [c, d] = [line[k - 1], line[k]];
      const [ac, ad] = [side(a, b, c), side(a, b, d)];
      if (ac * ad < 0 && side(c, d, a) * side(c, d, b) < 0) return true;
    }
    return line.some((point, k) => {
      const isFree = (k === 0 || k === line.length - 1) && !this.joints.has(point.join());
      return !isFree && side(a, b, point) === 0 && isInside(a, b, point);
    });
  }
}

function boxed(parts) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of parts[0]) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return { parts, box };
}

// On which side of the line from a to b a point lies.
function side(a, b, p) {
  return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
}

// Whether a point of the line through a and b lies between them, and is neither.
function isInside(a, b, p) {
  const along = (p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1]);
  return along > 0 && along < (b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2;
}

// Whether some stretch lies in the water, and neither end does.
function throughLake(a, b, rings) {
  if (isWithin(rings, ...a) || isWithin(rings, ...b)) return false;
  const cuts = [0, 1];
  for (const ring of rings) {
    for (let k = 1; k < ring.length; k += 1) {
      const [from, to] = [side(ring[k - 1], ring[k], a), side(ring[k - 1], ring[k], b)];
      if (from === to) continue;
      const t = from / (from - to);
      if (t > 0 && t < 1) cuts.push(t);
    }
  }
  cuts.sort((one, other) => one - other);
  return cuts.slice(1).some((t, k) => {
    const middle = (t + cuts[k]) / 2;
    const [x, y] = [0, 1].map((axis) => a[axis] + middle * (b[axis] - a[axis]));
    return t > cuts[k] && isWithin(rings, x, y);
  });
}
