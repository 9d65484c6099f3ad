// The map as one picture to put into a report: title, marking, map, legend, scale, date, 审图号.

import { save } from './files.js';
import { FONT } from './labels.js';
import { niceScale } from './controls.js';

const MARGIN = 28;
const HEAD = 62;
const ROW = 24;
const RATIO = 2; // pixels to a drawn one, for print

export function savePicture(page) {
  picture(page).toBlob((blob) => save(`${page.title}.png`, blob), 'image/png');
}

// Draws on a canvas of its own, by day; what is on the screen stays as it is.
export function picture(page) {
  const { map, layer, scene, theme } = page;
  const size = map.getSize();
  const legend = legendRows(page);
  const wide = size.x + 2 * MARGIN;
  const columns = Math.max(1, Math.floor(size.x / 190));
  const rows = Math.ceil(legend.length / columns);
  const high = HEAD + size.y + rows * ROW + 92;
  const canvas = document.createElement('canvas');
  canvas.width = wide * RATIO;
  canvas.height = high * RATIO;
  const ctx = canvas.getContext('2d');
  ctx.scale(RATIO, RATIO);
  ctx.fillStyle = '#ffffff';
  ctx.fillRect(0, 0, wide, high);
  heading(ctx, page, wide);

  theme.onPaper = true;
  const sheet = document.createElement('canvas');
  sheet.width = size.x * RATIO;
  sheet.height = size.y * RATIO;
  const inner = sheet.getContext('2d');
  inner.scale(RATIO, RATIO);
  scene.draw(inner, layer.viewOf(map.containerPointToLayerPoint([0, 0]), size));
  theme.onPaper = false;
  layer.redraw();
  ctx.fillStyle = '#e9edf0';
  ctx.fillRect(MARGIN, HEAD, size.x, size.y);
  ctx.drawImage(sheet, MARGIN, HEAD, size.x, size.y);
  ctx.strokeStyle = '#8a939c';
  ctx.lineWidth = 1;
  ctx.strokeRect(MARGIN, HEAD, size.x, size.y);

  legend.forEach(({ outcome, color, text }, k) => {
    const x = MARGIN + (k % columns) * (size.x / columns) + 8;
    const y = HEAD + size.y + 26 + Math.floor(k / columns) * ROW;
    ctx.beginPath();
    if (outcome) page.looks.trace(ctx, outcome, x, y, 6);
    else ctx.rect(x - 7, y - 5, 14, 10);
    ctx.fillStyle = outcome ? page.looks.color(outcome) : color;
    ctx.fill();
    ctx.strokeStyle = outcome ? page.looks.edge(outcome) : '#ffffff';
    ctx.lineWidth = 0.8;
    ctx.stroke();
    write(ctx, text, x + 14, y, 13, '#28323c');
  });
  footing(ctx, page, wide, high);
  return canvas;
}

function heading(ctx, page, wide) {
  const { voice } = page;
  write(ctx, page.title, MARGIN, 30, 20, '#1f2933', 600);
  const marking = `${voice.say('page.marking')}　${voice.say(`page.${page.when}`)}${page.adjustedMark()}`;
  write(ctx, marking, wide - MARGIN, 30, 14, '#a4262c', 600, 'right');
}

function footing(ctx, page, wide, high) {
  const { map, voice } = page;
  const { width, metres } = niceScale(map, 140);
  const y = high - 46;
  ctx.strokeStyle = '#28323c';
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  ctx.moveTo(MARGIN, y - 5);
  ctx.lineTo(MARGIN, y);
  ctx.lineTo(MARGIN + width, y);
  ctx.lineTo(MARGIN + width, y - 5);
  ctx.stroke();
  write(ctx, voice.distance(metres), MARGIN + width + 8, y - 4, 12, '#28323c');
  const told = [voice.say('page.made_on', { date: voice.date(new Date()) }), page.surveyed()];
  write(ctx, told.join('　'), wide - MARGIN, y - 4, 12, '#28323c', 400, 'right');
  const small = `${voice.say('page.proviso')}　${voice.say('page.borders')}`;
  write(ctx, small, MARGIN, high - 20, 12, '#5b6570');
}

function write(ctx, text, x, y, size, color, weight = 400, align = 'left') {
  ctx.font = `${weight} ${size}px ${FONT}`;
  ctx.textAlign = align;
  ctx.textBaseline = 'middle';
  ctx.fillStyle = color;
  ctx.fillText(text, x, y);
}

function legendRows(page) {
  const { units, filter, voice, overlays } = page;
  const laid = overlays.shownIn(page).map(({ keys, said }) => ({ color: keys[Math.floor(keys.length / 2)], text: voice.either(said.name) }));
  const shown = units.outcomes
    .map((outcome, code) => ({ outcome, code, n: filter.counts[code] }))
    .filter(({ code, n }) => n && filter.on[code])
    .map(({ outcome, n }) => ({ outcome, text: `${voice.say(`outcome.${outcome}`)} ${voice.number(n)}` }));
  return [...shown, ...laid];
}
