// Branches: which units belong to each, and their drawing as a soft outline and spokes.

import { emptyBox, grow, meet, worldArrays } from './units.js';

const MARGIN = 11; // px kept around the outermost units

export class Branches {
  constructor(core, units) {
    const { perDegree, statuses, outcomes } = core.notes;
    Object.assign(this, worldArrays(core.get('branch.x'), core.get('branch.y'), perDegree));
    this.placed = core.get('branch.placed');
    this.count = this.placed.length;
    this.outcome = Array.from(core.get('branch.outcome'), (code) => outcomes[code]);
    this.status = Array.from(core.get('branch.status'), (code) => statuses[code]);
    this.host = units.host;
    this.branchOf = units.branch;
    this.units = Array.from({ length: this.count }, () => []);
    for (let i = 0; i < units.count; i += 1) {
      if (units.branch[i]) this.units[units.branch[i] - 1].push(i);
    }
    this.outlines = this.units.map((members, b) => this.outline(members, b, units));
  }

  // Convex outline of the branch's drawn units and its host, in world coordinates.
  outline(members, b, units) {
    const points = members.filter((i) => i < units.drawn).map((i) => [units.x[i], units.y[i]]);
    if (this.placed[b]) points.push([this.x[b], this.y[b]]);
    const box = emptyBox();
    for (const [x, y] of points) grow(box, x, y);
    return { hull: convexHull(points), box };
  }

  // Whether a unit leads others: hosts of their own branch alone need no mark.
  leads(i) {
    const b = this.branchOf[i] - 1;
    return this.host[i] === 1 && b >= 0 && this.units[b].length > 1;
  }

  // A branch that has no unit in the ledger is shown at its own place.
  isSeat(b) {
    return Boolean(this.placed[b]) && !this.units[b].length;
  }

  draw(ctx, view, b, units, chosen) {
    const { hull, box } = this.outlines[b];
    if (hull.length === 0 || this.units[b].length < 2 || !meet(box, view.box)) return;
    const approved = this.status[b] === 'existing';
    const ink = approved ? '0, 98, 160' : '0, 122, 88';
    roundedOutline(ctx, hull.map(([x, y]) => [view.px(x), view.py(y)]));
    ctx.fillStyle = `rgba(${ink}, ${chosen ? 0.2 : 0.1})`;
    ctx.fill();
    ctx.strokeStyle = `rgba(${ink}, ${chosen ? 0.95 : 0.45})`;
    ctx.lineWidth = chosen ? 2 : 1;
    ctx.stroke();
    if (!this.placed[b]) return;
    const [hx, hy] = [view.px(this.x[b]), view.py(this.y[b])];
    ctx.beginPath();
    for (const i of this.units[b]) {
      if (i >= units.drawn) continue;
      ctx.moveTo(hx, hy);
      ctx.lineTo(view.px(units.x[i]), view.py(units.y[i]));
    }
    ctx.strokeStyle = `rgba(${ink}, ${chosen ? 1 : 0.75})`;
    ctx.lineWidth = chosen ? 2 : 1.3;
    ctx.stroke();
  }
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
