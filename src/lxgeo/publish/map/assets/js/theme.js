// Colours of what is drawn, by day and by night; paper is always by day.

const DAY = {
  tints: ['#fbf8f1', '#f3f6f1', '#f6f3f7', '#f0f4f8'],
  chosen: '#a4262c',
  halo: 'rgba(255, 255, 255, 0.88)',
  ring: '#ffffff',
  text: '#28323c',
  host: '#1f2933',
  hollow: '#ffffff',
  rough: '#81460f',
  proposed: '0, 122, 88',
  approved: '0, 98, 160',
  finding: '#b3261e',
  matter: '#6a1b9a',
  names: '#323c46',
  layers: {
    townships: { line: '#a9b3bd', label: '#46525e' },
    villages: { line: '#d3d8dd', label: '#7a838c' },
    parks: { fill: '#dfead8', line: '#a7bf9b', label: '#476b3c' },
    corridors: { fill: '#f3ead9', line: '#d9c7a3', label: '#7d6432' },
    markets: { fill: '#f5e6e0', line: '#d9b5a6', label: '#96604a' },
    blocks: { fill: '#f5e6e0', line: '#d9b5a6', label: '#96604a' },
    roads: { line: '#ffffff', casing: '#d5d8db', label: '#767b80' },
    buildings: { fill: '#d9d2c9', line: '#b4aa9e', label: '#6d6459' },
    hotspots: { fill: 'rgba(230, 120, 20, 0.16)', line: '#c4670f', label: '#9a4c05' },
  },
};

const NIGHT = {
  tints: ['#20262c', '#1e272b', '#23252d', '#1d2730'],
  chosen: '#ff7b72',
  halo: 'rgba(16, 21, 26, 0.9)',
  ring: '#12171c',
  text: '#e8edf2',
  host: '#ffffff',
  hollow: '#171d23',
  rough: '#f0b27a',
  proposed: '64, 200, 160',
  approved: '96, 176, 240',
  finding: '#ff8a80',
  matter: '#d3a4ff',
  names: '#c9d1d9',
  layers: {
    townships: { line: '#57626d', label: '#b4bec8' },
    villages: { line: '#39424b', label: '#808a94' },
    parks: { fill: '#26382a', line: '#4a6b4d', label: '#93bd8a' },
    corridors: { fill: '#38301f', line: '#67573a', label: '#c8aa6c' },
    markets: { fill: '#3a2a24', line: '#694a3d', label: '#d29c84' },
    blocks: { fill: '#3a2a24', line: '#694a3d', label: '#d29c84' },
    roads: { line: '#3b444d', casing: '#2a3138', label: '#8b949e' },
    buildings: { fill: '#3a3733', line: '#5d574f', label: '#b3a898' },
    hotspots: { fill: 'rgba(255, 160, 60, 0.18)', line: '#ffb066', label: '#ffc58f' },
  },
};

// What is drawn with now; `onPaper` overrules the reader's choice.
export class Theme {
  constructor(store) {
    this.store = store;
    this.onPaper = false;
    this.listeners = [];
    this.dark = window.matchMedia('(prefers-color-scheme: dark)');
    this.dark.addEventListener('change', () => this.apply());
    store.on('theme', () => this.apply());
    this.apply();
  }

  get isNight() {
    const chosen = this.store.get('theme');
    return !this.onPaper && (chosen ? chosen === 'dark' : this.dark.matches);
  }

  get ink() {
    return this.isNight ? NIGHT : DAY;
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  apply() {
    document.documentElement.dataset.theme = this.isNight ? 'dark' : 'light';
    for (const listener of this.listeners) listener();
  }
}
