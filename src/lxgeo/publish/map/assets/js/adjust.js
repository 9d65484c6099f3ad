// What the card offers while the plan is being changed: the same steps as by dragging.

import { button, el } from './dom.js';

const MOST_OFFERED = 14;
const MOST_NEAR = 24;
const REACH = 0.0004; // of the world, more than any distance limit

// Controls for a unit that the planner places.
export function unitControls(page, i) {
  const { edits, voice, plan } = page;
  if (!isEditing(page)) return null;
  if (!edits.rules.isMovable(i)) return el('p', { class: 'note adjust' }, voice.say('page.no_movable'));
  const parts = [moveChoice(page, i)];
  const acts = [button(voice.say('page.found_new'), () => openChecklist(page, i, element), { class: 'quiet', 'data-act': 'found' })];
  const { branch, host } = plan.of(i);
  if (branch >= 0) {
    acts.unshift(act(page, 'take_out', () => edits.moving(i, -1), i));
    if (!host && !edits.rules.isApproved(branch)) acts.unshift(act(page, 'make_host', () => edits.hosting(i), i));
  }
  const element = el('div', { class: 'adjust' }, ...parts.filter(Boolean), el('div', { class: 'acts' }, ...acts));
  return element;
}

// Controls for a branch that holds units which the planner placed.
export function branchControls(page, b) {
  const { edits, voice, register } = page;
  if (!isEditing(page) || !edits.rules.placedIn(b).length) return null;
  const on = edits.locked.has(b);
  const name = register.branchName(b);
  const key = on ? 'unlock' : 'lock';
  const lock = button(voice.say(`page.${key}`), () => {
    edits.setLock(b, !on, voice.say(`page.did_${key}`, { name }));
    page.tellEdit(voice.say(`page.did_${key}`, { name }), false);
  }, { class: 'quiet', 'data-act': 'lock', 'aria-pressed': String(on) });
  const dissolve = button(voice.say('page.dissolve'), () => {
    page.tryStep(edits.dissolving(b), voice.say('page.did_dissolve', { name }));
  }, { class: 'quiet', 'data-act': 'dissolve' });
  return el('div', { class: 'adjust' }, el('div', { class: 'acts' }, lock, dissolve));
}

function isEditing(page) {
  return page.edits && page.store.get('tool') === 'edit';
}

function act(page, key, step, i) {
  const { voice, register } = page;
  const run = () => page.tryStep(step(), voice.say(`page.did_${key}`, { name: register.unitName(i) }));
  return button(voice.say(`page.${key}`), run, { class: 'quiet', 'data-act': key });
}

// Branches near a unit, the nearest first; those that a rule forbids say so.
function moveChoice(page, i) {
  const { edits, voice, register } = page;
  const near = branchesNear(page, i);
  if (!near.length) return el('p', { class: 'note' }, voice.say('page.none_near'));
  const choice = el('select', { id: 'move-to', 'aria-label': voice.say('page.move_to') });
  for (const { b, away } of near) {
    const { refused } = edits.moving(i, b);
    const length = voice.length(Math.round(away));
    const key = refused.length ? 'page.option_not' : 'page.option';
    const said = voice.say(key, { name: register.branchName(b), length });
    choice.append(el('option', { value: String(b) }, said));
  }
  const move = button(voice.say('page.move'), () => {
    const b = Number(choice.value);
    const figures = { name: register.unitName(i), branch: register.branchName(b) };
    page.tryStep(edits.moving(i, b), voice.say('page.did_move', figures));
  }, { class: 'quiet strong', 'data-act': 'move' });
  return el('div', { class: 'move' }, el('label', { for: 'move-to' }, voice.say('page.move_to')), choice, move);
}

function branchesNear(page, i) {
  const { edits, branches, plan } = page;
  const { rules } = edits;
  const own = plan.of(i).branch;
  const found = [];
  for (let b = 0; b < branches.count; b += 1) {
    if (b === own || !branches.placed[b] || !['joint', 'standalone'].includes(branches.outcome[b])) continue;
    if (!rules.isApproved(b) && !rules.placedIn(b).length) continue;
    const site = rules.siteOf(rules.isApproved(b) ? -1 : branches.hostOf(b), b);
    if (!rules.linesAgree(rules.siteOf(i), site)) continue;
    found.push({ b, away: rules.metres(i, rules.isApproved(b) ? -1 : branches.hostOf(b), b) });
  }
  found.sort((one, other) => one.away - other.away || one.b - other.b);
  return found.slice(0, MOST_OFFERED);
}

// Units around, to be ticked: together with the one chosen they make a new branch.
function checklist(page, i) {
  const { edits, voice, register } = page;
  const near = unitsNear(page, i);
  const told = el('p', { class: 'refused', role: 'status' });
  const boxes = near.map(({ unit, away }) => {
    const box = el('input', { type: 'checkbox', value: String(unit), onchange: check });
    const beside = `${voice.say('page.persons', { n: register.figure('full_members', unit) })} · ${voice.length(Math.round(away))}`;
    return { box, row: el('li', {}, el('label', {}, box, el('span', { class: 'name' }, register.unitName(unit)), el('span', { class: 'why' }, beside))) };
  });
  const members = () => [i, ...boxes.filter(({ box }) => box.checked).map(({ box }) => Number(box.value))];
  function check() {
    told.textContent = edits.founding(members()).refused.slice(0, 2).join('；');
  }
  const found = button(voice.say('page.found'), () => {
    page.tryStep(edits.founding(members()), voice.say('page.did_found', { name: register.unitName(i) }));
  }, { class: 'quiet strong', 'data-act': 'found-now' });
  check();
  return el(
    'fieldset',
    { class: 'founding', id: 'founding' },
    el('legend', {}, voice.say('page.found_with')),
    el('ul', {}, ...boxes.map(({ row }) => row)),
    told,
    found,
  );
}

function openChecklist(page, i, element) {
  const open = element.querySelector('.founding');
  if (open) open.remove();
  else element.append(checklist(page, i));
}

function unitsNear(page, i) {
  const { edits, units, register } = page;
  const { rules } = edits;
  const here = rules.siteOf(i);
  const found = [];
  for (let unit = 0; unit < units.drawn; unit += 1) {
    if (unit === i || !rules.isMovable(unit)) continue;
    if (Math.abs(units.x[unit] - units.x[i]) > REACH || Math.abs(units.y[unit] - units.y[i]) > REACH) continue;
    if (!rules.linesAgree(rules.siteOf(unit), here)) continue;
    const away = rules.metres(unit, i, -1);
    if (away <= Math.min(register.limit(unit), here.limit)) found.push({ unit, away });
  }
  found.sort((one, other) => one.away - other.away || one.unit - other.unit);
  return found.slice(0, MOST_NEAR);
}
