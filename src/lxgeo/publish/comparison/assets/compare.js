'use strict';
// Two maps next to each other: what one reader's hand moves, the other map follows. Names and
// figures travel as data and are set as text.

const bytes = Uint8Array.from(atob(document.getElementById('data').textContent), (c) => c.charCodeAt(0));
const { scenarios, figures, settings, apart, words, lang } = JSON.parse(new TextDecoder().decode(bytes));

function el(tag, text) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  return made;
}

// Maps in frames say where they look, once when they are ready and after each move.
const linked = document.getElementById('linked');
let view = null;

// Who asks for nothing is hidden at first: what scenarios differ in then shows.
const HIDDEN = '#off=no_members,excluded';

class Side {
  constructor(place, number) {
    this.pick = place.querySelector('select');
    this.frame = place.querySelector('iframe');
    this.alone = place.querySelector('a');
    this.ready = false;
    scenarios.forEach(({ name }, k) => {
      const option = el('option', name);
      option.value = String(k);
      this.pick.append(option);
    });
    this.pick.value = String(number);
    this.pick.addEventListener('change', () => {
      this.show();
      compare();
    });
    this.show();
  }

  get number() {
    return Number(this.pick.value);
  }

  show() {
    const { name, file } = scenarios[this.number];
    this.ready = false;
    this.frame.title = name;
    this.frame.src = `${file}${HIDDEN}`;
    this.alone.href = file;
  }

  hear(said) {
    const first = !this.ready;
    this.ready = true;
    if (first && view !== null) {
      this.go(view);
      return;
    }
    view = said;
    if (linked.checked) for (const side of sides) if (side !== this) side.go(said);
  }

  go(said) {
    if (this.ready) this.frame.contentWindow.postMessage(said, '*');
  }
}

const sides = [...document.querySelectorAll('.side')].map((place, k) => new Side(place, k));

addEventListener('message', ({ source, data }) => {
  if (!data || data.lxgeo !== 'view') return;
  const side = sides.find(({ frame }) => frame.contentWindow === source);
  if (side) side.hear({ lxgeo: 'view', lat: data.lat, lon: data.lon, zoom: data.zoom });
});
linked.addEventListener('change', () => {
  if (linked.checked && view !== null) for (const side of sides) side.go(view);
});

// Figures of both, and by how much they differ.
const FORMS = {
  count: (value) => group(value, 0),
  metres: (value) => group(value, 0),
  decimal: (value) => group(value, 1),
  share: (value) => `${group(100 * value, 1)}%`,
};

function group(value, digits) {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function shown(value, form, sign) {
  if (value === null) return '—';
  // A share rises by percentage points.
  const points = sign && form === 'share';
  const size = Math.abs(value);
  const said = points ? group(100 * size, 1) : FORMS[form](size);
  const before = /[1-9]/.test(said) ? (value < 0 && '−') || (sign && '+') || '' : '';
  return `${before}${said}${points ? ` ${words.points}` : ''}`;
}

function compare() {
  const [left, right] = sides.map(({ number }) => scenarios[number]);
  heads('figures', left, right, words.difference);
  rows('figures', figures, ({ key, name, form }) => {
    const [was, now] = [left.figures[key], right.figures[key]];
    const rise = was === null || now === null ? null : now - was;
    return [name, shown(was, form), shown(now, form), shown(rise, form, true)];
  });
  heads('settings', left, right);
  const differing = settings.filter(({ values }) => values[sides[0].number] !== values[sides[1].number]);
  rows('settings', differing, ({ name, values }) => [name, ...sides.map(({ number }) => values[number])]);
  document.getElementById('alike').hidden = differing.length > 0;
  const count = apart[sides[0].number][sides[1].number];
  document.getElementById('apart').textContent = words.apart.replace('{}', String(count));
}

function heads(id, left, right, ...more) {
  const line = el('tr');
  for (const text of ['', left.name, right.name, ...more]) line.append(el('th', text));
  document.querySelector(`#${id} thead`).replaceChildren(line);
}

function rows(id, listed, cellsOf) {
  const lines = listed.map((each) => {
    const line = el('tr');
    for (const text of cellsOf(each)) line.append(el('td', text));
    return line;
  });
  document.querySelector(`#${id} tbody`).replaceChildren(...lines);
}

document.documentElement.lang = lang;
compare();
document.body.classList.add('ready');
