// The map by keyboard: arrows and + − move it (Leaflet's), Enter takes what lies in the middle.

import { el } from './dom.js';

export function keys(page) {
  const { map, store } = page;
  const container = map.getContainer();
  const middle = el('div', { class: 'crosshair', hidden: true, 'aria-hidden': 'true' });

  container.addEventListener('focus', () => {
    middle.hidden = !container.matches(':focus-visible');
  });
  container.addEventListener('blur', () => (middle.hidden = true));
  container.addEventListener('mousedown', () => (middle.hidden = true));
  container.addEventListener('keydown', (event) => {
    if (event.target !== container || event.key !== 'Enter') return;
    const at = map.getSize().divideBy(2);
    map.fire('click', { containerPoint: at, latlng: map.containerPointToLatLng(at) });
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    if (store.get('tool')) store.set({ tool: null });
    else if (page.chosen) page.choose(null);
  });
  return middle;
}
