// The card of what is chosen: a unit with its reason and branch, a branch, or units at one point.

import { branchControls, unitControls } from './adjust.js';
import { el, row, shutButton } from './dom.js';

export function card(page) {
  const element = el('section', { class: 'card', id: 'card', hidden: true, tabIndex: -1 });
  element.setAttribute('aria-live', 'polite');

  function show(content) {
    const shut = shutButton(page.voice, () => page.choose(null), 'close');
    const proviso = el('p', { class: 'proviso' }, page.voice.say('page.proviso'));
    element.replaceChildren(shut, ...content, proviso);
    element.hidden = false;
    element.scrollTop = 0;
  }

  return {
    element,
    refresh() {
      const { chosen } = page;
      if (!chosen) element.hidden = true;
      else if (chosen.pile) show(pileCard(page, chosen.pile));
      else if (chosen.matter !== undefined) show(matterCard(page, chosen.matter));
      else if (chosen.overlay) show(overlayCard(page, chosen));
      else if (chosen.unit >= 0) show(unitCard(page, chosen.unit));
      else show(branchCard(page, chosen.branch, 'h2'));
    },
  };
}

// Pairs of a label and what is known; unknown ones are left out.
function facts(page, pairs) {
  const known = pairs.filter(([, value]) => value !== null && value !== '');
  return el(
    'dl',
    {},
    ...known.flatMap(([name, value]) => [
      el('dt', {}, page.voice.say(`page.${name}`)),
      el('dd', {}, value),
    ]),
  );
}

function persons(page, value) {
  const { voice } = page;
  return value === null ? voice.say('page.unknown') : voice.say('page.persons', { n: value });
}

function length(page, value) {
  return value === null ? null : page.voice.length(value);
}

function label(page, kind, code) {
  return code ? page.voice.say(`${kind}.${code}`) : '';
}

// A trade code with the name of its section.
function trade(page, code) {
  return code ? `${code} ${page.voice.say(`section.${code[0]}`)}` : '';
}

// The divisions that a branch's units work in, each once.
function tradesOf({ register }, members) {
  const codes = members.map((i) => register.term('industry_code', i).slice(0, 3)).filter(Boolean);
  return [...new Set(codes)].sort().join('、');
}

function chip(page, outcome, ...more) {
  const { looks, voice } = page;
  const told = voice.say(`outcome.${outcome}`);
  const said = el('span', { class: 'chip' }, looks.glyph(outcome), told);
  return el('p', { class: 'chips' }, said, ...more);
}

function unitCard(page, i) {
  const { units, voice, register } = page;
  const outcome = units.outcomes[units.outcome[i]];
  const term = (name) => register.term(name, i);
  const proposed = term('proposed_outcome');
  const planned = voice.say(`outcome.${units.outcomes[units.after[i]]}`);
  const finding = term('finding');
  const precision = units.precisions[units.precision[i]];
  const doubt = precision === 'road' ? 'page.position_to_check' : 'page.position_rough';
  const rough = units.rough[i] ? el('span', { class: 'chip rough' }, voice.say(doubt)) : null;
  const parts = [
    el('h2', {}, register.unitName(i)),
    chip(page, outcome, rough),
    page.when === 'before' && outcome === 'unbuilt'
      ? el('p', { class: 'when' }, voice.say('page.once_approved', { outcome: planned }))
      : null,
    el('p', { class: 'reason' }, register.unitReason(i)),
    unitControls(page, i),
    finding ? el('p', { class: 'finding' }, el('b', {}, voice.say('page.finding')), finding) : null,
    facts(page, [
      ['proposed_outcome', proposed && voice.say(`outcome.${proposed}`)],
      ['full_members', persons(page, register.figure('full_members', i))],
      ['trade', trade(page, term('industry_code'))],
      ['level', label(page, 'level', term('level'))],
      ['distance_m', units.host[i] ? null : length(page, register.figure('distance_m', i))],
      ['township', page.townshipName(i)],
      ['park', term('park')],
      ['building', term('building')],
      ['precision', voice.say(`precision.${precision}`)],
      ['approver', term('approver')],
    ]),
  ];
  const branch = units.branch[i] - 1;
  if (branch >= 0) {
    parts.push(el('div', { class: 'of-branch' }, ...branchCard(page, branch, 'h3', i)));
  }
  parts.push(ledgerFacts(page, i));
  return parts.filter(Boolean);
}

// What the ledger says of the unit besides, folded away.
function ledgerFacts(page, i) {
  const { register, voice } = page;
  const term = (name) => register.term(name, i);
  const figure = (name) => persons(page, register.figure(name, i));
  return el(
    'details',
    { class: 'ledger' },
    el('summary', {}, voice.say('page.ledger')),
    facts(page, [
      ['address', register.address(i)],
      ['probationary_members', figure('probationary_members')],
      ['affiliated_members', figure('affiliated_members')],
      ['line', label(page, 'line', term('line'))],
      ['kind', term('kind')],
      ['staff', figure('staff')],
      ['operating_status', label(page, 'operating_status', term('operating_status'))],
      ['credit_code', register.creditCode(i)],
      ['row', register.row(i)],
    ]),
  );
}

