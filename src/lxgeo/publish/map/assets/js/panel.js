// The panel beside the map: search, township, and tabs for legend, coverage and lists.

import { coverage } from './coverage.js';
import { el } from './dom.js';
import { facetChoices } from './facets.js';
import { legend } from './legend.js';
import { lists } from './lists.js';
import { searchBox } from './search.js';

export function panel(page, figures) {
  const tabs = [['legend', legend(page)]];
  if (figures) tabs.push(['coverage', coverage(page, figures)]);
  tabs.push(['lists', lists(page)]);
  return [searchBox(page), townshipChoice(page), facetChoices(page), ...tabbed(page, tabs)];
}

function townshipChoice(page) {
  const { voice, filter, units, townshipNames } = page;
  const label = voice.say('page.township');
  const choice = el('select', { id: 'township', 'aria-label': label });
  choice.append(el('option', { value: '' }, voice.say('page.township_all')));
  townshipNames.forEach((name, k) => choice.append(el('option', { value: String(k + 1) }, name)));
  if (units.township.includes(0)) {
    choice.append(el('option', { value: '0' }, voice.say('page.township_unknown')));
  }
  choice.addEventListener('change', () => {
    page.showTownship(choice.value === '' ? null : Number(choice.value));
  });
  filter.onChange(() => {
    choice.value = filter.township === null ? '' : String(filter.township);
  });
  return el('div', { class: 'choice' }, choice);
}

// Tabs as the ARIA practices have them: arrow keys move, one tab stop.
function tabbed(page, tabs) {
  const sheets = tabs.map(([name, content]) =>
    el(
      'div',
      { class: 'sheet', id: `sheet-${name}`, role: 'tabpanel', 'aria-labelledby': `tab-${name}` },
      content,
    ),
  );
  const heads = tabs.map(([name], k) =>
    el(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${name}`,
        'aria-controls': `sheet-${name}`,
        onclick: () => show(k),
      },
      page.voice.say(`page.${name}`),
    ),
  );

  function show(chosen) {
    heads.forEach((head, k) => {
      head.setAttribute('aria-selected', String(k === chosen));
      head.tabIndex = k === chosen ? 0 : -1;
      sheets[k].hidden = k !== chosen;
    });
    sheets[chosen].firstElementChild.dispatchEvent(new Event('shown'));
  }

  page.openTab = (name) => show(tabs.findIndex(([each]) => each === name));
  const strip = el('div', { class: 'tabs', role: 'tablist' }, ...heads);
  strip.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = (heads.indexOf(document.activeElement) + step + heads.length) % heads.length;
    show(next);
    heads[next].focus();
  });
  show(0);
  return [strip, ...sheets];
}
