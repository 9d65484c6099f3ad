// Zoom, whole district, print, and the scale bar.

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
  );
}

export function scaleBar(page) {
  const { map, voice } = page;
  const bar = el('div', { class: 'bar' });
  const text = el('span');
  const element = el('div', { class: 'scale' }, text, bar);

  function refresh() {
    const middle = map.getSize().y / 2;
    const metres = map.distance(
      map.containerPointToLatLng([0, middle]),
      map.containerPointToLatLng([WIDEST, middle]),
    );
    const power = 10 ** Math.floor(Math.log10(metres));
    const round = [5, 2, 1].find((step) => step * power <= metres) * power;
    bar.style.width = `${(WIDEST * round) / metres}px`;
    text.textContent =
      round < 1000
        ? voice.say('page.metres', { n: round })
        : voice.say('page.kilometres', { n: round / 1000 });
  }

  map.on('moveend zoomend resize', refresh);
  refresh();
  return element;
}

// On paper the map is drawn anew in the sheet's shape, then put back.
export function printing(page) {
  const { map } = page;
  let before = null;
  window.addEventListener('beforeprint', () => {
    before = { center: map.getCenter(), zoom: map.getZoom(), bounds: map.getBounds() };
    document.body.classList.add('on-paper');
    map.invalidateSize({ animate: false });
    map.fitBounds(before.bounds, { animate: false });
  });
  window.addEventListener('afterprint', () => {
    document.body.classList.remove('on-paper');
    map.invalidateSize({ animate: false });
    if (before) map.setView(before.center, before.zoom, { animate: false });
  });
}
