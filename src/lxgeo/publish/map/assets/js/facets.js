// Filters beside outcome and township: park, building, mode, trade, size, members.

import { el } from './dom.js';

const STAFF = [1, 10, 50, 100, 300]; // lower ends of the classes of staff

// Each facet: what it is called, a code a unit, and what the codes are called; 0 is "unknown".
function facetsOf(page) {
  const { register, voice } = page;
  const { texts } = register;
  const listed = (name) => {
    const values = texts.get(`unit.${name}.values`);
    return { codes: texts.get(`unit.${name}`), names: values };
  };
  const mode = listed('mode');
  return [
    { name: 'park', ...listed('park') },
    { name: 'building', ...listed('building') },
    { name: 'mode', codes: mode.codes, names: mode.names.map((code) => voice.say(`mode.${code}`)) },
    { name: 'trade', ...trades(page) },
    { name: 'size', ...sizes(page) },
    { name: 'members', ...members(page) },
  ];
}

// Sections of GB/T 4754, by the letter that a trade code leads with.
function trades({ register, voice, units }) {
  const { texts } = register;
  const letters = [...'ABCDEFGHIJKLMNOPQRST'];
  const section = texts.get('unit.industry_code.values').map((code) => letters.indexOf(code[0]) + 1);
  const coded = texts.get('unit.industry_code');
  const codes = new Uint8Array(units.count);
  for (let i = 0; i < units.count; i += 1) codes[i] = coded[i] ? section[coded[i] - 1] : 0;
  return { codes, names: letters.map((each) => `${each} ${voice.say(`section.${each}`)}`) };
}

function sizes({ register, voice, units }) {
  const codes = new Uint8Array(units.count);
  for (let i = 0; i < units.count; i += 1) {
    const staff = register.figure('staff', i);
    codes[i] = staff === null ? 0 : STAFF.filter((low) => staff >= low).length || 1;
  }
  const names = STAFF.map((low, k) =>
    k + 1 < STAFF.length
      ? voice.say('page.staff_from_to', { low: k ? low : 0, high: STAFF[k + 1] - 1 })
      : voice.say('page.staff_from', { low }),
  );
  return { codes, names };
}

function members({ register, voice, units }) {
  const codes = new Uint8Array(units.count);
  for (let i = 0; i < units.count; i += 1) {
    const full = register.figure('full_members', i);
    codes[i] = full === null ? 0 : Math.min(full, 3) + 1;
  }
  const names = [0, 1, 2].map((n) => voice.say('page.persons', { n }));
  return { codes, names: [...names, voice.say('page.persons_from', { n: 3 })] };
}

export function facetChoices(page) {
  const { filter, voice } = page;
  let rows = [];
  const count = el('span', { class: 'count' });
  const element = el(
    'details',
    { class: 'facets' },
    el('summary', {}, el('span', {}, voice.say('page.filters')), count),
  );
  element.addEventListener('toggle', () => rows.forEach((row) => row.fill()));
  element.firstElementChild.addEventListener('click', () => page.facets);

  function refresh() {
    rows.forEach((row) => row.refresh());
    const chosen = filter.facets.size;
    count.textContent = chosen ? voice.say('page.filters_on', { n: chosen }) : '';
  }

  // Facets by name, worked out when they are first asked for.
  let known = null;
  Object.defineProperty(page, 'facets', {
    get() {
      if (known) return known;
      known = new Map(facetsOf(page).map((facet) => [facet.name, facet]));
      rows = [...known.values()].map((facet) => choice(page, facet));
      element.append(...rows.map((row) => row.element));
      return known;
    },
  });
  filter.onChange(refresh);
  refresh();
  return element;
}

function choice(page, { name, codes, names }) {
  const { filter, voice } = page;
  const select = el('select', { id: `facet-${name}` });
  const label = el('label', { for: `facet-${name}` }, voice.say(`page.${name}`));
  select.append(el('option', { value: '' }, voice.say('page.any')));
  let filled = false;

  // Options are made when the filters are opened: a city has thousands of buildings.
  function fill() {
    if (filled) return;
    filled = true;
    const present = new Set(codes);
    names.forEach((text, k) => {
      if (present.has(k + 1)) select.append(el('option', { value: String(k + 1) }, text));
    });
    if (present.has(0)) select.append(el('option', { value: '0' }, voice.say('page.not_known')));
    refresh();
  }

  function refresh() {
    const value = filter.facet(name);
    if (value !== null) fill();
    select.value = value === null ? '' : String(value);
  }

  select.addEventListener('change', () => {
    filter.showFacet(name, codes, select.value === '' ? null : Number(select.value));
  });
  return { element: el('div', { class: 'facet' }, label, select), fill, refresh };
}
