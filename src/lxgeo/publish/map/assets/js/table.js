// The table below the map: branches, left-out units, all units. It follows the filter, sorts by
// any column, and holds only the rows in sight; one row has the keyboard.

import { branchColumns, sorted, unitColumns } from './columns.js';
import { button, el, shutButton } from './dom.js';
import { csv, save } from './files.js';

const ROW = 30; // px
const SPARE = 6; // rows kept ready above and below

// What each table lists, before sorting, and how a row is opened.
const KINDS = {
  branches: {
    columns: branchColumns,
    rows: ({ branches, filter, scene }) =>
      [...Array(branches.count).keys()].filter((b) =>
        branches.units[b].length
          ? scene.stands(b) && branches.units[b].some((i) => filter.mask[i])
          : branches.placed[b] && !filter.narrowed,
      ),
    open: (b) => ({ branch: b }),
    isChosen: (chosen, b) => chosen.branch === b,
  },
  left_out: {
    columns: unitColumns,
    rows: ({ units, filter, register }) => {
      const code = units.outcomes.indexOf('left_out');
      return register.byLedger.filter((i) => units.after[i] === code && filter.isHere(i));
    },
    open: (i) => ({ unit: i }),
    isChosen: (chosen, i) => chosen.unit === i,
  },
  units: {
    columns: unitColumns,
    rows: ({ filter, register }) => register.byLedger.filter((i) => filter.mask[i]),
    open: (i) => ({ unit: i }),
    isChosen: (chosen, i) => chosen.unit === i,
  },
};

