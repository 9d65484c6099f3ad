// On paper: the map is drawn anew in the sheet's shape, by day, with scale, date and 审图号 below.

import { metresAcross } from './controls.js';
import { button, el } from './dom.js';

const PAPERS = ['a4', 'a4p', 'a3', 'a3p'];
const PX_M = 0.0254 / 96; // a CSS px on paper, metres

export function printing(page) {
  const { voice } = page;
  const label = voice.say('page.paper');
  const choice = el('select', { id: 'paper', 'aria-label': label, title: label });
  choice.append(...PAPERS.map((each) => el('option', { value: each }, voice.say(`page.${each}`))));
  choice.addEventListener('change', () => (document.body.dataset.paper = choice.value));
  document.body.dataset.paper = PAPERS[0];
  const print = button(voice.say('page.print'), () => window.print(), { class: 'quiet', id: 'print' });
  window.addEventListener('beforeprint', () => layOut(page));
  window.addEventListener('afterprint', () => putBack(page));
  return [choice, print];
}

// What stands below the map on paper.
export function colophon() {
  return el('p', { class: 'colophon', id: 'colophon' });
}

function layOut(page) {
  const { map, theme } = page;
  page.beforePaper = { center: map.getCenter(), zoom: map.getZoom() };
  const bounds = map.getBounds();
  const whole = page.wholeIn(bounds);
  document.body.classList.add('on-paper');
  theme.onPaper = true;
  theme.apply();
  map.invalidateSize({ animate: false });
  if (whole) page.showWhole();
  else map.fitBounds(bounds, { animate: false });
  page.layer.redraw();
  document.getElementById('colophon').textContent = printed(page);
}

function printed(page) {
  const { map, voice } = page;
  const scale = Number((metresAcross(map, 100) / (100 * PX_M)).toPrecision(3));
  return [
    voice.say('page.scale', { n: scale }),
    `${voice.say(`page.state_${page.when}`)}${page.adjustedMark()}`,
    voice.say('page.made_on', { date: voice.date(new Date()) }),
    page.surveyed(),
  ].join('　');
}

function putBack(page) {
  const { map, theme, beforePaper } = page;
  document.body.classList.remove('on-paper');
  theme.onPaper = false;
  theme.apply();
  map.invalidateSize({ animate: false });
  if (beforePaper) map.setView(beforePaper.center, beforePaper.zoom, { animate: false });
  page.layer.redraw();
}
