// Lists that need a person: left out, without a reliable position, to be checked.

import { button, el, row } from './dom.js';

const PORTION = 60; // rows written at a time

// Written when its tab is first opened.
export function lists(page) {
  const element = el('div', { class: 'lists' });
  element.addEventListener('shown', () => element.append(...sections(page)), { once: true });
  return element;
}

function sections(page) {
  const { units, texts, register } = page;
  const findings = texts.get('unit.finding');
  const { byLedger } = register;
  const leftOut = units.outcomes.indexOf('left_out');
  const written = [
    section(page, 'left_out', byLedger, (i) => units.after[i] === leftOut, (i) =>
      register.unitReason(i),
    ),
    section(page, 'unplaced', byLedger, (i) => i >= units.drawn, (i) =>
      page.voice.say(`precision.${units.precisions[units.precision[i]]}`),
    ),
    section(page, 'to_check', byLedger, (i) => findings[i] > 0, (i) =>
      register.term('finding', i),
    ),
  ];
  page.filter.onChange(() => written.forEach(({ refresh }) => refresh()));
  return [...written.map(({ element }) => element), matterList(page)];
}

function section(page, name, order, belongs, why) {
  const { voice, filter } = page;
  let all = order.filter(belongs);
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
    rows.append(...next.map((i) => unitLine(page, i, why(i))));
    written += next.length;
    const rest = here.length - written;
    more.hidden = rest === 0;
    more.textContent = voice.say('page.more', { n: Math.min(rest, PORTION) });
  }

  function refresh() {
    here = all.filter((i) => filter.isHere(i));
    count.textContent = voice.number(here.length);
    rows.replaceChildren();
    written = 0;
    write(PORTION);
    if (!here.length) rows.append(el('li', { class: 'note' }, voice.say('page.list_empty')));
  }

  page.plan.onChange(() => {
    all = order.filter(belongs);
    refresh();
  });
  refresh();
  return { element, refresh };
}

function unitLine(page, i, why) {
  const { units, register } = page;
  const glyph = page.looks.glyph(units.outcomes[units.outcome[i]], { hollow: Boolean(units.rough[i]) });
  const beside = [page.townshipName(i), why].filter(Boolean).join(' · ');
  return el('li', {}, row(glyph, register.unitName(i), beside, () => page.choose({ unit: i }, { move: true })));
}

// What only a superior can decide, the same wherever one looks.
function matterList(page) {
  const { voice, register } = page;
  const rows = register.matters.map(({ kind, name, units }, m) => {
    const beside = [voice.say(`page.${kind}`), voice.say('page.households', { n: units.length })];
    const sign = el('span', { class: 'sign', 'aria-hidden': 'true' }, '?');
    const open = () => page.choose({ matter: m }, { move: true });
    return el('li', {}, row(sign, name, beside.join(' · '), open));
  });
  const none = el('li', { class: 'note' }, voice.say('page.list_empty'));
  return el(
    'details',
    { 'data-list': 'matters' },
    el(
      'summary',
      {},
      el('span', {}, voice.say('page.matters')),
      el('span', { class: 'count' }, voice.number(rows.length)),
    ),
    el('ul', {}, ...(rows.length ? rows : [none])),
  );
}
