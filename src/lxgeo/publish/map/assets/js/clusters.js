// Units that lie close together on the screen, as circles that never overlap.

import { emptyBox, grow } from './units.js';

export const ROW_OF_CELLS = 2 ** 26; // more than the world has in a row, however near it is seen

const CELL = 60; // px
const GAP = 3; // px between two circles
const SINGLE = 7; // px, radius kept free around a lone unit

export function radiusOf(total) {
  return total === 1 ? SINGLE : Math.min(28, 10 + 3.1 * Math.log(total));
}

function newCluster(kinds) {
  return { x: 0, y: 0, total: 0, counts: new Uint32Array(kinds), first: -1, box: emptyBox() };
}

// One circle a grid cell, at the middle of its units; x and y hold sums until `settle`.
function byCell(units, mask, scale) {
  const cells = new Map();
  const { drawn, x, y, outcome } = units;
  const kinds = units.outcomes.length;
  const across = scale / CELL;
  let key = -1;
  let cell = null;
  for (let i = 0; i < drawn; i += 1) {
    if (!mask[i]) continue;
    const next = Math.floor(y[i] * across) * ROW_OF_CELLS + Math.floor(x[i] * across);
    if (next !== key) {
      key = next;
      cell = cells.get(key);
      if (!cell) cells.set(key, (cell = newCluster(kinds)));
    }
    if (cell.first < 0) cell.first = i;
    cell.total += 1;
    cell.counts[outcome[i]] += 1;
    cell.x += x[i];
    cell.y += y[i];
    grow(cell.box, x[i], y[i]);
  }
  return [...cells.values()];
}

function settle(cluster) {
  cluster.x /= cluster.total;
  cluster.y /= cluster.total;
}

function absorb(into, other) {
  const total = into.total + other.total;
  into.x = (into.x * into.total + other.x * other.total) / total;
  into.y = (into.y * into.total + other.y * other.total) / total;
  into.total = total;
  for (let k = 0; k < into.counts.length; k += 1) into.counts[k] += other.counts[k];
  into.first = Math.min(into.first, other.first);
  grow(into.box, other.box.x0, other.box.y0);
  grow(into.box, other.box.x1, other.box.y1);
}

// Merges into the first circle that a circle would overlap; true if any was merged.
function mergeOnce(clusters, scale) {
  const reach = 2 * radiusOf(Infinity) + GAP;
  const kept = new Map();
  const keyOf = (gx, gy) => gy * ROW_OF_CELLS + gx;
  const placed = [];
  for (const cluster of clusters) {
    const [px, py] = [cluster.x * scale, cluster.y * scale];
    const [gx, gy] = [Math.floor(px / reach), Math.floor(py / reach)];
    let hit = null;
    for (let dy = -1; dy <= 1 && !hit; dy += 1) {
      for (let dx = -1; dx <= 1 && !hit; dx += 1) {
        const near = kept.get(keyOf(gx + dx, gy + dy)) || [];
        hit = near.find((other) => {
          const free = radiusOf(other.total) + radiusOf(cluster.total) + GAP;
          return Math.hypot(other.x * scale - px, other.y * scale - py) < free;
        });
      }
    }
    if (hit) {
      absorb(hit, cluster);
    } else {
      placed.push(cluster);
      const key = keyOf(gx, gy);
      if (!kept.has(key)) kept.set(key, []);
      kept.get(key).push(cluster);
    }
  }
  return placed;
}

export function clusterise(units, mask, scale) {
  let clusters = byCell(units, mask, scale);
  clusters.forEach(settle);
  let before = Infinity;
  while (clusters.length < before) {
    before = clusters.length;
    clusters.sort((a, b) => b.total - a.total || a.first - b.first);
    clusters = mergeOnce(clusters, scale);
  }
  return clusters;
}
