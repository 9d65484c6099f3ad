// Measuring on the map: each click, or Enter on the map's middle, sets a corner. Metres are those of
// the plan, so that a distance measured is the one that a card tells.

import { el, shutButton } from './dom.js';
import { metresBetween } from './metric.js';

export function measure(page) {
  const { map, store, voice } = page;
  const total = el('span', { role: 'status' });
  const shut = shutButton(voice, stop, 'shut');
  const told = el('div', { class: 'measure', hidden: true }, total, shut);
  const line = L.DomUtil.create('canvas', 'scene measuring');
  let corners = [];

  function start() {
    store.set({ tool: store.get('tool') === 'measure' ? null : 'measure' });
  }

  function stop() {
    store.set({ tool: null });
  }

  function length() {
    let metres = 0;
    const points = corners.map((corner) => page.worldOf(corner));
    for (let k = 1; k < points.length; k += 1) metres += metresBetween(points[k - 1], points[k]);
    return metres;
  }

  function refresh() {
    const on = store.get('tool') === 'measure';
    told.hidden = !on;
    map.getContainer().classList.toggle('aiming', on);
    const said = corners.length > 1 ? voice.length(Math.round(length())) : null;
    total.textContent = said
      ? voice.say('page.measured', { length: said })
      : voice.say('page.measure_how');
    draw();
  }

  function draw() {
    const size = map.getSize();
    line.width = size.x;
    line.height = size.y;
    L.DomUtil.setPosition(line, map.containerPointToLayerPoint([0, 0]));
    const ctx = line.getContext('2d');
    const points = corners.map((corner) => map.latLngToContainerPoint(corner));
    for (const [color, width] of [['#ffffff', 5], ['#a4262c', 2.4]]) {
      ctx.beginPath();
      points.forEach(({ x, y }, k) => (k ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
      ctx.strokeStyle = color;
      ctx.lineWidth = width;
      ctx.stroke();
    }
    for (const { x, y } of points) {
      ctx.beginPath();
      ctx.arc(x, y, 4, 0, 2 * Math.PI);
      ctx.fillStyle = '#ffffff';
      ctx.fill();
      ctx.stroke();
    }
  }

  store.on('tool', ({ tool }) => {
    corners = [];
    if (tool === 'measure') map.getPanes().overlayPane.append(line);
    else line.remove();
    refresh();
  });
  map.on('click', ({ latlng }) => {
    if (store.get('tool') !== 'measure') return;
    corners.push(latlng);
    refresh();
  });
  map.on('moveend zoomend resize', () => store.get('tool') === 'measure' && draw());
  page.startMeasuring = start;
  return told;
}
