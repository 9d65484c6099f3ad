// Townships, parks, buildings and roads as vector shapes: the map needs no tiles.

import { BASE, shapesOf } from './shapes.js';
import { emptyBox, grow, meet, worldArrays } from './units.js';

const HAIRLINES_BELOW = 9; // zoom

// From which zoom a layer is drawn, and how; lowest first. Colours are the theme's.
const STYLES = {
  townships: { from: 0, width: 1.3, labelFrom: 0 },
  villages: { from: 13, width: 0.8, dash: [4, 3], labelFrom: 14.5 },
  parks: { from: 10, width: 1, labelFrom: 12.5 },
  corridors: { from: 11, width: 1, labelFrom: 13 },
  markets: { from: 12, width: 1, labelFrom: 14 },
  blocks: { from: 12, width: 1, labelFrom: 14 },
  roads: { from: 9, width: 1.6, open: true, labelFrom: 16 },
  buildings: { from: 12.5, width: 0.9, labelFrom: 15.5 },
  hotspots: { from: 0, width: 1.4, dash: [6, 3], labelFrom: 12 },
};

export class Layer {
  constructor(name, core, origin, style = STYLES[name]) {
    this.name = name;
    this.style = style;
    this.names = core.get(`${name}.name`);
    this.labels = worldArrays(
      core.get(`${name}.label_x`),
      core.get(`${name}.label_y`),
      core.notes.perDegree,
    );
    this.ids = core.has(`${name}.id`) ? core.get(`${name}.id`) : null;
    this.tints = core.has(`${name}.tint`) ? core.get(`${name}.tint`) : null;
    this.units = core.has(`${name}.units`) ? core.get(`${name}.units`) : null;
    this.traced = null;
    this.trace = () => shapesOf(core, name, this.names, origin, Boolean(style.open));
  }

  // Shapes, found when the layer is first drawn: most are only seen from near.
  get features() {
    if (!this.traced) this.traced = this.trace();
    return this.traced;
  }
}

export class Basemap {
  constructor(core, units) {
    this.box = emptyBox();
    this.origin = this.findOrigin(core, units);
    this.layers = Object.keys(STYLES).filter((name) => core.has(`${name}.name`)).map(
      (name) => new Layer(name, core, this.origin),
    );
    const bounding = this.layers.find((layer) => layer.name === 'townships');
    for (const { box } of bounding ? bounding.features : []) {
      grow(this.box, box.x0, box.y0);
      grow(this.box, box.x1, box.y1);
    }
    if (this.box.x0 > this.box.x1) {
      for (let i = 0; i < units.drawn; i += 1) grow(this.box, units.x[i], units.y[i]);
    }
    this.hidden = new Set(); // layers that are switched off
    this.bare = false; // over online tiles: lines alone, no fills, no roads
    this.probe = document.createElement('canvas').getContext('2d');
  }

  // A corner near all shapes, so that path coordinates stay small and exact.
  findOrigin(core, units) {
    if (!core.has('townships.x') || !core.get('townships.x').length) {
      return { x: units.x[0] || 0, y: units.y[0] || 0 };
    }
    const { perDegree } = core.notes;
    const first = (name) => core.get(`townships.${name}`).slice(0, 1);
    const { x, y } = worldArrays(first('x'), first('y'), perDegree);
    return { x: x[0], y: y[0] };
  }

  layer(name) {
    return this.layers.find((layer) => layer.name === name);
  }

  drawnAt(zoom) {
    return this.layers.filter(
      ({ name, style }) =>
        zoom >= style.from && !this.hidden.has(name) && !(this.bare && style.open),
    );
  }

  draw(ctx, view, ink, chosenTownship) {
    this.inPlace(ctx, view, (k) => {
      for (const layer of this.drawnAt(view.zoom)) {
        this.drawLayer(ctx, layer, view, k, ink, chosenTownship);
      }
    });
  }

  // Has the paths drawn where they lie in the view; `k` is how many px are one of theirs.
  inPlace(ctx, view, drawing) {
    const k = view.scale / BASE;
    ctx.save();
    ctx.transform(k, 0, 0, k, view.px(this.origin.x), view.py(this.origin.y));
    ctx.lineJoin = 'round';
    ctx.lineCap = 'round';
    drawing(k);
    ctx.restore();
  }

  // Whether a shape holds a point of the world.
  holds(feature, x, y) {
    if (!meet(feature.box, { x0: x, y0: y, x1: x, y1: y })) return false;
    const [px, py] = [(x - this.origin.x) * BASE, (y - this.origin.y) * BASE];
    return this.probe.isPointInPath(feature.path(), px, py, 'evenodd');
  }

  drawLayer(ctx, layer, view, k, ink, chosenTownship) {
    const { style } = layer;
    const colors = ink.layers[layer.name];
    const seen = layer.features.filter((feature) => meet(feature.box, view.box));
    if (colors.casing) {
      this.stroke(ctx, seen, view, colors.casing, (roadWidth(view.zoom, style.width) + 1.4) / k);
      this.stroke(ctx, seen, view, colors.line, roadWidth(view.zoom, style.width) / k);
      return;
    }
    for (const feature of seen) {
      const fill = layer.tints ? ink.tints[layer.tints[feature.f]] : colors.fill;
      if (fill && !feature.point && !(this.bare && layer.name !== 'hotspots')) {
        ctx.fillStyle = fill;
        const aside = chosenTownship && layer.ids && layer.ids[feature.f] !== chosenTownship;
        ctx.globalAlpha = aside ? 0.35 : 1;
        ctx.fill(feature.path(view.zoom), 'evenodd');
        ctx.globalAlpha = 1;
      }
    }
    if (style.dash) ctx.setLineDash(style.dash.map((length) => length / k));
    this.stroke(ctx, seen, view, colors.line, lineWidth(view.zoom, style.width) / k);
    ctx.setLineDash([]);
    if (chosenTownship && layer.ids) {
      const chosen = layer.features.filter((_, f) => layer.ids[f] === chosenTownship);
      this.stroke(ctx, chosen, view, ink.chosen, 2.2 / k);
    }
  }

  stroke(ctx, features, { zoom }, color, width) {
    ctx.strokeStyle = color;
    ctx.lineWidth = width;
    for (const feature of features) ctx.stroke(feature.path(zoom));
  }

  // The smallest named areas at a point of the world, uppermost layer first.
  namesAt(x, y, zoom) {
    const found = [];
    for (const layer of this.drawnAt(zoom)) {
      if (layer.style.open) continue;
      for (const feature of layer.features) {
        if (this.holds(feature, x, y)) found.unshift({ layer: layer.name, name: feature.name });
      }
    }
    return found;
  }

  // Names that want to be written at this zoom, most important first.
  wantedLabels(view, ink) {
    const wanted = [];
    for (const layer of this.drawnAt(view.zoom)) {
      if (view.zoom < layer.style.labelFrom) continue;
      layer.features.forEach((feature, f) => {
        if (!meet(feature.box, view.box)) return;
        wanted.push({
          text: layer.names[f],
          x: view.px(layer.labels.x[f]),
          y: view.py(layer.labels.y[f]),
          color: ink.layers[layer.name].label,
          major: layer.name === 'townships',
        });
      });
    }
    return wanted;
  }
}

// From afar, where areas are many and small, borders are hairlines: they are drawn ten times faster.
function lineWidth(zoom, width) {
  return zoom < HAIRLINES_BELOW ? Math.min(width, 0.98) : width;
}

function roadWidth(zoom, width) {
  return width * Math.max(0.5, Math.min(4, 2 ** ((zoom - 13) / 2)));
}
