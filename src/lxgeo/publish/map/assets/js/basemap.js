// Townships, parks, buildings and roads as vector shapes: the map needs no tiles.

import { emptyBox, grow, meet, worldArrays } from './units.js';

const BASE_ZOOM = 14; // paths are built once, in pixels of this zoom
const BASE = 256 * 2 ** BASE_ZOOM;

const TINTS = ['#fbf8f1', '#f3f6f1', '#f6f3f7', '#f0f4f8'];

// From which zoom a layer is drawn, and how; lowest first.
const STYLES = {
  townships: {
    from: 0, line: '#a9b3bd', width: 1.3,
    label: '#46525e', labelFrom: 0,
  },
  villages: {
    from: 13, line: '#d3d8dd', width: 0.8,
    dash: [4, 3], label: '#8a939c', labelFrom: 14.5,
  },
  parks: {
    from: 10, fill: '#dfead8', line: '#a7bf9b', width: 1,
    label: '#55794a', labelFrom: 12.5,
  },
  corridors: {
    from: 11, fill: '#f3ead9', line: '#d9c7a3', width: 1,
    label: '#8d7440', labelFrom: 13,
  },
  markets: {
    from: 12, fill: '#f5e6e0', line: '#d9b5a6', width: 1,
    label: '#96604a', labelFrom: 14,
  },
  blocks: {
    from: 12, fill: '#f5e6e0', line: '#d9b5a6', width: 1,
    label: '#96604a', labelFrom: 14,
  },
  roads: {
    from: 9, line: '#ffffff', width: 1.6,
    casing: '#d5d8db', open: true, label: '#8b8f94', labelFrom: 16,
  },
  buildings: {
    from: 12.5, fill: '#d9d2c9', line: '#b4aa9e', width: 0.9,
    label: '#6d6459', labelFrom: 15.5,
  },
};

export const LAYERS = Object.keys(STYLES);

class Layer {
  constructor(name, core, origin) {
    this.name = name;
    this.style = STYLES[name];
    this.names = core.get(`${name}.name`);
    const { perDegree } = core.notes;
    const points = worldArrays(core.get(`${name}.x`), core.get(`${name}.y`), perDegree);
    this.labels = worldArrays(core.get(`${name}.label_x`), core.get(`${name}.label_y`), perDegree);
    this.ids = core.has(`${name}.id`) ? core.get(`${name}.id`) : null;
    this.tints = core.has(`${name}.tint`) ? core.get(`${name}.tint`) : null;
    this.features = this.trace(core, points, origin);
  }

  trace(core, points, origin) {
    const rings = core.get(`${this.name}.rings`);
    const ends = core.get(`${this.name}.ends`);
    let ring = 0;
    let at = 0;
    return this.names.map((name, f) => {
      const feature = { f, name, path: new Path2D(), box: emptyBox(), point: false };
      for (const last = ring + rings[f]; ring < last; ring += 1) {
        feature.point = ends[ring] === 1;
        for (let k = 0; k < ends[ring]; k += 1, at += 1) {
          const [x, y] = [points.x[at], points.y[at]];
          grow(feature.box, x, y);
          feature.path[k ? 'lineTo' : 'moveTo']((x - origin.x) * BASE, (y - origin.y) * BASE);
        }
        if (!this.style.open) feature.path.closePath();
      }
      return feature;
    });
  }
}

export class Basemap {
  constructor(core, units) {
    this.box = emptyBox();
    this.origin = this.findOrigin(core, units);
    this.layers = LAYERS.filter((name) => core.has(`${name}.name`)).map(
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

  draw(ctx, view, chosenTownship) {
    const k = view.scale / BASE;
    ctx.save();
    ctx.transform(k, 0, 0, k, view.px(this.origin.x), view.py(this.origin.y));
    ctx.lineJoin = 'round';
    ctx.lineCap = 'round';
    for (const layer of this.layers) {
      if (view.zoom >= layer.style.from) this.drawLayer(ctx, layer, view, k, chosenTownship);
    }
    ctx.restore();
  }

  drawLayer(ctx, layer, view, k, chosenTownship) {
    const { style } = layer;
    const seen = layer.features.filter((feature) => meet(feature.box, view.box));
    if (style.casing) {
      this.stroke(ctx, seen, style.casing, (roadWidth(view.zoom, style.width) + 1.4) / k);
      this.stroke(ctx, seen, style.line, roadWidth(view.zoom, style.width) / k);
      return;
    }
    for (const feature of seen) {
      const fill = layer.tints ? TINTS[layer.tints[feature.f]] : style.fill;
      if (fill && !feature.point) {
        ctx.fillStyle = fill;
        const aside = chosenTownship && layer.ids && layer.ids[feature.f] !== chosenTownship;
        ctx.globalAlpha = aside ? 0.35 : 1;
        ctx.fill(feature.path, 'evenodd');
        ctx.globalAlpha = 1;
      }
    }
    if (style.dash) ctx.setLineDash(style.dash.map((length) => length / k));
    this.stroke(ctx, seen, style.line, style.width / k);
    ctx.setLineDash([]);
    if (chosenTownship && layer.ids) {
      const chosen = layer.features.filter((_, f) => layer.ids[f] === chosenTownship);
      this.stroke(ctx, chosen, '#a4262c', 2.2 / k);
    }
  }

  stroke(ctx, features, color, width) {
    ctx.strokeStyle = color;
    ctx.lineWidth = width;
    for (const { path } of features) ctx.stroke(path);
  }

  // The smallest named areas at a point of the world, uppermost layer first.
  namesAt(x, y, zoom) {
    const [px, py] = [(x - this.origin.x) * BASE, (y - this.origin.y) * BASE];
    const found = [];
    for (const layer of this.layers) {
      if (layer.style.open || zoom < layer.style.from) continue;
      layer.features.forEach((feature, f) => {
        if (!meet(feature.box, { x0: x, y0: y, x1: x, y1: y })) return;
        if (!this.probe.isPointInPath(feature.path, px, py, 'evenodd')) return;
        found.unshift({ layer: layer.name, name: layer.names[f] });
      });
    }
    return found;
  }

  // Names that want to be written at this zoom, most important first.
  wantedLabels(view) {
    const wanted = [];
    for (const layer of this.layers) {
      const { label, labelFrom } = layer.style;
      if (!label || view.zoom < labelFrom) continue;
      layer.features.forEach((feature, f) => {
        if (!meet(feature.box, view.box)) return;
        wanted.push({
          text: layer.names[f],
          x: view.px(layer.labels.x[f]),
          y: view.py(layer.labels.y[f]),
          color: label,
          major: layer.name === 'townships',
        });
      });
    }
    return wanted;
  }
}

function roadWidth(zoom, width) {
  return width * Math.max(0.5, Math.min(4, 2 ** ((zoom - 13) / 2)));
}
