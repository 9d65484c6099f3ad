// Lists that need a person: left out, without a reliable position, to be checked.

import { button, el } from './dom.js';

const PORTION = 60; // rows written at a time

export function lists(page) {
  const { units, texts } = page;
  const findings = texts.get('unit.finding');
  const byLedger = [...Array(units.count).keys()];
  const place = texts.get('unit.place');
  byLedger.sort((a, b) => place[a] - place[b]);
  const leftOut = units.outcomes.indexOf('left_out');
  const sections = [
    section(page, 'left_out', byLedger, (i) => units.outcome[i] === leftOut, (i) =>
      texts.term('unit.reason', i),
    ),
    section(page, 'unplaced', byLedger, (i) => i >= units.drawn, (i) =>
      page.voice.say(`precision.${units.precisions[units.precision[i]]}`),
    ),
    section(page, 'to_check', byLedger, (i) => findings[i] > 0, (i) =>
      texts.term('unit.finding', i),
    ),
  ];
  page.filter.onChange(() => sections.forEach(({ refresh }) => refresh()));
  return el('div', { class: 'lists' }, ...sections.map(({ element }) => element));
}

function section(page, name, order, belongs, why) {
  const { voice, filter } = page;
  const all = order.filter(belongs);
  const count = el('span', { class: 'count' });
  const rows = el('ul', {});
  const more = button('', () => write(PORTION), { class: 'quiet more' });
  const element = el(
    'details',
    { open: name === 'left_out', 'data-list': name },
    el('summary', {}, el('span', {}, voice.say(`page.${name}`)), count),
    rows,
    more,
  );
  let here = [];
  let written = 0;

  function write(portion) {
    const next = here.slice(written, written + portion);
    rows.append(...next.map((i) => row(page, i, why(i))));
    written += next.length;
    const rest = here.length - written;
    more.hidden = rest === 0;
    more.textContent = voice.say('page.more', { n: Math.min(rest, PORTION) });
  }

  function refresh() {
    here = all.filter((i) => filter.inTownship(i));
    count.textContent = voice.number(here.length);
    rows.replaceChildren();
    written = 0;
    write(PORTION);
    if (!here.length) rows.append(el('li', { class: 'note' }, voice.say('page.list_empty')));
  }

  refresh();
  return { element, refresh };
}

function row(page, i, why) {
  const { units } = page;
  const open = button('', () => page.choose({ unit: i }, { move: true }), { class: 'row' });
  open.append(
    page.looks.glyph(units.outcomes[units.outcome[i]], { hollow: Boolean(units.rough[i]) }),
    el('span', { class: 'name' }, page.unitName(i)),
    el('span', { class: 'why' }, [page.townshipName(i), why].filter(Boolean).join(' · ')),
  );
  return el('li', {}, open);
}
