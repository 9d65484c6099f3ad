// The legend is the filter: one row an outcome, with its live count.

import { button, el } from './dom.js';

export function legend(page) {
  const { voice, filter, looks, units } = page;
  const rows = units.outcomes.map((outcome, code) => {
    const label = voice.say(`outcome.${outcome}`);
    const box = el('input', {
      type: 'checkbox',
      onchange: () => filter.showOutcome(code, box.checked),
    });
    const name = el('span', { class: 'name' }, label);
    const count = el('span', { class: 'count' });
    const only = button(voice.say('page.show_only'), () => filter.showOnly(code), {
      class: 'only',
      'aria-label': voice.say('page.show_only_of', { label }),
    });
    const element = el(
      'li',
      { 'data-outcome': outcome },
      el('label', {}, box, looks.glyph(outcome, { size: 16 }), name),
      only,
      count,
    );
    return { code, box, count, element };
  });
  const shown = el('p', { class: 'shown', role: 'status' });
  const undrawn = button('', () => page.openTab('lists'), { class: 'undrawn' });

  function refresh() {
    for (const { code, box, count, element } of rows) {
      box.checked = Boolean(filter.on[code]);
      count.textContent = voice.number(filter.counts[code]);
      element.classList.toggle('empty', !filter.counts[code]);
    }
    shown.textContent = voice.say('page.shown', { n: filter.shown, of: filter.total });
    undrawn.textContent = filter.shownUndrawn
      ? voice.say('page.not_drawn', { n: filter.shownUndrawn })
      : '';
  }

  filter.onChange(refresh);
  refresh();
  const head = el(
    'div',
    { class: 'legend-head' },
    shown,
    button(voice.say('page.show_all'), () => filter.showAll(), { class: 'quiet' }),
  );
  return el(
    'div',
    { class: 'legend' },
    head,
    el('ul', { class: 'outcomes' }, ...rows.map(({ element }) => element)),
    undrawn,
    key(page),
  );
}

// What the other marks on the map mean.
function key(page) {
  const { voice } = page;
  const line = (picture, text) => el('li', {}, picture, el('span', {}, voice.say(text)));
  const mark = (name) => el('span', { class: `mark ${name}`, 'aria-hidden': 'true' });
  return el(
    'ul',
    { class: 'key' },
    line(mark('hull'), 'page.key_branch'),
    line(mark('host'), 'page.key_host'),
    line(page.looks.glyph('joint', { hollow: true, size: 16 }), 'page.key_hollow'),
    line(mark('donut'), 'page.key_donut'),
    page.branches.units.some((_, b) => page.branches.isSeat(b))
      ? line(mark('seat'), 'page.key_seat')
      : null,
  );
}
