// Drawings that stand for more than one unit, or beside one.

import { FONT } from './labels.js';

// Units at or near one place: shares of their outcomes around their number.
export function drawDonut(ctx, x, y, r, { total, counts }, colors, ink) {
  ctx.beginPath();
  ctx.arc(x, y, r + 1.5, 0, 2 * Math.PI);
  ctx.fillStyle = ink.ring;
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
  ctx.fillStyle = ink.hollow;
  ctx.fill();
  ctx.fillStyle = ink.text;
  ctx.font = `600 ${r > 15 ? 12 : 11}px ${FONT}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText(total > 9999 ? `${Math.round(total / 1000)}k` : String(total), x, y + 0.5);
}

// Around a pile that stands at the middle of something: nobody is really there.
export function drawDashes(ctx, x, y, r, ink) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.setLineDash([4, 3]);
  ctx.strokeStyle = ink.rough;
  ctx.lineWidth = 1.4;
  ctx.stroke();
  ctx.setLineDash([]);
}

// A branch outside the ledger: a flag on its pole.
export function drawFlag(ctx, x, y, ink) {
  ctx.beginPath();
  ctx.moveTo(x, y + 4);
  ctx.lineTo(x, y - 10);
  ctx.lineTo(x + 9, y - 7);
  ctx.lineTo(x, y - 3.5);
  ctx.strokeStyle = ink.ring;
  ctx.lineWidth = 4;
  ctx.lineJoin = 'round';
  ctx.stroke();
  ctx.fillStyle = ink.chosen;
  ctx.fill();
  ctx.strokeStyle = ink.chosen;
  ctx.lineWidth = 1.6;
  ctx.stroke();
}

// A place that was laid over the map: a pin whose foot stands on it.
export function drawPin(ctx, x, y, color, ink) {
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.bezierCurveTo(x - 3, y - 6, x - 9, y - 9, x - 9, y - 15);
  ctx.arc(x, y - 15, 9, Math.PI, 2 * Math.PI);
  ctx.bezierCurveTo(x + 9, y - 9, x + 3, y - 6, x, y);
  ctx.closePath();
  ctx.fillStyle = color;
  ctx.fill();
  ctx.strokeStyle = ink.ring;
  ctx.lineWidth = 1.8;
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(x, y - 15, 3.6, 0, 2 * Math.PI);
  ctx.fillStyle = ink.ring;
  ctx.fill();
}

// A ring around what is chosen, or looked for.
export function drawRing(ctx, x, y, r, color, ink) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.strokeStyle = ink.ring;
  ctx.lineWidth = 5;
  ctx.stroke();
  ctx.strokeStyle = color;
  ctx.lineWidth = 2.4;
  ctx.stroke();
}

// Something is to be checked here: an exclamation mark in a small disc.
export function drawAlert(ctx, x, y, ink, sign = '!') {
  ctx.beginPath();
  ctx.arc(x, y, 6, 0, 2 * Math.PI);
  ctx.fillStyle = sign === '!' ? ink.finding : ink.matter;
  ctx.fill();
  ctx.strokeStyle = ink.ring;
  ctx.lineWidth = 1.5;
  ctx.stroke();
  ctx.fillStyle = ink.ring;
  ctx.font = `700 9.5px ${FONT}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText(sign, x, y + 0.5);
}
