// Online tiles under the map, only where the page was drawn with them (`lxgeo.publish.map.tiles`).

import { el } from './dom.js';

// Krasovsky's ellipsoid, as GCJ-02 has it.
const A = 6378245;
const EE = 0.00669342162296594323;

// WGS 84 to GCJ-02, degrees: where AMap draws what lies at a place.
export function toGcj02(lon, lat) {
  const [x, y] = [lon - 105, lat - 35];
  const wave = (v, ...parts) => parts.reduce((sum, [f, k]) => sum + f * Math.sin((v / k) * Math.PI), 0);
  const short = ((20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2) / 3;
  let east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) + short;
  east += (wave(x, [20, 1], [40, 3], [150, 12], [300, 30]) * 2) / 3;
  let north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) + short;
  north += (wave(y, [20, 1], [40, 3], [160, 12], [320, 30]) * 2) / 3;
  const phi = (lat / 180) * Math.PI;
  const magic = 1 - EE * Math.sin(phi) ** 2;
  const root = Math.sqrt(magic);
  return [
    lon + (east * 180) / ((A / root) * Math.cos(phi) * Math.PI),
    lat + (north * 180) / (((A * (1 - EE)) / (magic * root)) * Math.PI),
  ];
}

// Tiles of a service whose places are shifted: the map's middle is looked up where they have it.
const Shifted = L.TileLayer.extend({
  _getTiledPixelBounds(center) {
    return L.TileLayer.prototype._getTiledPixelBounds.call(this, shifted(center));
  },

  _setZoomTransform(level, center, zoom) {
    L.TileLayer.prototype._setZoomTransform.call(this, level, shifted(center), zoom);
  },
});

function shifted({ lng, lat }) {
  const [lon, north] = toGcj02(lng, lat);
  return L.latLng(north, lon);
}

const LOST_AFTER = 3; // pictures in a row that did not come

export function tiles(page) {
  const { tiles: source } = page.core.notes;
  if (!source) return null;
  const Kind = source.gcj02 ? Shifted : L.TileLayer;
  const pane = page.map.createPane('tiles');
  pane.style.zIndex = 150;
  const told = [source.credit, source.number].map((each) => page.voice.either(each)).join('　');
  const lost = el('span', { class: 'lost', id: 'tiles-lost', role: 'status', hidden: true }, page.voice.say('page.tiles_lost'));
  let missed = 0;

  // Over pictures the vector map is lines alone; where none come it is whole.
  function seen(came) {
    missed = came ? 0 : missed + 1;
    const isLost = missed >= LOST_AFTER;
    if (came || isLost) lost.hidden = !isLost;
    const bare = came || (page.basemap.bare && !isLost);
    if (bare === page.basemap.bare) return;
    page.basemap.bare = bare;
    page.layer.redraw();
  }

  for (const url of source.urls) {
    const settings = { subdomains: source.subdomains, maxNativeZoom: source.deepest, maxZoom: 19 };
    const layer = new Kind(url, { ...settings, pane: 'tiles' });
    layer.on('tileload', () => seen(true));
    layer.on('tileerror', () => seen(false));
    layer.addTo(page.map);
  }
  return el('p', { class: 'credit' }, lost, told);
}
