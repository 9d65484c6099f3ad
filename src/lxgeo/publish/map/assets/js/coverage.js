// Coverage before and after, each rate with its denominator named; one rate is shown by township.

import { el } from './dom.js';

function share([numerator, denominator]) {
  return denominator ? numerator / denominator : null;
}

function bar(before, after) {
  const track = el('span', { class: 'track', 'aria-hidden': 'true' });
  for (const [name, value] of [['after', after], ['before', before]]) {
    const fill = el('span', { class: name });
    fill.style.width = `${100 * (share(value) || 0)}%`;
    track.append(fill);
  }
  return track;
}

function shares(page, before, after) {
  const side = (name, value) => el('span', { class: name }, page.voice.share(share(value)));
  return el('span', { class: 'shares' }, side('before', before), ' → ', side('after', after));
}

// "129 → 864 / 2,952": numerators before and after, over the denominator.
function counts(page, before, after) {
  const [was, will, of] = [before[0], after[0], after[1]].map((n) => page.voice.number(n));
  return el('span', { class: 'counts' }, `${was} → ${will} / ${of}`);
}

export function coverage(page, rates) {
  const { voice, filter, townshipIds } = page;
  const heading = el('h2');
  const over = el('p', { class: 'over' });
  const list = el('ul', { class: 'townships' });
  let rows = [];

  function townshipRow({ id, name, before, after }) {
    const code = townshipIds.indexOf(id) + 1;
    const element = el(
      'button',
      {
        type: 'button',
        class: 'row',
        disabled: code === 0,
        onclick: () => page.showTownship(filter.township === code ? null : code),
      },
      el('span', { class: 'name' }, name === null ? voice.say('page.township_unknown') : name),
      counts(page, before, after),
      shares(page, before, after),
      bar(before, after),
    );
    return { code, element };
  }

  function showRate(chosen) {
    const rate = rates[chosen];
    choices.forEach((choice, k) => choice.setAttribute('aria-pressed', String(k === chosen)));
    heading.textContent = `${voice.say('page.by_township')} · ${voice.say(`rate.${rate.name}`)}`;
    over.textContent = denominator(rate);
    rows = rate.townships.map(townshipRow);
    list.replaceChildren(...rows.map(({ element }) => el('li', {}, element)));
    markTownship();
  }

  function denominator(rate) {
    return `${voice.say('page.denominator')}: ${voice.say(`over.${rate.over}`)}`;
  }

  function markTownship() {
    for (const { code, element } of rows) {
      element.setAttribute('aria-pressed', String(code > 0 && filter.township === code));
    }
  }

  const choices = rates.map((rate, k) =>
    el(
      'button',
      {
        type: 'button',
        class: 'row',
        disabled: !rate.townships.length,
        onclick: () => showRate(k),
      },
      el('span', { class: 'name' }, voice.say(`rate.${rate.name}`)),
      shares(page, rate.before, rate.after),
      bar(rate.before, rate.after),
      el('span', { class: 'over' }, denominator(rate)),
      counts(page, rate.before, rate.after),
    ),
  );
  filter.onChange(markTownship);
  const first = rates.findIndex((rate) => rate.townships.length);
  if (first >= 0) showRate(first);
  const item = (choice) => el('li', {}, choice);
  const isMain = (_, k) => first < 0 || rates[k].townships.length > 0;
  const others = choices.filter((choice, k) => !isMain(choice, k));
  return el(
    'div',
    { class: 'coverage' },
    el('p', { class: 'adjusted-note' }, voice.say('page.adjusted_note')),
    el(
      'p',
      { class: 'bars-key' },
      el('span', { class: 'before' }, voice.say('page.before')),
      el('span', { class: 'after' }, voice.say('page.after')),
    ),
    el('ul', { class: 'rates' }, ...choices.filter(isMain).map(item)),
    first >= 0 ? heading : null,
    first >= 0 ? over : null,
    list,
    others.length ? el('h2', {}, voice.say('page.other_rates')) : null,
    others.length ? el('ul', { class: 'rates others' }, ...others.map(item)) : null,
  );
}
