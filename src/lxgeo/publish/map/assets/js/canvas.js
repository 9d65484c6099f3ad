// One canvas for everything: basemap, branches, units or clusters, names, what is chosen.

import { clusterise, radiusOf } from './clusters.js';
import { FONT, Room, drawLabels } from './labels.js';

const CROWDED = 2.2; // units to a screen cell above which they are drawn as clusters
const CELL = 56; // px, that cell
const NEVER_CLUSTERED = 16; // from this zoom every point stands for itself
const BRANCHES_FROM = 13; // zoom
const OVER_CLUSTERS_FROM = 14; // zoom, where units are still clustered
const HIT = 11; // px
const PADDING = 0.12; // drawn beyond the window, so that a small pan shows no edge

export function unitRadius(zoom) {
  return zoom >= 16 ? 6.5 : zoom >= 14 ? 5.6 : zoom >= 12 ? 4.8 : 4.2;
}

// Everything that is drawn, and what lies under the pointer.
export class Scene {
  constructor(page) {
    this.page = page;
    this.stages = new Map();
    this.discs = []; // what can be hit: {x, y, r} in canvas px, with a cluster or a stack
  }

  forget() {
    this.stages.clear();
  }

  // How units are shown at a zoom: once a filter has settled, the same wherever the map is moved.
  stage(zoom) {
    if (!this.stages.has(zoom)) this.stages.set(zoom, this.newStage(zoom));
    return this.stages.get(zoom);
  }

  newStage(zoom) {
    const { units, filter } = this.page;
    const scale = 256 * 2 ** zoom;
    if (zoom >= NEVER_CLUSTERED) return { clusters: null };
    const cells = new Set();
    let points = 0;
    for (let i = 0; i < units.drawn; i += 1) {
      if (!units.stackEnd[i] || !filter.mask[i]) continue;
      points += 1;
      const [gx, gy] = [(units.x[i] * scale) / CELL, (units.y[i] * scale) / CELL];
      cells.add(Math.floor(gy) * 67108864 + Math.floor(gx));
    }
    const crowded = points > CROWDED * cells.size;
    return { clusters: crowded ? clusterise(units, filter.mask, scale) : null };
  }

  draw(ctx, view) {
    const { page } = this;
    ctx.clearRect(0, 0, view.width, view.height);
    page.basemap.draw(ctx, view, page.filter.townshipId);
    this.discs = [];
    const room = new Room();
    const { clusters } = this.stage(view.zoom);
    this.drawBranches(ctx, view);
    if (clusters) this.drawClusters(ctx, view, clusters);
    else this.drawChosenBranch(ctx, view);
    if (!clusters) this.drawUnits(ctx, view);
    if (view.zoom >= BRANCHES_FROM) this.drawSeats(ctx, view);
    if (clusters) this.drawChosenBranch(ctx, view, true);
    this.drawChosenUnit(ctx, view);
    for (const { x, y, r, cluster, pile } of this.discs) {
      const reach = cluster || pile ? r : unitRadius(view.zoom);
      room.take({ x0: x - reach, y0: y - reach, x1: x + reach, y1: y + reach });
    }
    drawLabels(ctx, page.basemap.wantedLabels(view), room);
  }

  drawBranches(ctx, view) {
    const { branches, units, filter } = this.page;
    if (view.zoom < (this.stage(view.zoom).clusters ? OVER_CLUSTERS_FROM : BRANCHES_FROM)) return;
    for (let b = 0; b < branches.count; b += 1) {
      if (branches.units[b].some((i) => filter.mask[i])) branches.draw(ctx, view, b, units, false);
    }
  }

  colors() {
    const { units, looks } = this.page;
    return units.outcomes.map((outcome) => looks.color(outcome));
  }

  drawClusters(ctx, view, clusters) {
    const { units } = this.page;
    const colors = this.colors();
    const margin = 30 / view.scale;
    for (const cluster of clusters) {
      const { box } = view;
      if (cluster.x < box.x0 - margin || cluster.x > box.x1 + margin) continue;
      if (cluster.y < box.y0 - margin || cluster.y > box.y1 + margin) continue;
      const [x, y] = [view.px(cluster.x), view.py(cluster.y)];
      if (cluster.total === 1) {
        this.drawGlyphs(ctx, view, units.outcome[cluster.first], [[x, y, cluster.first]]);
        this.discs.push({ x, y, r: HIT, from: cluster.first, to: cluster.first + 1 });
      } else {
        const r = radiusOf(cluster.total);
        drawDonut(ctx, x, y, r, cluster, colors);
        this.discs.push({ x, y, r, cluster });
      }
    }
  }

