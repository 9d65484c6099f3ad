// Finding a unit or branch by name, credit code or pinyin, with mouse or keys.

import { el } from './dom.js';
import { Pinyin } from './pinyin.js';

const MOST = 30; // results shown
const COUNTED = 1000; // results counted

function plain(text) {
  return text.normalize('NFKC').toLowerCase();
}

// Many texts as one, so that one search goes through all of them.
class Lines {
  constructor(texts) {
    const joined = texts.join('\n');
    // A name that holds a line's end itself is rare: then each is looked at.
    const whole = joined.split('\n').length === texts.length;
    const lines = whole ? joined : texts.map((text) => text.replaceAll('\n', ' ')).join('\n');
    this.text = plain(lines);
    this.starts = new Uint32Array(texts.length + 1);
    let at = 0;
    for (let i = 0; i < texts.length; i += 1) {
      this.starts[i] = at;
      at = this.text.indexOf('\n', at) + 1;
    }
    this.starts[texts.length] = this.text.length + 1;
  }

  // The line that holds a place of the text.
  lineAt(place) {
    let low = 0;
    let high = this.starts.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= place) low = middle;
      else high = middle;
    }
    return low;
  }

  // Lines that hold the words, in order, those that start with them apart: [starting, holding].
  find(words) {
    const [starting, holding] = [[], []];
    let at = this.text.indexOf(words);
    while (at >= 0 && starting.length + holding.length < COUNTED) {
      const line = this.lineAt(at);
      (at === this.starts[line] ? starting : holding).push(line);
      at = this.text.indexOf(words, this.starts[line + 1] - 1);
    }
    return [starting, holding];
  }
}

export class Finder {
  constructor(page) {
    this.page = page;
    this.made = null;
  }

  // Plain forms of all names and codes: made when the box is first turned to.
  get lines() {
    if (!this.made) {
      const { register, branches } = this.page;
      const names = Array.from({ length: branches.count }, (_, b) => register.branchName(b));
      this.made = {
        units: new Lines(register.unitNames),
        codes: new Lines(register.texts.get('unit.credit_code')),
        branches: new Lines(names),
        pinyin: new Pinyin(register.texts),
      };
    }
    return this.made;
  }

  // Names that start with the words, names and codes that hold them, names that read so.
  find(words) {
    const sought = plain(words.replaceAll('\n', ' ')).trim();
    if (!sought) return { found: [], more: 0 };
    const { units, codes, branches, pinyin } = this.lines;
    const [starting, holding] = units.find(sought);
    const seen = new Set();
    const found = [];
    const take = (result) => {
      const key = result.unit === undefined ? -1 - result.branch : result.unit;
      if (!seen.has(key)) found.push(result);
      seen.add(key);
    };
    for (const unit of [...starting, ...holding, ...codes.find(sought).flat()]) take({ unit });
    for (const branch of branches.find(sought).flat()) take({ branch });
    if (Pinyin.reads(sought)) {
      const read = (lines) => pinyin.lines(lines.text, sought, MOST * 4).map((at) => lines.lineAt(at));
      for (const unit of read(units)) take({ unit });
      for (const branch of read(branches)) take({ branch });
    }
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
  input.addEventListener('pointerenter', () => finder.lines);
  input.addEventListener('focus', () => (input.value.trim() ? show() : finder.lines));
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
  const { register, units, branches, voice } = page;
  const isUnit = result.unit !== undefined;
  const name = isUnit ? register.unitName(result.unit) : register.branchName(result.branch);
  const outcome = isUnit
    ? units.outcomes[units.outcome[result.unit]]
    : branches.outcome[result.branch];
  const beside = isUnit
    ? [page.townshipName(result.unit), register.creditCode(result.unit)]
    : [voice.say('page.branch'), voice.say(`status.${branches.status[result.branch]}`)];
  return el(
    'li',
    { id: `result-${k}`, role: 'option', 'aria-selected': 'false' },
    page.looks.glyph(outcome),
    el('span', { class: 'name' }, name),
    el('span', { class: 'beside' }, beside.filter(Boolean).join(' · ')),
  );
}
