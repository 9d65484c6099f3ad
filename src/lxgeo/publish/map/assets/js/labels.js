// Names on the map, where there is room for them.

export const FONT =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", ' +
  '"HarmonyOS Sans SC", "WenQuanYi Micro Hei", sans-serif';

const LONGEST = 18; // characters; the tooltip has the whole name

function clash(a, b) {
  return a.x0 < b.x1 && a.x1 > b.x0 && a.y0 < b.y1 && a.y1 > b.y0;
}

// Text boxes and circles that are taken already, in a coarse grid.
export class Room {
  constructor() {
    this.cells = new Map();
  }

  *cellsOf(box) {
    const size = 96;
    for (let gy = Math.floor(box.y0 / size); gy <= Math.floor(box.y1 / size); gy += 1) {
      for (let gx = Math.floor(box.x0 / size); gx <= Math.floor(box.x1 / size); gx += 1) {
        yield gy * 4096 + gx;
      }
    }
  }

  take(box) {
    for (const key of this.cellsOf(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }

  isFree(box) {
    for (const key of this.cellsOf(box)) {
      if ((this.cells.get(key) || []).some((other) => clash(box, other))) return false;
    }
    return true;
  }
}

function shortened(text) {
  const letters = Array.from(text.replace(/\s+/gu, ' '));
  if (letters.length <= LONGEST) return letters.join('');
  return `${letters.slice(0, LONGEST - 1).join('')}…`;
}

function boxAt(x, y, width, height) {
  const [dx, dy] = [width / 2 + 3, height / 2 + 1];
  return { x0: x - dx, x1: x + dx, y0: y - dy, y1: y + dy };
}

// Where a township's name may stand besides its own place, the nearest first: each wants a name.
const AROUND = [0, 34, -34, 62, -62, 92, -92]
  .flatMap((dy) => [0, 54, -54, 96, -96].map((dx) => [dx, dy]))
  .sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
const BESIDE = [[0, 0], [0, -18], [0, 18]];
const CLOSEST = 5; // of these places else
const FEW = 60; // townships in sight, up to which each is worth a long look for room

// Writes each name at its place or a little beside it; what finds no room is left out.
export function drawLabels(ctx, wanted, room, halo) {
  ctx.save();
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  let font = '';
  const isFew = wanted.filter(({ major }) => major).length <= FEW;
  for (const label of wanted) {
    const size = label.major ? 14 : 12;
    const given = label.shifts && label.shifts.map((dy) => [0, dy]);
    const shifts = given || (!label.major ? BESIDE : isFew ? AROUND : AROUND.slice(0, CLOSEST));
    let width = 0; // until it is measured: only what finds room is
    const at = ([dx, dy]) => boxAt(label.x + dx, label.y + dy, width, size + 4);
    if (!shifts.some((each) => room.isFree(at(each)))) continue;
    const wanting = `${label.major ? 600 : 400} ${size}px ${FONT}`;
    if (wanting !== font) ctx.font = font = wanting;
    const text = shortened(label.text);
    width = ctx.measureText(text).width;
    const shift = shifts.find((each) => room.isFree(at(each)));
    if (shift === undefined) continue;
    room.take(at(shift));
    const [x, y] = [label.x + shift[0], label.y + shift[1]];
    ctx.strokeStyle = halo;
    ctx.lineWidth = 3.5;
    ctx.strokeText(text, x, y);
    ctx.fillStyle = label.color;
    ctx.fillText(text, x, y);
  }
  ctx.restore();
}
