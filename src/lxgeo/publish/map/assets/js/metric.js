// Metres between two points as the planner measures them: straight on the Gauss-Krüger plane of
// the 3-degree zone (CGCS2000 ellipsoid, Krüger's series to the third order, below a millimetre).

const SEMI_MAJOR = 6378137;
const FLATTENING = 1 / 298.257222101;
const N = FLATTENING / (2 - FLATTENING);
const RADIUS = (SEMI_MAJOR / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
const SERIES = [
  N / 2 - (2 * N ** 2) / 3 + (5 * N ** 3) / 16,
  (13 * N ** 2) / 48 - (3 * N ** 3) / 5,
  (61 * N ** 3) / 240,
];
const ECCENTRICITY = (2 * Math.sqrt(N)) / (1 + N);

// Longitude and latitude in degrees of a point of the unit square of web Mercator.
export function fromWorld({ x, y }) {
  return [(x - 0.5) * 360, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI];
}

// Metres east and north of a meridian's foot on the equator.
export function plane(lon, lat, meridian) {
  const sine = Math.sin((lat * Math.PI) / 180);
  const turn = ((lon - meridian) * Math.PI) / 180;
  const t = Math.sinh(Math.atanh(sine) - ECCENTRICITY * Math.atanh(ECCENTRICITY * sine));
  const xi = Math.atan2(t, Math.cos(turn));
  const eta = Math.atanh(Math.sin(turn) / Math.sqrt(1 + t * t));
  let [east, north] = [eta, xi];
  SERIES.forEach((a, k) => {
    const j = 2 * (k + 1);
    east += a * Math.cos(j * xi) * Math.sinh(j * eta);
    north += a * Math.sin(j * xi) * Math.cosh(j * eta);
  });
  return [RADIUS * east, RADIUS * north];
}

export function metresBetween(one, other) {
  const [from, to] = [fromWorld(one), fromWorld(other)];
  const meridian = 3 * Math.floor(to[0] / 3 + 0.5);
  const [a, b] = [plane(...from, meridian), plane(...to, meridian)];
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
