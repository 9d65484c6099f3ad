// Who belongs to which branch, as the page shows it: the one place where that changes.
//
// A change is {unit, branch, host, outcome}: numbers of unit and branch (-1: none), whether the
// unit hosts, and the outcome's name. `change` takes a list of them, all or none, tells whoever
// listens which branches it touched, and returns the list that would undo it.

export class Plan {
  constructor(units, branches) {
    this.units = units;
    this.branches = branches;
    this.listeners = [];
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  of(unit) {
    const { units } = this;
    return {
      unit,
      branch: units.branch[unit] - 1,
      host: units.host[unit] === 1,
      outcome: units.outcomes[units.after[unit]],
    };
  }

  // Whether a unit stands elsewhere than the plan as it was drawn puts it.
  isMoved(unit) {
    return this.units.branch[unit] !== this.units.planned[unit];
  }

  // Whether a branch has other units, or another host, than the plan as it was drawn.
  isAdjusted(b) {
    const { branches } = this;
    if (b < 0) return false;
    const [now, planned] = [branches.units[b], branches.plannedUnits[b]];
    if (now.length !== planned.length || now.some((i, k) => i !== planned[k])) return true;
    return now.length > 0 && branches.hostOf(b) !== branches.plannedHost[b];
  }

  change(changes) {
    const { units, branches } = this;
    const before = changes.map(({ unit }) => this.of(unit));
    const touched = new Set();
    for (const { unit, branch, host, outcome } of changes) {
      for (const b of [units.branch[unit] - 1, branch]) if (b >= 0) touched.add(b);
      units.branch[unit] = branch + 1;
      units.host[unit] = host ? 1 : 0;
      units.setOutcome(unit, units.outcomes.indexOf(outcome));
    }
    branches.gather([...touched]);
    for (const listener of this.listeners) listener([...touched]);
    return before;
  }

  // Makes room for a branch that nobody proposed; returns its number. It has no units yet.
  found(outcome = 'joint') {
    return this.branches.add(outcome);
  }
}
