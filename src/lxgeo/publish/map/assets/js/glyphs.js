// What an outcome looks like: a colour and a shape, so that neither has to tell it alone. The
// palette comes with the data and is the one that the GIS files are styled with; a marker has the
// name that QGIS knows it by. One drawing serves the canvas and the legend.

const SVG = 'http://www.w3.org/2000/svg';
const DARK_EDGE = '#6b6200'; // a pale colour needs it to be seen
const WHITE_EDGE = 'rgba(255, 255, 255, 0.9)';

// Outcomes that are many and ask for nothing are drawn small.
const SIZES = { no_members: 0.62, excluded: 0.75 };

function around(points, turn = -Math.PI / 2, radii = [1]) {
  return Array.from({ length: points }, (_, k) => {
    const angle = turn + (2 * Math.PI * k) / points;
    const radius = radii[k % radii.length];
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

function turned(points, angle) {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return points.map(([x, y]) => [x * c - y * s, x * s + y * c]);
}

function scaled(points, factor) {
  return points.map(([x, y]) => [x * factor, y * factor]);
}

const ARM = 0.34;
const PLUS = [
  [-ARM, -1], [ARM, -1], [ARM, -ARM], [1, -ARM], [1, ARM], [ARM, ARM],
  [ARM, 1], [-ARM, 1], [-ARM, ARM], [-1, ARM], [-1, -ARM], [-ARM, -ARM],
];

// Corners of each marker; sizes are such that all look equally large. A circle has none.
const CORNERS = {
  square: scaled(around(4, Math.PI / 4), 1.24),
  diamond: scaled(around(4), 1.2),
  triangle: scaled(around(3), 1.3),
  pentagon: scaled(around(5), 1.12),
  hexagon: scaled(around(6), 1.1),
  octagon: scaled(around(8, Math.PI / 8), 1.06),
  star: scaled(around(10, -Math.PI / 2, [1, 0.46]), 1.42),
  cross_fill: PLUS,
  cross2: turned(PLUS, Math.PI / 4),
};

export class Looks {
  constructor(table) {
    this.table = table; // outcome → [colour, marker]
  }

  color(outcome) {
    return this.table[outcome][0];
  }

  corners(outcome) {
    return CORNERS[this.table[outcome][1]];
  }

  // Line around a filled glyph.
  edge(outcome) {
    return isPale(this.color(outcome)) ? DARK_EDGE : WHITE_EDGE;
  }

  // Line of a hollow glyph.
  line(outcome) {
    return isPale(this.color(outcome)) ? DARK_EDGE : this.color(outcome);
  }

  // Adds the outcome's outline to the path that is open; radius in px of a plain circle.
  trace(ctx, outcome, x, y, radius) {
    const r = radius * (SIZES[outcome] || 1);
    const corners = this.corners(outcome);
    if (!corners) {
      ctx.moveTo(x + r, y);
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      return;
    }
    corners.forEach(([dx, dy], k) => {
      if (k) ctx.lineTo(x + r * dx, y + r * dy);
      else ctx.moveTo(x + r * dx, y + r * dy);
    });
    ctx.closePath();
  }

  // The same glyph as a small picture for legend, lists and cards.
  glyph(outcome, { hollow = false, size = 14 } = {}) {
    const r = 5.2 * (SIZES[outcome] || 1);
    const corners = this.corners(outcome);
    const outline = document.createElementNS(SVG, corners ? 'polygon' : 'circle');
    if (corners) {
      outline.setAttribute('points', corners.map(([x, y]) => `${x * r},${y * r}`).join(' '));
    } else {
      outline.setAttribute('r', r);
    }
    outline.setAttribute('fill', hollow ? '#ffffff' : this.color(outcome));
    outline.setAttribute('stroke', hollow ? this.line(outcome) : this.edge(outcome));
    outline.setAttribute('stroke-width', hollow ? 2 : 0.8);
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', '-8 -8 16 16');
    svg.setAttribute('width', size);
    svg.setAttribute('height', size);
    svg.setAttribute('aria-hidden', 'true');
    svg.setAttribute('class', 'glyph');
    svg.append(outline);
    return svg;
  }
}

function isPale(color) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  return 0.3 * r + 0.59 * g + 0.11 * b > 200;
}
