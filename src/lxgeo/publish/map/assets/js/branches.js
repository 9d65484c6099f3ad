// Branches: which units belong to each, and their drawing as a soft outline and spokes.

import { emptyBox, grow, meet, worldArrays } from './units.js';

const MARGIN = 11; // px kept around the outermost units

export class Branches {
  constructor(core, units) {
    const { perDegree, statuses, outcomes } = core.notes;
    Object.assign(this, worldArrays(core.get('branch.x'), core.get('branch.y'), perDegree));
    this.placed = core.get('branch.placed');
    this.count = this.placed.length;
    this.outcome = named(core.get('branch.outcome'), outcomes);
    this.status = named(core.get('branch.status'), statuses);
    this.all = units;
    this.outlines = new Map(); // made when first asked for
    this.sizes = new Uint32Array(this.count); // units of each
    this.plannedHost = new Int32Array(this.count).fill(-1);
    const { branch, host } = units;
    for (let i = units.count - 1; i >= 0; i -= 1) {
      const b = branch[i] - 1;
      if (b < 0) continue;
      this.sizes[b] += 1;
      if (host[i]) this.plannedHost[b] = i;
    }
    this.planned = null;
    this.held = null;
    this.drawn = this.count;
  }

  // Each branch's units as the plan was drawn: listed when first asked for, from near.
  get plannedUnits() {
    if (!this.planned) {
      const lists = Array.from({ length: this.drawn }, () => []);
      const { planned } = this.all;
      for (let i = 0; i < planned.length; i += 1) if (planned[i]) lists[planned[i] - 1].push(i);
      this.planned = lists;
    }
    return this.planned;
  }

  // Each branch's units as they stand.
  get units() {
    if (!this.held) this.held = this.plannedUnits.slice();
    return this.held;
  }

  // Convex outline of the branch's drawn units and its host, in world coordinates.
  outline(b) {
    if (!this.outlines.has(b)) this.outlines.set(b, this.newOutline(b));
    return this.outlines.get(b);
  }

  newOutline(b) {
    const { all } = this;
    const drawn = this.units[b].filter((i) => i < all.drawn);
    const points = drawn.map((i) => [all.x[i], all.y[i]]);
    if (this.placed[b]) points.push([this.x[b], this.y[b]]);
    const box = emptyBox();
    for (const [x, y] of points) grow(box, x, y);
    return { hull: convexHull(points), box };
  }

  // The unit that hosts a branch, -1 where none of the ledger's does.
  hostOf(b) {
    const host = this.units[b].find((i) => this.all.host[i] === 1);
    return host === undefined ? -1 : host;
  }

  // Gathers some branches' units anew; each stands where its host stands.
  gather(touched) {
    const { all } = this;
    const asked = new Set(touched);
    for (const b of touched) this.units[b] = [];
    for (let i = 0; i < all.count; i += 1) {
      if (asked.has(all.branch[i] - 1)) this.units[all.branch[i] - 1].push(i);
    }
    for (const b of touched) {
      const host = this.hostOf(b);
      if (host >= 0 && host < all.drawn) {
        [this.x[b], this.y[b], this.placed[b]] = [all.x[host], all.y[host], 1];
      } else if (!this.units[b].length && this.status[b] === 'proposed') {
        this.placed[b] = 0; // nobody is in it any more
      }
      this.sizes[b] = this.units[b].length;
      this.outlines.delete(b);
    }
  }

  // A branch without units, proposed by whoever works on the page; returns its number.
  add(outcome) {
    const b = this.count;
    const { units, plannedUnits } = this;
    this.count += 1;
    this.sizes = Uint32Array.from([...this.sizes, 0]);
    this.x = Float64Array.from([...this.x, 0]);
    this.y = Float64Array.from([...this.y, 0]);
    this.placed = Uint8Array.from([...this.placed, 0]);
    this.plannedHost = Int32Array.from([...this.plannedHost, -1]);
    this.outcome.push(outcome);
    this.status.push('proposed');
    units.push([]);
    plannedUnits.push([]);
    return b;
  }

  // Whether a unit leads others: hosts of their own branch alone need no mark.
  leads(i) {
    const b = this.all.branch[i] - 1;
    return this.all.host[i] === 1 && b >= 0 && this.sizes[b] > 1;
  }

  // A branch that has no unit in the ledger is shown at its own place.
  isSeat(b) {
    return Boolean(this.placed[b]) && !this.sizes[b];
  }

  hasSeats() {
    for (let b = 0; b < this.count; b += 1) if (this.isSeat(b)) return true;
    return false;
  }

  draw(ctx, view, b, ink, chosen) {
    const { all } = this;
    if (this.units[b].length < 2) return;
    const { hull, box } = this.outline(b);
    if (hull.length === 0 || !meet(box, view.box)) return;
    const color = this.status[b] === 'existing' ? ink.approved : ink.proposed;
    roundedOutline(ctx, hull.map(([x, y]) => [view.px(x), view.py(y)]));
    ctx.fillStyle = `rgba(${color}, ${chosen ? 0.2 : 0.1})`;
    ctx.fill();
    ctx.strokeStyle = `rgba(${color}, ${chosen ? 0.95 : 0.45})`;
    ctx.lineWidth = chosen ? 2 : 1;
    ctx.stroke();
    if (!this.placed[b]) return;
    const [hx, hy] = [view.px(this.x[b]), view.py(this.y[b])];
    ctx.beginPath();
    for (const i of this.units[b]) {
      if (i >= all.drawn) continue;
      ctx.moveTo(hx, hy);
      ctx.lineTo(view.px(all.x[i]), view.py(all.y[i]));
    }
    ctx.strokeStyle = `rgba(${color}, ${chosen ? 1 : 0.75})`;
    ctx.lineWidth = chosen ? 2 : 1.3;
    ctx.stroke();
  }
}

function named(codes, names) {
  const all = new Array(codes.length);
  for (let b = 0; b < codes.length; b += 1) all[b] = names[codes[b]];
  return all;
}

// Corners of the smallest convex polygon around the points, without repeats (Andrew's chain).
export function convexHull(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const distinct = sorted.filter(
    (p, k) => !k || p[0] !== sorted[k - 1][0] || p[1] !== sorted[k - 1][1],
  );
  if (distinct.length < 3) return distinct;
  const turn = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const chain = (run) => {
    const kept = [];
    for (const p of run) {
      while (kept.length > 1 && turn(kept[kept.length - 2], kept[kept.length - 1], p) <= 0) {
        kept.pop();
      }
      kept.push(p);
    }
    kept.pop();
    return kept;
  };
  return [...chain(distinct), ...chain(distinct.reverse())];
}

// The outline pushed out by the margin, with round corners.
function roundedOutline(ctx, hull) {
  ctx.beginPath();
  hull.forEach(([x, y], k) => {
    const [px, py] = hull[(k + hull.length - 1) % hull.length];
    const [nx, ny] = hull[(k + 1) % hull.length];
    if (hull.length === 1) {
      ctx.arc(x, y, MARGIN, 0, 2 * Math.PI);
      return;
    }
    const from = Math.atan2(y - py, x - px) - Math.PI / 2;
    const to = Math.atan2(ny - y, nx - x) - Math.PI / 2;
    ctx.arc(x, y, MARGIN, from, to);
  });
  ctx.closePath();
}
