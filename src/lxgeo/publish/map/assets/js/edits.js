// What the planner changes by hand: each step is checked before it is made, and can be undone.

import { Rules } from './rules.js';

export class Edits {
  constructor(page) {
    this.page = page;
    this.rules = new Rules(page);
    this.log = []; // {label, forward, back, locks: [[branch, before, after]], founded}
    this.at = 0; // steps of the log that are in force
    this.locked = new Set(); // branches that nobody may touch until they are unlocked
    this.listeners = [];
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  tell() {
    for (const listener of this.listeners) listener();
  }

  get canUndo() {
    return this.at > 0;
  }

  get canRedo() {
    return this.at < this.log.length;
  }

  // Steps, as {refused: [why]} or {drafts, moved}; `b` -1 leaves the unit out.
  moving(unit, b) {
    const { plan, voice } = this.page;
    if (!this.rules.isMovable(unit)) return refuse(voice.say('page.no_movable'));
    const from = plan.of(unit).branch;
    if (from === b) return refuse(voice.say(b < 0 ? 'page.no_out_already' : 'page.no_there_already'));
    const drafts = [];
    if (from >= 0) drafts.push(this.without(from, [unit]));
    if (b >= 0) drafts.push({ b, members: [...this.rules.placedIn(b), unit], host: this.hostOf(b) });
    return this.checked(drafts, b < 0 ? [unit] : []);
  }

  founding(members) {
    const { plan, voice } = this.page;
    if (!members.every((i) => this.rules.isMovable(i))) return refuse(voice.say('page.no_movable'));
    const leaving = new Map();
    for (const i of members) {
      const { branch } = plan.of(i);
      if (branch >= 0) leaving.set(branch, [...(leaving.get(branch) || []), i]);
    }
    const drafts = [...leaving].map(([b, gone]) => this.without(b, gone));
    const best = this.rules.bestHost(members);
    return this.checked([...drafts, { b: -1, members, host: best < 0 ? members[0] : best }], []);
  }

  dissolving(b) {
    return this.checked([{ b, members: [], host: -1 }], this.rules.placedIn(b));
  }

  hosting(unit) {
    const { plan, voice } = this.page;
    const { branch, host } = plan.of(unit);
    if (branch < 0 || this.rules.isApproved(branch)) return refuse(voice.say('page.no_host'));
    if (host) return refuse(voice.say('page.no_host_already'));
    return this.checked([{ b: branch, members: this.rules.placedIn(branch), host: unit }], []);
  }

  // A branch without some of its units; where its host goes, the cheapest of the rest takes over.
  without(b, gone) {
    const members = this.rules.placedIn(b).filter((i) => !gone.includes(i));
    if (this.rules.isApproved(b)) return { b, members, host: -1, left: true };
    const host = this.hostOf(b);
    if (!gone.includes(host)) return { b, members, host, left: true };
    const best = this.rules.bestHost(members);
    return { b, members, host: best < 0 && members.length ? members[0] : best, left: true };
  }

  hostOf(b) {
    return this.rules.isApproved(b) ? -1 : this.page.branches.hostOf(b);
  }

  checked(drafts, out) {
    const { register, voice } = this.page;
    const refused = drafts.flatMap(({ b, members, host, left }) => {
      const name = b >= 0 ? register.branchName(b) : '';
      if (this.locked.has(b)) return [voice.say('page.no_locked', { name })];
      if (!members.length) return [];
      const faults = this.rules.faults({ members, host, b });
      return left ? faults.map((why) => voice.say('page.no_left', { name, why })) : faults;
    });
    return refused.length ? { refused } : { refused, drafts, out };
  }

  // Makes a step that was not refused; returns whether it was made.
  make(step, label) {
    if (step.refused.length) return false;
    const { plan, branches } = this.page;
    const forward = step.out.map((unit) => ({ unit, branch: -1, host: false, outcome: 'left_out' }));
    let founded = 0;
    for (const { b, members, host } of step.drafts) {
      const branch = b >= 0 ? b : branches.count + founded;
      if (b < 0) founded += 1;
      const outcome = b >= 0 && this.rules.isApproved(b) && branches.outcome[b] === 'standalone' ? 'attached' : 'joint';
      for (const unit of members) {
        const [is, will] = [plan.of(unit), { unit, branch, host: unit === host, outcome }];
        if (Object.keys(will).some((key) => is[key] !== will[key])) forward.push(will);
      }
    }
    this.enter({ label, forward, locks: [], founded });
    return true;
  }

  setLock(b, on, label) {
    if (this.locked.has(b) === on) return;
    this.enter({ label, forward: [], locks: [[b, !on, on]], founded: 0 });
  }

  enter(entry) {
    this.log.length = this.at;
    this.log.push(entry);
    this.redo();
  }

  redo() {
    if (!this.canRedo) return null;
    const { plan } = this.page;
    const entry = this.log[this.at];
    if (!entry.made) for (let k = 0; k < entry.founded; k += 1) plan.found();
    entry.made = true;
    this.at += 1;
    this.setLocks(entry.locks.map(([b, , on]) => [b, on]));
    entry.back = entry.forward.length ? plan.change(entry.forward) : [];
    this.tell();
    return entry.label;
  }

  undo() {
    if (!this.canUndo) return null;
    this.at -= 1;
    const entry = this.log[this.at];
    this.setLocks(entry.locks.map(([b, was]) => [b, was]));
    if (entry.back.length) this.page.plan.change(entry.back);
    this.tell();
    return entry.label;
  }

  setLocks(changes) {
    for (const [b, on] of changes) {
      if (on) this.locked.add(b);
      else this.locked.delete(b);
    }
  }

  discard() {
    while (this.canUndo) this.undo();
    this.log = [];
    this.tell();
  }
}

function refuse(why) {
  return { refused: [why] };
}
