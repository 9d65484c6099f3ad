(() => {
'use strict';
const SVG = 'http://www.w3.org/2000/svg';
const BANDS = ['#e6eff6', '#c0d8ea', '#8fbbd9', '#4f8fbf', '#12486b'];
const packed = document.getElementById('data').textContent.trim();
const data = JSON.parse(atob(packed));
const word = data.words;
const chosen = { measure: `${data.rates[0][0]}_after`, sort: 'county', up: true, find: '' };

function make(tag, props, ...inside) {
  const node = document.createElement(tag);
  Object.assign(node, props || {});
  node.append(...inside.filter((each) => each !== null));
  return node;
}

function draw(tag, attributes, text) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

const count = (number) => (number === null || number === undefined ? '—' : number.toLocaleString('en-US'));
const percent = (share, digits = 1) => (share === null ? '—' : `${(share * 100).toFixed(digits)}%`);
const share = ([has, of] = [null, null]) => (of ? has / of : null);
const mapOf = (county) => `../${encodeURIComponent(data.title)}/maps/${encodeURIComponent(county.county)}.html`;

// What counties can be shaded by: each gives a share and the words to tell it in.
const measures = new Map();
for (const [name, said] of data.rates) {
  for (const moment of ['after', 'before']) {
    const key = `${name}_${moment}`;
    measures.set(key, { said: `${said}（${word[moment]}）`, of: (each) => share(each.rates[key]) });
  }
  measures.set(`${name}_change`, {
    said: `${said}：${word.change}`,
    of: (each) => {
      const [before, after] = [share(each.rates[`${name}_before`]), share(each.rates[`${name}_after`])];
      return before === null || after === null ? null : after - before;
    },
  });
}
measures.set('left_share', { said: word.left_share, of: (each) => share([each.left_out, each.must_join]) });
measures.set('gap', { said: word.gap, of: (each) => each.gap });

// Up to five bands of equal width between the least and the greatest share.
function bandsOf(measure) {
  const known = data.counties.map(measure.of).filter((each) => each !== null);
  if (!known.length) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  if (high - low < 0.0005) return { least: low, most: high, step: 0, fills: [BANDS[2]] };
  const least = Math.floor(low * 200) / 200;
  const most = Math.max(least + 0.005, Math.ceil(high * 200) / 200);
  return { least, most, step: (most - least) / BANDS.length, fills: BANDS };
}

function colour(value, bands) {
  if (value === null || !bands) return null;
  if (!bands.step) return bands.fills[0];
  const band = Math.floor((value - bands.least) / bands.step + 1e-9);
  return BANDS[Math.min(BANDS.length - 1, Math.max(0, band))];
}

const columns = [
  { key: 'county', said: word.code, text: true, value: (each) => each.county },
  { key: 'name', said: word.county, text: true, value: (each) => each.name },
  ...data.figures.map(([key, said]) => ({
    key, said, value: (each) => each[key],
    tell: (each) => (key === 'gap' ? percent(each.gap, 2) : count(each[key])),
  })),
  ...data.rates.flatMap(([name, said]) => ['before', 'after'].map((moment) => {
    const key = `${name}_${moment}`;
    return {
      key, said: `${said} ${word[moment]}`, rate: name, moment,
      value: (each) => share(each.rates[key]),
      tell: (each) => percent(share(each.rates[key])),
      title: (each) => (each.rates[key] && each.rates[key][1] !== null ? `${count(each.rates[key][0])} / ${count(each.rates[key][1])}` : ''),
    };
  })),
];

const page = document.getElementById('page');
const areas = new Map();
const lines = new Map();
const legend = make('div', { className: 'key' });
const body = make('tbody');
const found = make('span', { className: 'note' });
const heads = new Map();

function facts() {
  const all = data.all;
  const told = data.figures.map(([key, said]) => [said, key === 'gap' ? percent(all.gap, 2) : count(all[key])]);
  for (const [name, said] of data.rates.slice(0, 2)) {
    const [before, after] = ['before', 'after'].map((moment) => percent(share(all.rates[`${name}_${moment}`])));
    told.push([said, `${before} → ${after}`]);
  }
  return make('div', { className: 'facts' }, ...told.map(([said, figure]) => make('div', { className: 'fact' },
    make('b', { textContent: figure }), make('span', { textContent: said }))));
}

function chooser() {
  const pick = make('select', { id: 'measure' }, ...[...measures].map(([value, each]) => make('option', { value, textContent: each.said })));
  pick.addEventListener('change', () => { chosen.measure = pick.value; shade(); });
  const find = make('input', { id: 'find', type: 'search', placeholder: word.search });
  find.setAttribute('aria-label', word.search);
  find.addEventListener('input', () => { chosen.find = find.value.trim().toLowerCase(); list(); });
  return make('div', { className: 'bar' },
    make('label', { htmlFor: 'measure', textContent: word.shade }), pick, find, found);
}

function map() {
  const drawn = data.counties.filter((each) => each.shape);
  if (!drawn.length) return null;
  const svg = draw('svg', { class: 'map', viewBox: `-10 -10 ${data.wide + 20} ${data.high + 20}`, role: 'img' });
  for (const each of drawn) {
    const area = draw('path', { class: 'area', d: each.shape, 'fill-rule': 'evenodd' });
    area.append(draw('title', {}, ''));
    area.addEventListener('click', () => choose(each));
    area.addEventListener('dblclick', () => { if (each.status === 'planned') location.href = mapOf(each); });
    areas.set(each.county, area);
    svg.append(area);
  }
  for (const each of drawn) {
    svg.append(draw('text', { class: 'name', x: each.at[0], y: each.at[1] }, each.name));
  }
  return svg;
}

function choose(county) {
  for (const [code, area] of areas) area.classList.toggle('on', code === county.county);
  for (const [code, line] of lines) line.classList.toggle('on', code === county.county);
  const line = lines.get(county.county);
  if (line) line.scrollIntoView({ block: 'nearest' });
}

function headOf(column, said, rows) {
  const button = make('button', { type: 'button', textContent: said });
  button.addEventListener('click', () => {
    chosen.up = chosen.sort === column.key ? !chosen.up : Boolean(column.text);
    chosen.sort = column.key;
    list();
  });
  const head = make('th', { className: column.text ? 'text' : '', scope: 'col', rowSpan: rows }, button);
  heads.set(column.key, head);
  return head;
}

function table() {
  const [upper, lower] = [make('tr'), make('tr')];
  for (const column of columns.filter((each) => !each.moment)) upper.append(headOf(column, column.said, 2));
  for (const [name, said] of data.rates) {
    upper.append(make('th', { className: 'over', scope: 'colgroup', colSpan: 2, textContent: said }));
    for (const column of columns.filter((each) => each.rate === name)) lower.append(headOf(column, word[column.moment], 1));
  }
  upper.append(make('th', { className: 'text over', scope: 'col', rowSpan: 2, textContent: word.map }));
  const all = { ...data.all, county: '', name: word.all };
  return make('div', { className: 'tall' }, make('table', {}, make('thead', {}, upper, lower), body, make('tfoot', {}, line(all, 'all'))));
}

function line(each, css) {
  const row = make('tr', { className: css || '' });
  for (const column of columns) {
    const told = column.tell ? column.tell(each) : each[column.key];
    const cell = make('td', { className: column.text ? 'text' : '', textContent: told, title: column.title ? column.title(each) : '' });
    if (column.key === 'name' && css !== 'all') cell.prepend(make('i', { className: 'shade' }));
    row.append(cell);
  }
  const last = make('td', { className: 'text' });
  if (each.status === 'planned') last.append(make('a', { href: mapOf(each), textContent: word.open }));
  else if (each.status) {
    last.className = 'text why';
    last.textContent = each.status === 'empty' ? word.empty : `${word.failed}：${each.why || ''}`;
  }
  row.append(last);
  return row;
}

function list() {
  const column = columns.find((each) => each.key === chosen.sort);
  const turn = chosen.up ? 1 : -1;
  const shown = data.counties.filter((each) => !chosen.find || each.county.toLowerCase().includes(chosen.find) || each.name.toLowerCase().includes(chosen.find));
  shown.sort((one, other) => {
    const [a, b] = [column.value(one), column.value(other)];
    if (a === null || b === null || a === undefined || b === undefined) return (b === null || b === undefined ? 0 : 1) - (a === null || a === undefined ? 0 : 1);
    const by = column.text ? String(a).localeCompare(String(b), data.lang === 'zh' ? 'zh-Hans-CN' : 'en') : a - b;
    return by * turn || (one.county < other.county ? -1 : 1);
  });
  for (const [key, head] of heads) head.setAttribute('aria-sort', key !== chosen.sort ? 'none' : chosen.up ? 'ascending' : 'descending');
  body.replaceChildren(...shown.map((each) => lines.get(each.county)));
  found.textContent = word.shown.replace('{n}', String(shown.length));
}

function shade() {
  const measure = measures.get(chosen.measure);
  const bands = bandsOf(measure);
  for (const each of data.counties) {
    const value = measure.of(each);
    const fill = colour(value, bands);
    const area = areas.get(each.county);
    if (area) {
      area.classList.toggle('none', fill === null);
      if (fill === null) area.removeAttribute('fill');
      else area.setAttribute('fill', fill);
      area.querySelector('title').textContent = `${each.name} ${measure.said} ${percent(value)}`;
    }
    const mark = lines.get(each.county).querySelector('.shade');
    mark.style.background = fill || '#e7e9ec';
  }
  const digits = bands && bands.most - bands.least < 0.02 ? 2 : 1;
  const keys = bands ? bands.fills.map((fill, i) => {
    const square = make('i');
    square.style.background = fill;
    const [from, to] = [bands.least + i * bands.step, bands.least + (i + 1) * bands.step];
    return make('span', {}, square, bands.step ? `${percent(from, digits)} – ${percent(to, digits)}` : percent(from, digits));
  }) : [];
  if (data.counties.some((each) => measure.of(each) === null)) {
    const square = make('i');
    square.style.background = '#e7e9ec';
    keys.push(make('span', {}, square, word.none));
  }
  legend.replaceChildren(...keys);
}

for (const each of data.counties) lines.set(each.county, line(each));
document.title = data.title;
const bare = data.counties.filter((each) => !each.shape);
page.append(...[
  make('h1', { textContent: data.title }),
  make('p', { className: 'note', textContent: word.proviso }),
  facts(), chooser(), map(), legend,
  bare.length && bare.length < data.counties.length ? make('p', { className: 'note', textContent: word.no_shape.replace('{names}', bare.map((each) => each.name).join('、')) }) : null,
  table(),
  make('p', { className: 'note', textContent: word.rate_note }),
].filter((each) => each !== null));
list();
shade();
})();