  // Units one by one; several at the very same point become a small donut.
  drawUnits(ctx, view) {
    const { units, filter } = this.page;
    const byOutcome = units.outcomes.map(() => []);
    const piles = [];
    units.eachStackIn(view.box, (from, to) => {
      let shown = 0;
      let rough = 0;
      let first = -1;
      for (let i = from; i < to; i += 1) {
        if (!filter.mask[i]) continue;
        if (first < 0) first = i;
        shown += 1;
        rough += units.rough[i];
      }
      if (!shown) return;
      const [x, y] = [view.px(units.x[from]), view.py(units.y[from])];
      if (shown === 1) {
        byOutcome[units.outcome[first]].push([x, y, first]);
        this.discs.push({ x, y, r: HIT, from: first, to: first + 1 });
      } else {
        piles.push({ x, y, from, to, shown, rough: rough === shown });
      }
    });
    DRAWING_ORDER.forEach((outcome) => {
      const code = units.outcomes.indexOf(outcome);
      if (byOutcome[code].length) this.drawGlyphs(ctx, view, code, byOutcome[code]);
    });
    for (const pile of piles) this.drawPile(ctx, pile);
  }

  drawPile(ctx, { x, y, from, to, shown, rough }) {
    const { units, filter } = this.page;
    const counts = new Uint32Array(units.outcomes.length);
    for (let i = from; i < to; i += 1) if (filter.mask[i]) counts[units.outcome[i]] += 1;
    const r = Math.min(20, 8.5 + 2.2 * Math.log(shown));
    drawDonut(ctx, x, y, r, { total: shown, counts }, this.colors());
    if (rough) drawDashes(ctx, x, y, r + 4.5);
    this.discs.push({ x, y, r, from, to, pile: true });
  }

  drawGlyphs(ctx, view, code, places) {
    const { branches, units, looks } = this.page;
    const outcome = units.outcomes[code];
    const radius = unitRadius(view.zoom);
    const groups = [
      { hollow: false, host: false }, { hollow: true, host: false },
      { hollow: false, host: true }, { hollow: true, host: true },
    ];
    for (const { hollow, host } of groups) {
      const chosen = places.filter(
        ([, , i]) => Boolean(units.rough[i]) === hollow && branches.leads(i) === host,
      );
      if (!chosen.length) continue;
      ctx.beginPath();
      for (const [x, y] of chosen) looks.trace(ctx, outcome, x, y, host ? radius * 1.35 : radius);
      ctx.fillStyle = hollow ? '#ffffff' : looks.color(outcome);
      ctx.fill();
      ctx.lineWidth = hollow && host ? 3 : hollow || host ? 1.8 : 0.9;
      ctx.strokeStyle = hollow ? looks.line(outcome) : host ? '#1f2933' : looks.edge(outcome);
      ctx.stroke();
    }
  }

  drawSeats(ctx, view) {
    const { branches } = this.page;
    for (let b = 0; b < branches.count; b += 1) {
      if (!branches.isSeat(b)) continue;
      const [x, y] = [view.px(branches.x[b]), view.py(branches.y[b])];
      if (x < -9 || y < -9 || x > view.width + 9 || y > view.height + 9) continue;
      if (this.discs.some((disc) => disc.cluster && within(disc, x, y))) continue;
      drawFlag(ctx, x, y);
      this.discs.push({ x, y: y - 5, r: HIT, branch: b });
    }
  }

  // Over clusters the chosen branch shows its units too: they are hidden in the circles.
  drawChosenBranch(ctx, view, withUnits = false) {
    const { branches, units, chosen } = this.page;
    if (!chosen || chosen.branch < 0) return;
    branches.draw(ctx, view, chosen.branch, units, true);
    for (const i of withUnits ? branches.units[chosen.branch] : []) this.drawUnit(ctx, view, i);
  }

  drawUnit(ctx, view, i) {
    const { units } = this.page;
    if (i >= units.drawn) return;
    const [x, y] = [view.px(units.x[i]), view.py(units.y[i])];
    this.drawGlyphs(ctx, view, units.outcome[i], [[x, y, i]]);
  }

  drawChosenUnit(ctx, view) {
    const { units, chosen } = this.page;
    const i = chosen ? chosen.unit : -1;
    if (!(i >= 0 && i < units.drawn)) return;
    const pile = this.discs.find((disc) => disc.pile && disc.from <= i && i < disc.to);
    if (!pile) this.drawUnit(ctx, view, i);
    const [x, y] = [view.px(units.x[i]), view.py(units.y[i])];
    ctx.beginPath();
    ctx.arc(x, y, pile ? pile.r + 4 : unitRadius(view.zoom) + 7, 0, 2 * Math.PI);
    ctx.strokeStyle = '#ffffff';
    ctx.lineWidth = 5;
    ctx.stroke();
    ctx.strokeStyle = '#a4262c';
    ctx.lineWidth = 2.4;
    ctx.stroke();
  }

