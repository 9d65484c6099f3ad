// What is known of units and branches in words: the second part of the block, read by name.

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
    return this.texts.term(`unit.${name}`, i);
  }

  figure(name, i) {
    const { texts, page } = this;
    if (name === 'full_members') return page.core.figure('unit.full_members', i);
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

  unitReason(i) {
    const own = this.texts.get('unit.reason')[i];
    const branch = this.page.units.planned[i] - 1;
    return own || (branch < 0 ? '' : this.branchReason(branch));
  }

  branchName(b) {
    return this.around('branch.name', b);
  }

  branchReason(b) {
    return this.around('branch.reason', b);
  }

  branchId(b) {
    return this.texts.get('branch.branch_id')[b];
  }

  branchFigure(name, b) {
    return this.texts.figure(`branch.${name}`, b);
  }

  branchTerm(name, b) {
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

  // What only a superior can decide: {kind, name, bodies, units}.
  get matters() {
    return this.once('matters', () => {
      const { texts } = this;
      const kinds = ['building', 'park', 'branch'];
      const all = texts.get('matter.units');
      let at = 0;
      return texts.get('matter.name').map((name, m) => {
        const from = at;
        at += texts.get('matter.ends')[m];
        const units = Array.from(all.slice(from, at));
        const kind = kinds[texts.get('matter.kind')[m]];
        return { kind, name, bodies: texts.get('matter.bodies')[m], units };
      });
    });
  }
}
