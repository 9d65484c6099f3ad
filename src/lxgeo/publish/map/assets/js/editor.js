// Changing the plan: the bar above the map, dragging a unit into another branch, undo and redo.

import { button, el } from './dom.js';
import { Edits } from './edits.js';
import { keeping } from './keeping.js';
import { savingDialog } from './pins.js';
import { isWithin } from './rings.js';

const MOVED = 5; // px that tell a drag from a click

// Null where the page was drawn without rules: nothing could be checked then.
export function editor(page) {
  if (!page.register.rules || page.register.limit(0) === null) return null;
  const { store, voice, map } = page;
  const edits = new Edits(page);
  page.edits = edits;
  const count = el('strong', { class: 'adjusted', id: 'adjusted' });
  const said = el('p', { class: 'said', role: 'status', id: 'edit-said' });
  const kept = el('p', { class: 'kept', id: 'kept', hidden: true });
  const walks = page.register.rules.distance === 'walk';
  const walking = el('p', { class: 'note', hidden: !walks }, voice.say('page.walked'));
  const saving = savingDialog(page, (text) => tell(text, false));
  const act = (key, run) => button(voice.say(`page.${key}`), run, { class: 'quiet', id: key });
  const acts = {
    undo: act('undo', () => step('undo')),
    redo: act('redo', () => step('redo')),
    save: button(voice.say('page.save_pins'), () => saving.open(), { class: 'quiet strong', id: 'save-pins' }),
    discard: act('discard', discard),
    done: act('done', () => store.set({ tool: null })),
  };
  const bar = el('div', { class: 'acts', role: 'group', 'aria-label': voice.say('page.edit') }, ...Object.values(acts));
  const element = el(
    'section',
    { class: 'editing', id: 'editing', hidden: true, 'aria-label': voice.say('page.edit') },
    count, bar, walking, said, kept, saving.element,
  );

  function isOn() {
    return store.get('tool') === 'edit';
  }

  function tell(text, refused) {
    said.textContent = text;
    said.classList.toggle('refused', refused);
  }

  function step(way) {
    const label = edits[way]();
    if (label) tell(voice.say(`page.did_${way}`, { label }), false);
  }

  function discard() {
    edits.discard();
    kept.hidden = true;
    tell(voice.say('page.did_discard'), false);
  }

  page.tellEdit = tell;
  page.tryStep = (tried, label) => {
    const made = edits.make(tried, label);
    const why = [...new Set(tried.refused)].join('；');
    tell(made ? label : voice.say('page.refused', { why }), !made);
    return made;
  };

  function refresh() {
    const n = edits.at;
    const on = isOn();
    element.hidden = !on && !n && kept.hidden;
    bar.hidden = !on;
    said.hidden = !on;
    walking.hidden = !on || !walks;
    count.hidden = !n && !on;
    count.textContent = n ? voice.say('page.adjusted_n', { n }) : voice.say('page.edit_how');
    acts.undo.disabled = !edits.canUndo;
    acts.redo.disabled = !edits.canRedo;
    acts.discard.disabled = !edits.log.length;
    acts.save.disabled = !n;
    document.body.classList.toggle('is-adjusted', n > 0);
    map.getContainer().classList.toggle('changing', on);
    if (page.chosen) page.choose(again(page));
  }

  const back = keeping(page);
  if (back) {
    const away = button(voice.say('page.discard'), discard, { class: 'quiet', id: 'discard-kept' });
    kept.append(voice.say('page.kept', { n: edits.at }), ' ', away);
    kept.hidden = false;
  }
  if (page.notKept) {
    kept.append(el('span', {}, voice.say('page.not_kept')));
  }
  edits.onChange(refresh);
  store.on('tool', () => {
    if (isOn()) store.set({ when: 'after' });
    if (isOn() && page.notKept) kept.hidden = false;
    refresh();
  });
  document.addEventListener('keydown', (event) => {
    if (!isOn() || !(event.ctrlKey || event.metaKey) || isWriting(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === 'z') step(event.shiftKey ? 'redo' : 'undo');
    else if (key === 'y') step('redo');
    else return;
    event.preventDefault();
  });
  refresh();
  return [element, carrying(page, isOn, tell)];
}

function isWriting({ tagName, type }) {
  return tagName === 'TEXTAREA' || (tagName === 'INPUT' && type !== 'checkbox');
}

// What was chosen, after a step: a branch that has no units any more is let go.
function again({ chosen, branches }) {
  if (chosen.unit >= 0) return { unit: chosen.unit };
  if (chosen.pile) return { pile: chosen.pile };
  if (chosen.matter !== undefined) return { matter: chosen.matter };
  if (chosen.overlay) return { overlay: chosen.overlay, feature: chosen.feature };
  return branches.units[chosen.branch].length || branches.placed[chosen.branch] ? { branch: chosen.branch } : null;
}

// A unit under the pointer is taken along until it is let go over a unit or a branch.
function carrying(page, isOn, tell) {
  const { map, layer, voice, register, edits } = page;
  const label = el('div', { class: 'tip carried', hidden: true });
  let carried = null; // {unit, from, moved}
  let dropped = false;

  map.on('mousedown', ({ containerPoint }) => {
    if (!isOn()) return;
    const disc = layer.hit(containerPoint);
    const single = disc && disc.from !== undefined && !disc.pile && !disc.cluster;
    if (!single || !edits.rules.isMovable(disc.from)) return;
    carried = { unit: disc.from, from: containerPoint, moved: false };
    map.dragging.disable();
  });
  map.on('mousemove', ({ containerPoint: at }) => {
    if (!carried) return;
    carried.moved = carried.moved || at.distanceTo(carried.from) > MOVED;
    label.hidden = !carried.moved;
    label.style.transform = `translate(${at.x + 14}px, ${at.y + 14}px)`;
    const { said, refused } = offered(carried.unit, at);
    label.textContent = `${register.unitName(carried.unit)} → ${said}`;
    label.classList.toggle('refused', refused);
  });
  document.addEventListener('mouseup', (event) => {
    if (!carried) return;
    const { unit, moved } = carried;
    letGo();
    if (!moved) return;
    dropped = true;
    setTimeout(() => (dropped = false), 0);
    const { step, label: done, said } = offered(unit, map.mouseEventToContainerPoint(event));
    if (step) page.tryStep(step, done);
    else tell(said, true);
  });
  map.on('click', ({ containerPoint }) => {
    if (!isOn() || dropped) return;
    const disc = layer.hit(containerPoint);
    if (disc) page.openDisc(disc);
    else page.choose(null);
  });
  page.store.on('tool', () => carried && letGo());
  return label;

  // Nothing is carried any more, and the map can be moved again.
  function letGo() {
    carried = null;
    label.hidden = true;
    map.dragging.enable();
  }

  // What letting go here would do: {step, label, said, refused}; without a step, why there is none.
  function offered(unit, at) {
    const disc = layer.hit(at);
    const over = disc && disc.from !== undefined && !disc.cluster ? branchOver(page, disc, unit) : -1;
    const b = disc && disc.branch !== undefined ? disc.branch : over >= 0 ? over : branchAt(page, at);
    const lone = disc && disc.from !== undefined && !disc.pile && disc.from !== unit && b < 0;
    if (lone && edits.rules.isMovable(disc.from)) {
      const name = register.unitName(unit);
      return verdict(edits.founding([unit, disc.from]), voice.say('page.found_new'), voice.say('page.did_found', { name }));
    }
    if (b < 0) return { said: voice.say('page.dropped_nowhere'), refused: true };
    const [name, branch] = [register.unitName(unit), register.branchName(b)];
    return verdict(edits.moving(unit, b), branch, voice.say('page.did_move', { name, branch }));
  }

  function verdict(step, target, done) {
    const why = step.refused[0];
    return { step, label: done, said: why ? `${target}：${why}` : target, refused: Boolean(why) };
  }
}

// The branch of the units at a disc, but for the one carried; -1 where there is none, or several.
function branchOver({ units }, { from, to }, carried) {
  const found = new Set();
  for (let i = from; i < to; i += 1) if (i !== carried) found.add(units.branch[i] - 1);
  return found.size === 1 ? [...found][0] : -1;
}

// The branch whose outline holds a point of the map's window; the smallest of several.
function branchAt(page, at) {
  const { map, branches, scene } = page;
  const world = page.worldOf(map.containerPointToLatLng(at));
  let [best, least] = [-1, Infinity];
  for (let b = 0; b < branches.count; b += 1) {
    if (branches.units[b].length < 2 || !scene.stands(b)) continue;
    const { hull, box } = branches.outline(b);
    if (world.x < box.x0 || world.x > box.x1 || world.y < box.y0 || world.y > box.y1) continue;
    const size = (box.x1 - box.x0) * (box.y1 - box.y0);
    if (size < least && isWithin([hull], world.x, world.y)) [best, least] = [b, size];
  }
  return best;
}
