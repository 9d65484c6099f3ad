// What the caller laid over the map (`lxgeo.publish.map.overlay`): areas and points with labels,
// each overlay a layer with a switch of its own.

import { Layer } from './basemap.js';
import { el } from './dom.js';
import { drawPin } from './marks.js';
import { meet } from './units.js';

const STEPS = 200; // shades come in these
const AREA = 0.42; // how much an area covers what is below
const REACH = 11; // px
const NAMED_FROM = 12; // zoom
const MOST_KEYS = 5; // colours in a swatch

// Light to deep, a ramp an overlay; no outcome has these hues.
const RAMPS = [
  ['#ffe9a8', '#e8743b', '#7f1d4f'],
  ['#d9f0f7', '#3f8fc4', '#123a6b'],
  ['#eee0f7', '#9a63c4', '#431a6b'],
];

export class Overlays {
  constructor(core, origin) {
    this.all = (core.notes.overlays || []).map((said, k) => {
      const key = `overlay${k}`;
      const ramp = RAMPS[k % RAMPS.length];
      const shades = Array.from(core.get(`${key}.shade`), (code) => (code ? (code - 1) / STEPS : null));
      const layer = new Layer(key, core, origin, { width: 1.4 });
      const colors = shades.map((shade) => colorAt(ramp, shade));
      return { key, said, ramp, layer, colors, keys: said.ends ? ramp : keysOf(colors, ramp) };
    });
  }

  // Switches by name, and whether each is on at first.
  get switches() {
    return Object.fromEntries(this.all.map(({ key, said }) => [key, said.shown]));
  }

  shownIn(page) {
    return this.all.filter(({ key }) => page.shows(key));
  }

  drawAreas(ctx, view, page) {
    page.basemap.inPlace(ctx, view, (k) => {
      for (const { layer, colors } of this.shownIn(page)) {
        for (const feature of layer.features) {
          const { f, point, box } = feature;
          if (point || !meet(box, view.box)) continue;
          const path = feature.path(view.zoom);
          ctx.globalAlpha = AREA;
          ctx.fillStyle = colors[f];
          ctx.fill(path, 'evenodd');
          ctx.globalAlpha = 0.9;
          ctx.strokeStyle = colors[f];
          ctx.lineWidth = layer.style.width / k;
          ctx.stroke(path);
        }
      }
    });
    ctx.globalAlpha = 1;
  }

  drawPoints(ctx, view, page, discs, ink) {
    for (const { key, layer, colors } of this.shownIn(page)) {
      for (const { f, point, box } of layer.features) {
        if (!point || !meet(box, view.box)) continue;
        const [x, y] = [view.px(box.x0), view.py(box.y0)];
        drawPin(ctx, x, y, colors[f], ink);
        discs.push({ x, y: y - 14, r: REACH, overlay: key, feature: f });
      }
    }
  }

  // Names of points, below them.
  labels(view, page, ink) {
    if (view.zoom < NAMED_FROM) return [];
    return this.shownIn(page).flatMap(({ layer }) =>
      layer.features
        .filter(({ point, box }) => point && meet(box, view.box))
        .map(({ name, box }) => ({
          text: name.split('\n')[0],
          x: view.px(box.x0),
          y: view.py(box.y0),
          color: ink.names,
          major: false,
          shifts: [11, -33],
        })),
    );
  }

  // Labels of the areas at a point of the world, uppermost first: [label, overlay's name].
  saidAt(x, y, page) {
    const found = [];
    for (const { layer, said } of this.shownIn(page)) {
      for (const feature of layer.features) {
        if (feature.point || !page.basemap.holds(feature, x, y)) continue;
        found.unshift([feature.name, page.voice.either(said.name)]);
      }
    }
    return found;
  }

  // Label and overlay's name of a point that was hit.
  saidOf({ overlay, feature }, page) {
    const { layer, said } = this.all.find(({ key }) => key === overlay);
    return [layer.names[feature], page.voice.either(said.name)];
  }

  // What the legend shows of an overlay: its colours, and what their ends mean.
  key(overlay, page) {
    const { said, keys } = overlay;
    const swatch = el('span', { class: 'mark swatch', 'aria-hidden': 'true' });
    swatch.style.background = keys.length > 1 ? `linear-gradient(90deg, ${keys.join(', ')})` : keys[0];
    const ends = said.ends ? `（${said.ends.map((each) => page.voice.either(each)).join(' → ')}）` : '';
    return el('li', { 'data-overlay': overlay.key }, swatch, el('span', {}, `${page.voice.either(said.name)}${ends}`));
  }
}

// The colours that the legend shows of features without a scale: those that are drawn.
function keysOf(colors, ramp) {
  return colors.length ? [...new Set(colors)].slice(0, MOST_KEYS) : [ramp[1]];
}

// A colour of the ramp; its middle where the shade is unknown.
export function colorAt(ramp, shade) {
  if (shade === null) return ramp[1];
  const [from, to] = shade < 0.5 ? ramp : ramp.slice(1);
  const part = shade < 0.5 ? shade * 2 : shade * 2 - 1;
  const mixed = [1, 3, 5].map((at) => {
    const [a, b] = [from, to].map((color) => parseInt(color.slice(at, at + 2), 16));
    return Math.round(a + (b - a) * part);
  });
  return `rgb(${mixed.join(', ')})`;
}
