// Whether a point lies within rings, each a list of corners [x, y], closed or not: a ring within
// another is a hole, and one within a hole an island.

export function isWithin(rings, x, y) {
  let inside = false;
  for (const ring of rings) {
    for (let k = 0, last = ring.length - 1; k < ring.length; last = k, k += 1) {
      const [[ax, ay], [bx, by]] = [ring[last], ring[k]];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}
