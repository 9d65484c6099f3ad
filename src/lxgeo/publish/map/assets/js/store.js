// The page's settings in one place: whoever shows one listens, whoever changes one says so here.

export class Store {
  constructor(state) {
    this.state = { ...state };
    this.listeners = [];
  }

  get(key) {
    return this.state[key];
  }

  // Takes new values and tells, once, all that listen to one that changed.
  set(changes) {
    const changed = Object.keys(changes).filter((key) => changes[key] !== this.state[key]);
    if (!changed.length) return;
    Object.assign(this.state, changes);
    for (const { keys, listener } of this.listeners) {
      if (keys.some((key) => changed.includes(key))) listener(this.state);
    }
  }

  on(keys, listener) {
    this.listeners.push({ keys: [].concat(keys), listener });
  }
}