  // The disc nearest to a point of the canvas, among those that reach it.
  hit(x, y) {
    let best = null;
    let least = Infinity;
    for (const disc of this.discs) {
      const away = Math.hypot(disc.x - x, disc.y - y);
      if (away <= disc.r && away < least) [best, least] = [disc, away];
    }
    return best;
  }
}

function within(disc, x, y) {
  return Math.hypot(disc.x - x, disc.y - y) <= disc.r;
}

// What matters most is drawn last.
const DRAWING_ORDER = [
  'excluded', 'not_located', 'no_members', 'existing', 'standalone', 'temporary', 'transfer',
  'unknown_members', 'attached', 'joint', 'left_out',
];

function drawDonut(ctx, x, y, r, { total, counts }, colors) {
  ctx.beginPath();
  ctx.arc(x, y, r + 1.5, 0, 2 * Math.PI);
  ctx.fillStyle = 'rgba(255, 255, 255, 0.95)';
  ctx.fill();
  let angle = -Math.PI / 2;
  counts.forEach((count, code) => {
    if (!count) return;
    const end = angle + (2 * Math.PI * count) / total;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.arc(x, y, r, angle, end);
    ctx.closePath();
    ctx.fillStyle = colors[code];
    ctx.fill();
    angle = end;
  });
  ctx.beginPath();
  ctx.arc(x, y, r * 0.66, 0, 2 * Math.PI);
  ctx.fillStyle = '#ffffff';
  ctx.fill();
  ctx.fillStyle = '#28323c';
  ctx.font = `600 ${r > 15 ? 12 : 11}px ${FONT}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText(total > 9999 ? `${Math.round(total / 1000)}k` : String(total), x, y + 0.5);
}

// Around a pile that stands at the middle of something: nobody is really there.
function drawDashes(ctx, x, y, r) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.setLineDash([4, 3]);
  ctx.strokeStyle = '#81460f';
  ctx.lineWidth = 1.4;
  ctx.stroke();
  ctx.setLineDash([]);
}

function drawFlag(ctx, x, y) {
  ctx.beginPath();
  ctx.moveTo(x, y + 4);
  ctx.lineTo(x, y - 10);
  ctx.lineTo(x + 9, y - 7);
  ctx.lineTo(x, y - 3.5);
  ctx.strokeStyle = '#ffffff';
  ctx.lineWidth = 4;
  ctx.lineJoin = 'round';
  ctx.stroke();
  ctx.fillStyle = '#a4262c';
  ctx.fill();
  ctx.strokeStyle = '#a4262c';
  ctx.lineWidth = 1.6;
  ctx.stroke();
}

// Leaflet moves and scales the canvas with the map; the scene is drawn anew when it rests.
export const SceneLayer = L.Renderer.extend({
  initialize(scene) {
    this.scene = scene;
    L.Renderer.prototype.initialize.call(this, { padding: PADDING });
  },

  _initContainer() {
    this._container = document.createElement('canvas');
    this._container.className = 'scene';
  },

  _destroyContainer() {
    this._container.remove();
  },

  _updatePaths() {},

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const { min } = this._bounds;
    const size = this._bounds.getSize();
    const ratio = window.devicePixelRatio || 1;
    L.DomUtil.setPosition(this._container, min);
    this._container.width = Math.round(size.x * ratio);
    this._container.height = Math.round(size.y * ratio);
    this._container.style.width = `${size.x}px`;
    this._container.style.height = `${size.y}px`;
    this.ctx = this._container.getContext('2d');
    this.ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.redraw();
  },

  // Where the canvas lies in the world: px = world · scale − left.
  view() {
    const zoom = this._map.getZoom();
    const scale = 256 * 2 ** zoom;
    const corner = this._map.getPixelOrigin().add(this._bounds.min);
    const size = this._bounds.getSize();
    const [left, top] = [corner.x, corner.y];
    const box = {
      x0: left / scale,
      y0: top / scale,
      x1: (left + size.x) / scale,
      y1: (top + size.y) / scale,
    };
    const px = (x) => x * scale - left;
    const py = (y) => y * scale - top;
    return { zoom, scale, left, top, px, py, width: size.x, height: size.y, box };
  },

  redraw() {
    if (this.ctx) this.scene.draw(this.ctx, this.view());
  },

  // What lies under a point of the map's window.
  hit(containerPoint) {
    const at = this._map.containerPointToLayerPoint(containerPoint).subtract(this._bounds.min);
    return this.scene.hit(at.x, at.y);
  },
});
