// Zoom, whole district, measuring, and the scale bar.

import { button, el, icon } from './dom.js';

const WIDEST = 110; // px of scale bar

export function controls(page) {
  const { map, voice } = page;
  const named = (path, key, act) =>
    button(icon(path), act, { 'aria-label': voice.say(key), title: voice.say(key) });
  return el(
    'div',
    { class: 'zoom', role: 'group', 'aria-label': voice.say('page.map') },
    named('M8 3v10M3 8h10', 'page.zoom_in', () => map.zoomIn(1, { animate: false })),
    named('M3 8h10', 'page.zoom_out', () => map.zoomOut(1, { animate: false })),
    named('M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4', 'page.whole', () => page.showWhole()),
    named('M2 11L11 2l3 3-9 9zM5 8l1.5 1.5M7.5 5.5L9 7', 'page.measure', () => page.startMeasuring()),
  );
}

export function scaleBar(page) {
  const { map, voice } = page;
  const bar = el('div', { class: 'bar' });
  const text = el('span');
  const element = el('div', { class: 'scale' }, text, bar);

  function refresh() {
    const { width, metres } = niceScale(map, WIDEST);
    bar.style.width = `${width}px`;
    text.textContent = voice.distance(metres);
  }

  map.on('moveend zoomend resize', refresh);
  refresh();
  return element;
}

// How many metres so many px are, in the middle of the map.
export function metresAcross(map, px) {
  const middle = map.getSize().y / 2;
  const [from, to] = [0, px].map((x) => map.containerPointToLatLng([x, middle]));
  return map.distance(from, to);
}

// The longest round distance that fits into so many px in the middle of the map.
export function niceScale(map, widest) {
  const reach = metresAcross(map, widest);
  const power = 10 ** Math.floor(Math.log10(reach));
  const metres = [5, 2, 1].find((step) => step * power <= reach) * power;
  return { width: (widest * metres) / reach, metres };
}