function branchCard(page, b, heading, unit = -1) {
  const { register, branches, voice } = page;
  const figure = (name) => register.branchFigure(name, b);
  const households = figure('units');
  const reason = register.branchReason(b);
  const toldAlready = unit >= 0 && register.unitReason(unit) === reason;
  const standing = branches.status[b];
  const status = el('span', { class: `chip ${standing}` }, voice.say(`status.${standing}`));
  const members = branches.units[b].map((i) => memberRow(page, i, i === unit));
  return [
    el(heading, {}, register.branchName(b)),
    chip(page, branches.outcome[b], status),
    page.plan.isAdjusted(b) ? el('p', { class: 'adjusted' }, voice.say('page.adjusted')) : null,
    toldAlready ? null : el('p', { class: 'reason' }, reason),
    branchControls(page, b),
    facts(page, [
      ['unit_count', households === null ? null : voice.say('page.households', { n: households })],
      ['full_members', persons(page, figure('full_members'))],
      ['total_members', persons(page, figure('total_members'))],
      ['mode', label(page, 'mode', register.branchTerm('mode', b))],
      ['span_m', length(page, figure('span_m'))],
      ['max_distance_m', length(page, figure('max_distance_m'))],
      ['trades', tradesOf(page, branches.units[b])],
      ['approver', register.branchTerm('approver', b)],
      ['cost_m', length(page, figure('cost_m'))],
      ['runner_up_cost_m', length(page, figure('runner_up_cost_m'))],
    ]),
    members.length
      ? el(heading === 'h2' ? 'h3' : 'h4', { class: 'sub' }, voice.say('page.members_of_branch'))
      : null,
    members.length ? el('ul', { class: 'members' }, ...members) : null,
  ].filter(Boolean);
}

function memberRow(page, i, current) {
  const { units } = page;
  const line = unitRow(page, i, page.looks.glyph(units.outcomes[units.outcome[i]]));
  if (current) line.setAttribute('aria-current', 'true');
  if (page.branches.leads(i)) line.append(el('span', { class: 'chip' }, page.voice.say('page.host')));
  return el('li', {}, line);
}

// A unit that can be opened, with its full members.
function unitRow(page, i, glyph) {
  const { register } = page;
  const members = persons(page, register.figure('full_members', i));
  return row(glyph, register.unitName(i), members, () => page.choose({ unit: i }));
}

function pileCard(page, { from, to }) {
  const { units, filter, voice } = page;
  const here = [];
  for (let i = from; i < to; i += 1) if (filter.mask[i]) here.push(i);
  const rows = here.map((i) => {
    const hollow = Boolean(units.rough[i]);
    return el('li', {}, unitRow(page, i, page.looks.glyph(units.outcomes[units.outcome[i]], { hollow })));
  });
  return [
    el('h2', {}, voice.say('page.here', { n: here.length })),
    el('ul', { class: 'members' }, ...rows),
  ];
}

// A point that the caller laid over the map.
function overlayCard(page, chosen) {
  const [label, name] = page.overlays.saidOf(chosen, page);
  const [first, ...more] = label.split('\n');
  return [
    el('h2', {}, first),
    el('p', { class: 'chips' }, el('span', { class: 'chip' }, name)),
    ...more.map((text) => el('p', { class: 'reason' }, text)),
  ];
}

// A matter for a superior: what is asked, and which units it concerns.
function matterCard(page, m) {
  const { register, voice, units } = page;
  const { kind, name, asked: told, bodies, units: members } = register.matters[m];
  const full = members.reduce((sum, i) => sum + (register.figure('full_members', i) || 0), 0);
  const leftOut = members.filter((i) => units.outcomes[units.after[i]] === 'left_out').length;
  const findings = members.map((i) => register.term('finding', i)).filter(Boolean);
  const asked =
    told ||
    (kind === 'branch'
      ? [...new Set(findings)].join('；')
      : voice.say('page.matter_divided', { bodies, full, left_out: leftOut }));
  const bodiesNamed = [...new Set(members.map((i) => register.term('approver', i)))];
  return [
    el('h2', {}, name),
    el('p', { class: 'chips' }, el('span', { class: 'chip matter' }, voice.say('page.matters'))),
    el('p', { class: 'reason' }, asked),
    facts(page, [
      ['unit_count', voice.say('page.households', { n: members.length })],
      ['full_members', persons(page, full)],
      ['approver', bodiesNamed.filter(Boolean).join('、')],
    ]),
    el('h3', { class: 'sub' }, voice.say('page.units_concerned')),
    el('ul', { class: 'members' }, ...members.map((i) => memberRow(page, i, false))),
  ];
}
