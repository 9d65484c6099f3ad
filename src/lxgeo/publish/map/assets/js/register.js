// What is known of units and branches in words: the second part of the block, read by name.

import { metresBetween } from './metric.js';

export class Register {
  constructor(page, texts) {
    this.page = page;
    this.texts = texts;
    this.made = new Map();
  }

  // A column that is worked out from others, once.
  once(key, make) {
    if (!this.made.has(key)) this.made.set(key, make());
    return this.made.get(key);
  }

  get unitNames() {
    return this.texts.get('unit.name');
  }

  unitName(i) {
    return this.unitNames[i] || this.page.voice.say('page.unnamed');
  }

  creditCode(i) {
    return this.texts.get('unit.credit_code')[i];
  }

  unitId(i) {
    return this.texts.get('unit.unit_id')[i] || this.creditCode(i);
  }

  // The ledger's row, as "sheet!row".
  row(i) {
    const place = this.texts.get('unit.place')[i];
    const sheet = this.texts.term('row.sheet', place);
    const number = this.texts.get('row.number')[place];
    return number ? `${sheet}!${number}` : sheet;
  }

  address(i) {
    return this.texts.get('unit.address')[i];
  }

  term(name, i) {
    if (name === 'mode' && this.page.plan.isMoved(i)) return '';
    if (name === 'finding') return this.finding(i);
    return this.texts.term(`unit.${name}`, i);
  }

  finding(i) {
    const code = this.texts.get('unit.finding')[i];
    const other = this.page.language && this.texts.has('unit.finding.other') ? 'other' : 'values';
    return code ? this.texts.get(`unit.finding.${other}`)[code - 1] : '';
  }

  figure(name, i) {
    const { texts, page } = this;
    if (name === 'full_members') return page.core.figure('unit.full_members', i);
    if (name === 'distance_m' && page.plan.isAdjusted(page.units.branch[i] - 1)) return this.toHost(i);
    if (name === 'distance_m' && page.plan.isMoved(i)) return null;
    return texts.figure(`unit.${name}`, i);
  }

  // All members known of a unit: full ones, and those on probation where their number is known.
  totalMembers(i) {
    const full = this.figure('full_members', i);
    return full === null ? null : full + (this.figure('probationary_members', i) || 0);
  }

  // How far a unit may lie from its host, metres; null where the page was drawn without rules.
  limit(i) {
    return this.texts.has('unit.limit_m') ? Number(this.term('limit_m', i)) : null;
  }

  // The rules' thresholds and weights by name, as in the policy; null where there are none.
  get rules() {
    return this.texts.notes.rules;
  }

  // Metres from a unit to its host, where the branch was changed by hand.
  toHost(i) {
    const { units, branches } = this.page;
    const b = units.branch[i] - 1;
    if (units.host[i] || i >= units.drawn || !branches.placed[b]) return null;
    const [from, to] = [units, branches].map((all, k) => ({ x: all.x[k ? b : i], y: all.y[k ? b : i] }));
    return Math.round(metresBetween(from, to));
  }

  unitReason(i) {
    const { plan, units, voice } = this.page;
    if (plan.isMoved(i)) return voice.say(units.branch[i] ? 'page.moved_in' : 'page.moved_out');
    if (plan.isAdjusted(units.branch[i] - 1)) return voice.say('page.moved_beside');
    const own = this.texts.get('unit.reason').text(i, this.page.language);
    const branch = this.page.units.planned[i] - 1;
    return own || (branch < 0 ? '' : this.branchReason(branch));
  }

  branchName(b) {
    const { branches, voice } = this.page;
    if (b < branches.drawn) return this.around('branch.name', b);
    const host = branches.hostOf(b);
    return voice.say('page.new_branch', { name: host < 0 ? '' : this.unitName(host) });
  }

  branchReason(b) {
    const { plan, branches, voice } = this.page;
    if (plan.isAdjusted(b)) return voice.say('page.adjusted_branch');
    if (b >= branches.drawn) return '';
    const names = branches.plannedUnits[b].map((i) => this.unitNames[i]);
    return this.texts.get('branch.reason').text(b, this.page.language, names);
  }

  branchId(b) {
    return this.texts.get('branch.branch_id')[b] || '';
  }

  // A figure of a branch; one that was changed by hand has no proved cost.
  branchFigure(name, b) {
    if (name !== 'max_distance_m' && this.page.plan.isAdjusted(b)) return this.adjusted(name, b);
    return this.texts.figure(`branch.${name}`, b);
  }

  adjusted(name, b) {
    const { branches } = this.page;
    if (name === 'span_m') return this.span(branches.units[b]);
    const counted = this.counted(b, branches.units[b]);
    return name in counted ? counted[name] : null;
  }

  // Units and members of a branch as it was drawn, were these its units; null where unknown.
  counted(b, members) {
    const { branches } = this.page;
    const kept = { units: () => 1, full_members: (i) => this.figure('full_members', i), total_members: (i) => this.totalMembers(i) };
    const sum = (list, of) => list.reduce((all, i) => all + (of(i) || 0), 0);
    const told = Object.entries(kept).map(([name, of]) => {
      const drawn = b < branches.drawn ? this.texts.figure(`branch.${name}`, b) : 0;
      return [name, drawn === null ? null : drawn - sum(branches.plannedUnits[b], of) + sum(members, of)];
    });
    return Object.fromEntries(told);
  }

  span(members) {
    const { units } = this.page;
    const points = members.filter((i) => i < units.drawn).map((i) => ({ x: units.x[i], y: units.y[i] }));
    if (points.length < 2) return null;
    return Math.round(Math.max(...points.flatMap((a) => points.map((b) => metresBetween(a, b)))));
  }

  branchTerm(name, b) {
    if (b >= this.page.branches.drawn) {
      const host = this.page.branches.hostOf(b);
      return host < 0 || name === 'mode' ? '' : this.term(name, host);
    }
    return this.texts.term(`branch.${name}`, b);
  }

  // A sentence that holds, where it does, the name of the branch's host in its middle.
  around(name, b) {
    const [before, named, after] = this.texts.get(name);
    if (!named[b]) return before[b];
    return before[b] + this.unitNames[this.page.branches.plannedHost[b]] + after[b];
  }

  // All units' numbers in the order of the ledger.
  get byLedger() {
    return this.once('byLedger', () => {
      const order = new Array(this.page.units.count);
      this.texts.get('unit.place').forEach((place, i) => (order[place] = i));
      return order;
    });
  }

  // What only a superior can decide: {kind, name, asked, bodies, units}.
  get matters() {
    return this.once('matters', () => {
      const { texts } = this;
      const kinds = ['building', 'park', 'branch', 'unit'];
      const all = texts.get('matter.units');
      let at = 0;
      return texts.get('matter.name').map((name, m) => {
        const from = at;
        at += texts.get('matter.ends')[m];
        const units = Array.from(all.slice(from, at));
        const kind = kinds[texts.get('matter.kind')[m]];
        const asked = texts.get(this.page.language ? 'matter.other' : 'matter.asked')[m];
        return { kind, name, asked, bodies: texts.get('matter.bodies')[m], units };
      });
    });
  }
}
