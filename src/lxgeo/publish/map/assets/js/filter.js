// Which units are shown: by outcome and by township, with live counts.

export class Filter {
  constructor(units, townshipIds) {
    this.units = units;
    this.townshipIds = townshipIds;
    this.on = new Uint8Array(units.outcomes.length).fill(1);
    this.township = null; // null: all; else a code as in units.township, 0 for unknown
    this.mask = new Uint8Array(units.count);
    this.listeners = [];
    this.apply();
  }

  get townshipId() {
    return this.township ? this.townshipIds[this.township - 1] : null;
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  showOutcome(code, shown) {
    this.on[code] = shown ? 1 : 0;
    this.change();
  }

  showOnly(code) {
    this.on.fill(0);
    this.showOutcome(code, true);
  }

  showTownship(township) {
    this.township = township;
    this.change();
  }

  showAll() {
    this.on.fill(1);
    this.showTownship(null);
  }

  change() {
    this.apply();
    for (const listener of this.listeners) listener();
  }

  inTownship(i) {
    return this.township === null || this.units.township[i] === this.township;
  }

  apply() {
    const { units, on, mask } = this;
    this.counts = new Uint32Array(on.length); // by outcome, whether shown or not
    this.total = 0;
    this.shown = 0;
    this.shownUndrawn = 0;
    for (let i = 0; i < units.count; i += 1) {
      const outcome = units.outcome[i];
      const here = this.inTownship(i);
      mask[i] = here && on[outcome] ? 1 : 0;
      if (!here) continue;
      this.total += 1;
      this.counts[outcome] += 1;
      if (!mask[i]) continue;
      this.shown += 1;
      if (i >= units.drawn) this.shownUndrawn += 1;
    }
  }
}
