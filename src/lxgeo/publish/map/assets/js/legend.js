// The legend is the filter: one row an outcome, with its live count; below it the layers.

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
      element.hidden = !inUse(page, units.outcomes[code]);
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
    whenSwitch(page),
    head,
    el('ul', { class: 'outcomes' }, ...rows.map(({ element }) => element)),
    undrawn,
    layers(page),
    key(page),
  );
}

// As things stand, units that the plan would organise are one group; afterwards there is no such.
function inUse({ when, units }, outcome) {
  if (outcome === 'unbuilt') return when === 'before';
  return when === 'after' || units.standing(units.outcomes.indexOf(outcome)) !== units.unbuilt;
}

// 现状 / 批准后: two buttons of which one is pressed.
function whenSwitch(page) {
  const { store, voice } = page;
  const sides = ['before', 'after'].map((when) =>
    button(voice.say(`page.${when}`), () => store.set({ when }), { 'data-when': when }),
  );
  function refresh() {
    for (const side of sides) {
      side.setAttribute('aria-pressed', String(side.dataset.when === store.get('when')));
    }
  }
  store.on('when', refresh);
  refresh();
  return el('div', { class: 'when', role: 'group', 'aria-label': voice.say('page.when') }, ...sides);
}

// Layers that can be switched on and off.
function layers(page) {
  const { store, voice, basemap, overlays } = page;
  const names = Object.keys(page.switches).filter((name) => name !== 'hotspots' || basemap.layer(name));
  const given = new Map(overlays.all.map(({ key: name, said }) => [name, voice.either(said.name)]));
  const boxes = names.map((name) => {
    const box = el('input', {
      type: 'checkbox',
      'data-layer': name,
      onchange: () => store.set({ [name]: box.checked }),
    });
    return { name, box, row: el('label', {}, box, given.get(name) || voice.say(`page.layer_${name}`)) };
  });
  const refresh = () => boxes.forEach(({ name, box }) => (box.checked = store.get(name)));
  store.on(names, refresh);
  refresh();
  return el(
    'fieldset',
    { class: 'layers' },
    el('legend', {}, voice.say('page.layers')),
    ...boxes.map(({ row }) => row),
  );
}

// What the other marks on the map mean.
function key(page) {
  const { voice } = page;
  const line = (picture, text) => el('li', {}, picture, el('span', {}, voice.say(text)));
  const mark = (name) => el('span', { class: `mark ${name}`, 'aria-hidden': 'true' });
  const given = page.overlays.all.map((overlay) => ({ overlay, row: page.overlays.key(overlay, page) }));
  const refresh = () => given.forEach(({ overlay, row }) => (row.hidden = !page.shows(overlay.key)));
  page.store.on(given.map(({ overlay }) => overlay.key), refresh);
  refresh();
  return el(
    'ul',
    { class: 'key' },
    ...given.map(({ row }) => row),
    line(mark('hull'), 'page.key_branch'),
    line(mark('host'), 'page.key_host'),
    line(page.looks.glyph('joint', { hollow: true, size: 16 }), 'page.key_hollow'),
    line(mark('donut'), 'page.key_donut'),
    page.branches.hasSeats()
      ? line(mark('seat'), 'page.key_seat')
      : null,
    line(el('span', { class: 'sign' }, '?'), 'page.key_matter'),
    line(el('span', { class: 'sign finding' }, '!'), 'page.key_finding'),
  );
}
