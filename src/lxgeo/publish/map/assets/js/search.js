// Finding a unit or branch by name or credit code, with mouse or keys.

import { el } from './dom.js';

const MOST = 30;

function plain(text) {
  return text.normalize('NFKC').toLowerCase();
}

// Plain forms of all names and codes, made at the first search.
export class Finder {
  constructor(page) {
    this.page = page;
    this.entries = null;
  }

  prepare() {
    const { texts } = this.page;
    const names = texts.get('unit.name');
    const codes = texts.get('unit.credit_code');
    this.entries = { names: names.map(plain), codes: codes.map(plain) };
    this.entries.branches = texts.get('branch.name').map(plain);
  }

  // Names that start with the words first, then those that hold them: {found, more}.
  find(words) {
    const sought = plain(words).trim();
    if (!sought) return { found: [], more: 0 };
    if (!this.entries) this.prepare();
    const { names, codes, branches } = this.entries;
    const first = [];
    const later = [];
    names.forEach((name, i) => {
      const at = name.indexOf(sought);
      if (at === 0) first.push({ unit: i });
      else if (at > 0 || codes[i].includes(sought)) later.push({ unit: i });
    });
    branches.forEach((name, b) => {
      if (name.includes(sought)) later.push({ branch: b });
    });
    const found = [...first, ...later];
    return { found: found.slice(0, MOST), more: Math.max(0, found.length - MOST) };
  }
}

export function searchBox(page) {
  const finder = new Finder(page);
  const { voice } = page;
  const list = el('ul', { class: 'results', id: 'results', role: 'listbox', hidden: true });
  const label = voice.say('page.search');
  list.setAttribute('aria-label', label);
  const input = el('input', {
    type: 'search',
    id: 'search',
    autocomplete: 'off',
    spellcheck: 'false',
    role: 'combobox',
    placeholder: label,
    'aria-label': label,
    'aria-controls': 'results',
    'aria-expanded': 'false',
    'aria-autocomplete': 'list',
  });
  let options = [];
  let active = -1;

  function close() {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    active = -1;
  }

  function mark(next) {
    if (options[active]) options[active].element.setAttribute('aria-selected', 'false');
    active = (next + options.length) % options.length;
    const { element } = options[active];
    element.setAttribute('aria-selected', 'true');
    element.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', element.id);
  }

  function take({ result }) {
    close();
    page.choose(result, { move: true });
  }

  function show() {
    const { found, more } = finder.find(input.value);
    list.replaceChildren();
    options = found.map((result, k) => {
      const element = resultRow(page, result, k);
      const option = { result, element };
      element.addEventListener('mousedown', (event) => event.preventDefault());
      element.addEventListener('click', () => take(option));
      return option;
    });
    list.append(...options.map(({ element }) => element));
    const note = !found.length ? 'page.search_none' : more ? 'page.search_more' : null;
    if (note) {
      list.append(el('li', { class: 'note', role: 'presentation' }, voice.say(note, { n: more })));
    }
    active = -1;
    list.hidden = !input.value.trim();
    input.setAttribute('aria-expanded', String(!list.hidden));
  }

  input.addEventListener('input', show);
  input.addEventListener('focus', () => input.value.trim() && show());
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) {
      close();
      event.stopPropagation();
    } else if (options.length && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      if (list.hidden) show();
      mark(event.key === 'ArrowDown' ? active + 1 : active < 0 ? -1 : active - 1);
      event.preventDefault();
    } else if (event.key === 'Enter' && options.length && !list.hidden) {
      take(options[Math.max(active, 0)]);
      event.preventDefault();
    }
  });
  return el('div', { class: 'search', role: 'search' }, input, list);
}

function resultRow(page, result, k) {
  const { texts, units, branches, voice } = page;
  const isUnit = result.unit !== undefined;
  const name = isUnit ? page.unitName(result.unit) : texts.get('branch.name')[result.branch];
  const outcome = isUnit
    ? units.outcomes[units.outcome[result.unit]]
    : branches.outcome[result.branch];
  const beside = isUnit
    ? [page.townshipName(result.unit), texts.get('unit.credit_code')[result.unit]]
    : [voice.say('page.branch'), voice.say(`status.${branches.status[result.branch]}`)];
  return el(
    'li',
    { id: `result-${k}`, role: 'option', 'aria-selected': 'false' },
    page.looks.glyph(outcome),
    el('span', { class: 'name' }, name),
    el('span', { class: 'beside' }, beside.filter(Boolean).join(' · ')),
  );
}
