// Units as typed arrays in drawing order (a Morton curve), with what is needed to skip fast.

const BLOCK = 256;

// Outcomes of units with members that stand in no organisation yet.
const TO_BE_BUILT = ['standalone', 'temporary', 'joint', 'attached', 'transfer', 'left_out'];

const STEP = 4096; // parts of a degree between two places where Mercator is worked out in full

// Parts of a degree north to the unit square of web Mercator (Leaflet's, divided by 256). Between
// the places where it is worked out in full, three terms of its series leave less than a micrometre.
export function northing(perDegree) {
  const radian = Math.PI / (180 * perDegree);
  const places = new Map();
  let place = null;
  let series = null;
  return (north) => {
    const near = Math.round(north / STEP);
    if (near !== place) {
      place = near;
      series = places.get(near);
      if (!series) places.set(near, (series = seriesAt(near * STEP * radian)));
    }
    const away = (north - near * STEP) * radian;
    return series[0] + away * (series[1] + away * series[2]);
  };
}

// The same for parts of a degree east.
export function easting(perDegree) {
  const degree = 1 / (360 * perDegree);
  return (east) => east * degree + 0.5;
}

export function worldArrays(xs, ys, perDegree) {
  const [worldX, worldY] = [easting(perDegree), northing(perDegree)];
  const x = new Float64Array(xs.length);
  const y = new Float64Array(xs.length);
  for (let i = 0; i < xs.length; i += 1) {
    x[i] = worldX(xs[i]);
    y[i] = worldY(ys[i]);
  }
  return { x, y };
}

// Mercator's y at a latitude, its slope, and half of its curvature.
function seriesAt(latitude) {
  const slope = -1 / (2 * Math.PI * Math.cos(latitude));
  const y = 0.5 - Math.atanh(Math.sin(latitude)) / (2 * Math.PI);
  return [y, slope, (slope * Math.tan(latitude)) / 2];
}

export class Units {
  constructor(core) {
    const { units, drawn, perDegree, outcomes, precisions } = core.notes;
    this.count = units;
    this.drawn = drawn;
    this.outcomes = outcomes;
    this.precisions = precisions;
    Object.assign(this, worldArrays(core.get('unit.x'), core.get('unit.y'), perDegree));
    this.after = core.get('unit.outcome'); // once the plan is approved
    this.unbuilt = outcomes.indexOf('unbuilt');
    this.before = mapped(this.after, outcomes.map((_, code) => this.standing(code)));
    this.outcome = this.after; // what is shown: one of the two
    this.precision = core.get('unit.precision');
    this.township = core.get('unit.township');
    this.branch = new Uint32Array(core.get('unit.branch'));
    this.planned = this.branch.slice(); // as the plan was drawn
    this.host = core.get('unit.host');
    this.rough = this.roughPositions();
    this.stackEnd = this.stacks();
    this.blocks = this.blockBounds();
  }

  // What a unit is as things stand, when this is what the plan makes of it.
  standing(code) {
    return TO_BE_BUILT.includes(this.outcomes[code]) ? this.unbuilt : code;
  }

  showWhen(when) {
    this.outcome = when === 'before' ? this.before : this.after;
  }

  setOutcome(i, code) {
    this.after[i] = code;
    this.before[i] = this.standing(code);
  }

  // Positions that are the middle of something: they are drawn hollow.
  roughPositions() {
    const rough = this.precisions.map((code) => (['road', 'park', 'village'].includes(code) ? 1 : 0));
    return mapped(this.precision, rough);
  }

  // For the first unit at a point, the end of the run of units at that very point; else 0.
  stacks() {
    const end = new Uint32Array(this.drawn);
    for (let i = 0; i < this.drawn; ) {
      let j = i + 1;
      while (j < this.drawn && this.x[j] === this.x[i] && this.y[j] === this.y[i]) j += 1;
      end[i] = j;
      i = j;
    }
    return end;
  }

  blockBounds() {
    const blocks = [];
    for (let from = 0; from < this.drawn; from += BLOCK) {
      const to = Math.min(from + BLOCK, this.drawn);
      blocks.push({ from, to, box: boundsOf(this.x, this.y, from, to) });
    }
    return blocks;
  }

  // Calls back with every stack (from, to) that may touch the box, in drawing order.
  eachStackIn(box, visit) {
    for (const block of this.blocks) {
      if (!meet(block.box, box)) continue;
      for (let i = block.from; i < block.to; i += 1) {
        if (this.stackEnd[i]) visit(i, this.stackEnd[i]);
      }
    }
  }
}

// What each code stands for; one call a city, not one a unit.
function mapped(codes, values) {
  const table = Uint8Array.from(values);
  const all = new Uint8Array(codes.length);
  for (let i = 0; i < codes.length; i += 1) all[i] = table[codes[i]];
  return all;
}

export function emptyBox() {
  return { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
}

function boundsOf(x, y, from, to) {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = from; i < to; i += 1) {
    if (x[i] < x0) x0 = x[i];
    if (x[i] > x1) x1 = x[i];
    if (y[i] < y0) y0 = y[i];
    if (y[i] > y1) y1 = y[i];
  }
  return { x0, y0, x1, y1 };
}

export function grow(box, x, y) {
  if (x < box.x0) box.x0 = x;
  if (y < box.y0) box.y0 = y;
  if (x > box.x1) box.x1 = x;
  if (y > box.y1) box.y1 = y;
}

export function meet(a, b) {
  return a.x0 <= b.x1 && a.x1 >= b.x0 && a.y0 <= b.y1 && a.y1 >= b.y0;
}