export function table(page) {
  const { voice, store } = page;
  const state = { kind: 'branches', sort: null, down: false, rows: [], active: 0 };
  const body = el('div', { class: 'rows', role: 'rowgroup' });
  const head = el('div', { class: 'heads', role: 'row', 'aria-rowindex': '1' });
  const grid = el('div', { class: 'grid', role: 'grid', tabIndex: 0 }, head, body);
  const count = el('span', { class: 'counted', role: 'status' });
  const kinds = Object.keys(KINDS).map((kind) =>
    button(voice.say(`page.table_${kind}`), () => list(kind), { 'data-kind': kind }),
  );
  const element = el(
    'section',
    { class: 'table', id: 'table', hidden: true, 'aria-label': voice.say('page.table') },
    el(
      'div',
      { class: 'table-head' },
      el('div', { class: 'kinds', role: 'group', 'aria-label': voice.say('page.table') }, ...kinds),
      count,
      button(voice.say('page.csv'), download, { class: 'quiet', id: 'csv' }),
      shutButton(voice, () => store.set({ table: false }), 'shut'),
    ),
    grid,
  );
  let columns = [];

  function list(kind) {
    Object.assign(state, { kind, sort: null, down: false, active: 0 });
    columns = KINDS[kind].columns(page);
    for (const each of kinds) {
      each.setAttribute('aria-pressed', String(each.dataset.kind === kind));
    }
    grid.setAttribute('aria-colcount', String(columns.length));
    grid.setAttribute('aria-label', voice.say(`page.table_${kind}`));
    head.replaceChildren(...columns.map(headCell));
    const wide = columns.reduce((sum, each) => sum + each.wide, 0);
    for (const each of [head, body]) each.style.width = `${wide}px`;
    grid.scrollTop = 0;
    gather();
  }

  function headCell(column, k) {
    const text = voice.say(`page.${column.key}`);
    const sort = button(text, () => sortBy(k), { class: 'sort' });
    const cell = el(
      'div',
      { role: 'columnheader', class: column.number ? 'number' : '', 'aria-colindex': String(k + 1) },
      sort,
    );
    cell.style.width = `${column.wide}px`;
    return cell;
  }

  function sortBy(k) {
    state.down = state.sort === k && !state.down;
    state.sort = k;
    gather();
  }

  function gather() {
    if (element.hidden) return;
    const { rows } = KINDS[state.kind];
    const { sort, down } = state;
    state.rows = rows(page);
    if (sort !== null) state.rows = sorted(state.rows, columns[sort], down, page.lang);
    state.active = Math.max(0, Math.min(state.active, state.rows.length - 1));
    [...head.children].forEach((cell, k) => {
      cell.setAttribute('aria-sort', k !== sort ? 'none' : down ? 'descending' : 'ascending');
    });
    grid.setAttribute('aria-rowcount', String(state.rows.length + 1));
    count.textContent = voice.say('page.rows', { n: state.rows.length });
    body.style.height = `${state.rows.length * ROW}px`;
    write();
  }

  // Only what is in sight stands in the page.
  function write() {
    const first = Math.max(0, Math.floor(grid.scrollTop / ROW) - SPARE);
    const last = Math.min(state.rows.length, first + Math.ceil(grid.clientHeight / ROW) + 2 * SPARE);
    const rows = [];
    for (let at = first; at < last; at += 1) rows.push(rowAt(at));
    body.replaceChildren(...rows);
    const active = body.querySelector('.active');
    if (active) grid.setAttribute('aria-activedescendant', active.id);
    else grid.removeAttribute('aria-activedescendant');
  }

  function rowAt(at) {
    const { chosen } = page;
    const row = state.rows[at];
    const isChosen = Boolean(chosen) && KINDS[state.kind].isChosen(chosen, row);
    const cells = columns.map((column, k) => {
      const value = column.value(row);
      const cell = el(
        'div',
        { role: 'gridcell', class: column.number ? 'number' : '', 'aria-colindex': String(k + 1) },
        typeof value === 'number' ? voice.number(value) : value,
      );
      cell.style.width = `${column.wide}px`;
      return cell;
    });
    const element = el(
      'div',
      {
        role: 'row',
        id: `row-${at}`,
        class: at === state.active ? 'active' : '',
        'aria-rowindex': String(at + 2),
        'aria-selected': String(isChosen),
        onclick: () => openRow(at),
      },
      ...cells,
    );
    element.style.top = `${at * ROW}px`;
    return element;
  }

  function openRow(at) {
    state.active = at;
    page.choose(KINDS[state.kind].open(state.rows[at]), { move: true });
    write();
  }

  function walk(event) {
    if (event.target !== grid) return;
    const sight = Math.max(1, Math.floor((grid.clientHeight - ROW) / ROW));
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: sight, PageUp: -sight };
    const ends = { Home: 0, End: state.rows.length - 1 };
    if (event.key in steps) goTo(state.active + steps[event.key]);
    else if (event.key in ends) goTo(ends[event.key]);
    else if (event.key === 'Enter' || event.key === ' ') openRow(state.active);
    else return;
    event.preventDefault();
  }

  function goTo(at) {
    if (!state.rows.length) return;
    state.active = Math.max(0, Math.min(at, state.rows.length - 1));
    const top = state.active * ROW;
    const sight = grid.clientHeight - 2 * ROW;
    if (top < grid.scrollTop) grid.scrollTop = top;
    else if (top > grid.scrollTop + sight) grid.scrollTop = top - sight;
    write();
  }

  function download() {
    const heads = columns.map(({ key }) => voice.say(`page.${key}`));
    const rows = state.rows.map((row) => columns.map(({ value }) => value(row)));
    save(`${page.title} ${voice.say(`page.table_${state.kind}`)}.csv`, csv(heads, rows));
  }

  grid.addEventListener('scroll', write);
  grid.addEventListener('keydown', walk);
  page.filter.onChange(gather);
  page.onChoose(() => !element.hidden && write());
  store.on('table', () => {
    element.hidden = !store.get('table');
    page.map.invalidateSize({ animate: false });
    if (element.hidden) return;
    if (columns.length) gather();
    else list('branches');
    grid.focus();
  });
  page.openTable = (kind) => {
    store.set({ table: true });
    list(kind);
  };
  return element;
}
