// One canvas for everything: basemap, branches, units or clusters, names, what is chosen.

import { ROW_OF_CELLS, clusterise, radiusOf } from './clusters.js';
import { Room, drawLabels } from './labels.js';
import { drawDashes, drawDonut, drawFlag, drawRing } from './marks.js';
import { drawFindings, drawMatters, labelsOfUnits } from './notices.js';

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
    if (zoom >= NEVER_CLUSTERED) return { clusters: null };
    const { units, filter } = this.page;
    const scale = 256 * 2 ** zoom;
    const cells = new Set();
    const { drawn, stackEnd, x, y } = units;
    const { mask } = filter;
    const across = scale / CELL;
    let points = 0;
    let last = -1;
    for (let i = 0; i < drawn; i += 1) {
      if (!stackEnd[i] || !mask[i]) continue;
      points += 1;
      const cell = Math.floor(y[i] * across) * ROW_OF_CELLS + Math.floor(x[i] * across);
      if (cell !== last) cells.add(cell); // neighbours follow one another
      last = cell;
    }
    const crowded = points > CROWDED * cells.size;
    return { clusters: crowded ? clusterise(units, filter.mask, scale) : null };
  }

  draw(ctx, view) {
    const { page } = this;
    const { ink } = page.theme;
    this.ink = ink;
    ctx.clearRect(0, 0, view.width, view.height);
    page.basemap.draw(ctx, view, ink, page.filter.townshipId);
    page.overlays.drawAreas(ctx, view, page);
    this.discs = [];
    const room = new Room();
    const { clusters } = this.stage(view.zoom);
    if (page.shows('branches')) this.drawBranches(ctx, view);
    if (clusters) this.drawClusters(ctx, view, clusters);
    else this.drawChosenBranch(ctx, view);
    if (!clusters) this.drawUnits(ctx, view);
    if (view.zoom >= BRANCHES_FROM) this.drawSeats(ctx, view);
    if (clusters) this.drawChosenBranch(ctx, view, true);
    this.drawChosenUnit(ctx, view);
    if (page.shows('findings') && !clusters) drawFindings(ctx, view, page, ink);
    if (page.shows('matters')) drawMatters(ctx, view, page, this.discs, !clusters);
    page.overlays.drawPoints(ctx, view, page, this.discs, ink);
    for (const { x, y, r, cluster, pile } of this.discs) {
      const reach = cluster || pile ? r : unitRadius(view.zoom);
      room.take({ x0: x - reach, y0: y - reach, x1: x + reach, y1: y + reach });
    }
    if (!page.shows('names')) return;
    drawLabels(ctx, page.overlays.labels(view, page, ink), room, ink.halo);
    drawLabels(ctx, page.basemap.wantedLabels(view, ink), room, ink.halo);
    drawLabels(ctx, labelsOfUnits(this.discs, page, view, ink), room, ink.halo);
  }

  drawBranches(ctx, view) {
    const { branches, filter } = this.page;
    if (view.zoom < (this.stage(view.zoom).clusters ? OVER_CLUSTERS_FROM : BRANCHES_FROM)) return;
    for (let b = 0; b < branches.count; b += 1) {
      if (!this.stands(b) || !branches.units[b].some((i) => filter.mask[i])) continue;
      branches.draw(ctx, view, b, this.ink, false);
    }
  }

  // Whether a branch is there at all in what is shown: proposals are not, as things stand.
  stands(b) {
    return this.page.when === 'after' || this.page.branches.status[b] === 'existing';
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
        drawDonut(ctx, x, y, r, cluster, colors, this.ink);
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
    drawDonut(ctx, x, y, r, { total: shown, counts }, this.colors(), this.ink);
    if (rough) drawDashes(ctx, x, y, r + 4.5, this.ink);
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
      ctx.fillStyle = hollow ? this.ink.hollow : looks.color(outcome);
      ctx.fill();
      ctx.lineWidth = hollow && host ? 3 : hollow || host ? 1.8 : 0.9;
      ctx.strokeStyle = hollow ? looks.line(outcome) : host ? this.ink.host : looks.edge(outcome);
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
      drawFlag(ctx, x, y, this.ink);
      this.discs.push({ x, y: y - 5, r: HIT, branch: b });
    }
  }

  // Over clusters the chosen branch shows its units too: they are hidden in the circles.
  drawChosenBranch(ctx, view, withUnits = false) {
    const { branches, chosen } = this.page;
    if (!chosen || chosen.branch < 0 || !this.stands(chosen.branch)) return;
    branches.draw(ctx, view, chosen.branch, this.ink, true);
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
    const r = pile ? pile.r + 4 : unitRadius(view.zoom) + 7;
    drawRing(ctx, x, y, r, this.ink.chosen, this.ink);
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
  'unknown_members', 'attached', 'joint', 'left_out', 'unbuilt',
];

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
    return this.viewOf(this._bounds.min, this._bounds.getSize());
  },

  // The same for any sheet, by its upper left corner in Leaflet's layer points and its size.
  viewOf(corner, size) {
    const zoom = this._map.getZoom();
    const scale = 256 * 2 ** zoom;
    const at = this._map.getPixelOrigin().add(corner);
    const [left, top] = [at.x, at.y];
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
