// Which units are shown: by outcome, by township and by what else is chosen, with live counts.

export class Filter {
  constructor(units, townshipIds) {
    this.units = units;
    this.townshipIds = townshipIds;
    this.on = new Uint8Array(units.outcomes.length).fill(1);
    this.township = null; // null: all; else a code as in units.township, 0 for unknown
    this.facets = new Map(); // name → {codes, value}: units whose code is the value
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

  // Units whose entry in `codes` is the value; null takes the choice back.
  showFacet(name, codes, value) {
    if (value === null) this.facets.delete(name);
    else this.facets.set(name, { codes, value });
    this.change();
  }

  facet(name) {
    const chosen = this.facets.get(name);
    return chosen ? chosen.value : null;
  }

  // Whether anything at all is kept back.
  get narrowed() {
    return this.township !== null || this.facets.size > 0 || this.on.includes(0);
  }

  showAll() {
    this.on.fill(1);
    this.facets.clear();
    this.showTownship(null);
  }

  change() {
    this.apply();
    for (const listener of this.listeners) listener();
  }

  // Whether a unit is among those that are counted, whatever its outcome.
  isHere(i) {
    return this.here[i] === 1;
  }

  apply() {
    const { units, on, mask } = this;
    this.here = this.chosenHere();
    const { here } = this;
    this.counts = new Uint32Array(on.length); // by outcome, whether shown or not
    this.total = 0;
    this.shown = 0;
    this.shownUndrawn = 0;
    for (let i = 0; i < units.count; i += 1) {
      const outcome = units.outcome[i];
      mask[i] = here[i] & on[outcome];
      if (!here[i]) continue;
      this.total += 1;
      this.counts[outcome] += 1;
      if (!mask[i]) continue;
      this.shown += 1;
      if (i >= units.drawn) this.shownUndrawn += 1;
    }
  }

  chosenHere() {
    const { units, township } = this;
    const here = new Uint8Array(units.count).fill(1);
    const narrow = (codes, value) => {
      for (let i = 0; i < units.count; i += 1) if (codes[i] !== value) here[i] = 0;
    };
    if (township !== null) narrow(units.township, township);
    for (const { codes, value } of this.facets.values()) narrow(codes, value);
    return here;
  }
}
