// Marks over the units: what is to be checked, what only a superior can decide, names of units.

import { drawAlert } from './marks.js';
import { emptyBox, grow, meet } from './units.js';

const UNITS_NAMED_FROM = 17; // zoom
const MOST_NAMES = 150;
const MATTERS_FROM = 11; // zoom
const SPREAD = 9; // px kept around a matter's units

// A mark at each unit that has a finding.
export function drawFindings(ctx, view, page, ink) {
  if (!page.register) return;
  const { units, filter, register } = page;
  const findings = register.texts.get('unit.finding');
  units.eachStackIn(view.box, (from, to) => {
    for (let i = from; i < to; i += 1) {
      if (!filter.mask[i] || !findings[i]) continue;
      const aside = to - from > 1 ? 12 : 7; // beside a pile's number
      drawAlert(ctx, view.px(units.x[from]) + aside, view.py(units.y[from]) - aside, ink);
      return;
    }
  });
}

// A question mark at each matter, to be clicked; where units stand one by one, a frame around them.
export function drawMatters(ctx, view, page, discs, framed) {
  const { ink } = page.theme;
  if (!page.register || view.zoom < MATTERS_FROM) return;
  page.register.matters.forEach((matter, m) => {
    const box = boxOf(page.units, matter);
    if (box.x0 > box.x1 || !meet(box, view.box)) return;
    const [x0, y0] = [view.px(box.x0) - SPREAD, view.py(box.y0) - SPREAD];
    const [x1, y1] = [view.px(box.x1) + SPREAD, view.py(box.y1) + SPREAD];
    if (framed) {
      ctx.setLineDash([5, 4]);
      ctx.strokeStyle = ink.matter;
      ctx.lineWidth = 1.6;
      ctx.strokeRect(x0, y0, x1 - x0, y1 - y0);
      ctx.setLineDash([]);
    }
    drawAlert(ctx, x1, y0, ink, '?');
    discs.push({ x: x1, y: y0, r: 10, matter: m });
  });
}

function boxOf(units, matter) {
  if (!matter.box) {
    matter.box = emptyBox();
    for (const i of matter.units) if (i < units.drawn) grow(matter.box, units.x[i], units.y[i]);
  }
  return matter.box;
}

// Names of single units, below them, where one looks closely.
export function labelsOfUnits(discs, page, view, ink) {
  if (view.zoom < UNITS_NAMED_FROM || !page.register) return [];
  const single = discs.filter(({ from, pile, cluster }) => from !== undefined && !pile && !cluster);
  return single.slice(0, MOST_NAMES).map(({ x, y, from }) => ({
    text: page.register.unitName(from),
    x,
    y,
    color: ink.names,
    major: false,
    shifts: [16, -16],
  }));
}
