// The adjustments as the list that the planner reads (`lxgeo plan --pins`), and the questions
// that it wants answered: who settled them, by post, when and why.

import { button, el } from './dom.js';
import { csv, save } from './files.js';
import { bodyOf } from './rules.js';

const FIELDS = ['unit_id', 'action', 'other_id', 'why', 'who', 'when'];

// One pin a unit: a branch that was changed or locked leaves whole, each unit locked to its host;
// a unit that was taken out is left out. With `whole`, all others under the bodies concerned stay
// as the map has them too: what they would be planned to anew could differ from the map.
export function pins(page, said, whole) {
  const { branches, units, plan, register, edits } = page;
  const { rules } = edits;
  const listed = [];
  const pin = (unit, action, other) =>
    listed.push({ unit_id: register.unitId(unit), action, other_id: other, ...said });
  const concerned = whole ? bodiesConcerned(page) : new Set();
  for (let b = 0; b < branches.count; b += 1) {
    const along = concerned.has(bodyOf(register.branchTerm('jurisdiction', b)));
    if (!(along || plan.isAdjusted(b) || edits.locked.has(b))) continue;
    const host = branches.hostOf(b);
    const other = rules.isApproved(b) ? register.branchId(b) : host < 0 ? '' : register.unitId(host);
    for (const i of rules.placedIn(b)) pin(i, 'lock', other);
  }
  for (let i = 0; i < units.drawn; i += 1) {
    const out = rules.isMovable(i) && units.branch[i] === 0;
    const along = out && concerned.has(bodyOf(register.term('jurisdiction', i)));
    if (out && (along || plan.isMoved(i))) pin(i, 'leave_out', '');
  }
  return listed;
}

// Who is in charge of whatever was changed or locked.
function bodiesConcerned({ branches, units, plan, register, edits }) {
  const found = new Set();
  for (let b = 0; b < branches.count; b += 1) {
    if (!(plan.isAdjusted(b) || edits.locked.has(b))) continue;
    for (const i of [...branches.units[b], ...branches.plannedUnits[b]]) {
      found.add(bodyOf(register.term('jurisdiction', i)));
    }
  }
  for (let i = 0; i < units.drawn; i += 1) {
    if (plan.isMoved(i)) found.add(bodyOf(register.term('jurisdiction', i)));
  }
  found.delete('');
  return found;
}

export function savingDialog(page, saved) {
  const { voice } = page;
  const answers = ['who', 'why', 'when'].map((name) => {
    const field = el('input', { id: `pin-${name}`, type: 'text', maxLength: 200 });
    return { name, field, row: el('p', {}, el('label', { for: `pin-${name}` }, voice.say(`page.pin_${name}`)), field) };
  });
  const whole = el('input', { type: 'checkbox', id: 'pin-whole', checked: true });
  const told = el('p', { class: 'refused', role: 'alert' });
  const [who, why, when] = answers.map(({ field }) => field);
  const element = el(
    'dialog',
    { class: 'saving', id: 'saving', 'aria-labelledby': 'saving-title' },
    el('h2', { id: 'saving-title' }, voice.say('page.save_pins')),
    el('p', { class: 'note' }, voice.say('page.pin_how')),
    ...answers.map(({ row }) => row),
    el('p', {}, el('label', { class: 'whole' }, whole, voice.say('page.pin_whole'))),
    told,
    el(
      'div',
      { class: 'acts' },
      button(voice.say('page.pin_json'), () => leave('json'), { class: 'quiet strong', id: 'pin-json' }),
      button(voice.say('page.pin_csv'), () => leave('csv'), { class: 'quiet', id: 'pin-csv' }),
      button(voice.say('page.pin_close'), () => element.close(), { class: 'quiet' }),
    ),
  );

  function leave(ending) {
    const missing = !who.value.trim() || !why.value.trim();
    told.textContent = missing ? voice.say('page.pin_missing') : '';
    if (missing) {
      (who.value.trim() ? why : who).focus();
      return;
    }
    const said = { why: why.value.trim(), who: who.value.trim(), when: when.value };
    const listed = pins(page, said, whole.checked);
    const name = `${page.title} ${voice.say('page.pins')}.${ending}`;
    save(name, ending === 'json' ? asJson(page, listed) : asCsv(listed));
    element.close();
    saved(voice.say('page.pin_saved', { n: listed.length }));
  }

  return {
    element,
    open() {
      if (!when.value) when.value = today();
      told.textContent = '';
      element.showModal();
      who.focus();
    },
  };
}

function asJson({ title }, listed) {
  const text = JSON.stringify({ plan: title, pins: listed }, null, 1);
  return new Blob([`${text}\n`], { type: 'application/json' });
}

function asCsv(listed) {
  return csv(FIELDS, listed.map((pin) => FIELDS.map((name) => pin[name])));
}

function today() {
  const now = new Date();
  const two = (n) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
