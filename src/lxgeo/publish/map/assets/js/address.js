// What is shown as one line of text, written where the page keeps it and read when it opens.

import { keep, kept } from './state.js';

export function address(page) {
  if (kept()) read(page, new URLSearchParams(kept()));
  let waiting = null;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => keep(said(page)), 250);
  };
  page.map.on('moveend', soon);
  page.filter.onChange(soon);
  page.onChoose(soon);
  page.store.on(['when', 'theme', 'table', ...Object.keys(page.switches)], soon);
  page.keepNow = () => keep(said(page));
  window.addEventListener('hashchange', () => {
    if (kept() !== said(page)) read(page, new URLSearchParams(kept()));
  });
}

function said(page) {
  const { map, units, filter, store, chosen, register } = page;
  const { lat, lng } = map.getCenter();
  const held = new URLSearchParams();
  held.set('at', `${map.getZoom()},${lat.toFixed(6)},${lng.toFixed(6)}`);
  if (page.lang !== page.core.notes.lang) held.set('lang', page.lang);
  const off = units.outcomes.filter((_, code) => !filter.on[code]);
  if (off.length) held.set('off', off.join(','));
  if (filter.township !== null) held.set('township', filter.townshipId || '');
  for (const [name, { value }] of filter.facets) held.set(name, page.facets.get(name).names[value - 1] || '');
  if (page.when !== 'after') held.set('when', page.when);
  if (store.get('theme')) held.set('theme', store.get('theme'));
  if (store.get('table')) held.set('table', '1');
  const switched = Object.keys(page.switches).filter((name) => store.get(name) !== page.switches[name]);
  if (switched.length) held.set('layers', switched.join(','));
  if (chosen && chosen.unit >= 0) held.set('unit', register.unitId(chosen.unit));
  else if (chosen && chosen.branch >= 0) held.set('branch', register.branchId(chosen.branch));
  return held.toString();
}

function read(page, held) {
  const { map, units, filter, store, register } = page;
  const off = (held.get('off') || '').split(',');
  units.outcomes.forEach((outcome, code) => (filter.on[code] = off.includes(outcome) ? 0 : 1));
  filter.township = townshipOf(page, held.get('township'));
  filter.facets.clear();
  for (const [name, { codes, names }] of page.facets) {
    if (!held.has(name)) continue;
    const value = held.get(name) === '' ? 0 : names.indexOf(held.get(name)) + 1;
    if (value > 0 || held.get(name) === '') filter.facets.set(name, { codes, value });
  }
  const switched = (held.get('layers') || '').split(',');
  const changes = Object.fromEntries(
    Object.entries(page.switches).map(([name, on]) => [name, on !== switched.includes(name)]),
  );
  const when = held.get('when') === 'before' ? 'before' : 'after';
  const theme = ['light', 'dark'].includes(held.get('theme')) ? held.get('theme') : null;
  store.set({ ...changes, when, theme, table: held.has('table') });
  filter.change();
  const at = (held.get('at') || '').split(',').map(Number);
  if (at.length === 3 && at.every(Number.isFinite)) {
    map.setView([at[1], at[2]], at[0], { animate: false });
  }
  const unit = held.has('unit') ? register.byLedger.find((i) => register.unitId(i) === held.get('unit')) : undefined;
  if (unit !== undefined) page.choose({ unit });
  const branch = held.has('branch') ? register.texts.get('branch.branch_id').indexOf(held.get('branch')) : -1;
  if (branch >= 0) page.choose({ branch });
}

function townshipOf({ townshipIds }, id) {
  if (id === null) return null;
  if (id === '') return 0;
  const place = townshipIds.indexOf(id);
  return place < 0 ? null : place + 1;
}
