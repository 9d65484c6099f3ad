// Adjustments that were not taken away yet, kept by the browser on this machine from one opening
// of the page to the next. They belong to one plan: another plan has another key.

const VERSION = 1;

export function keeping(page) {
  const { edits } = page;
  const key = `lxgeo:${page.core.notes.content}`;
  const box = storage();
  const steps = (box && page.core.notes.content && read(page, box, key)) || [];

  function keep() {
    if (!box) return;
    const log = edits.log.map(({ label, forward, locks }) => ({ label, forward, locks }));
    try {
      if (log.length) box.setItem(key, JSON.stringify({ version: VERSION, at: edits.at, log }));
      else box.removeItem(key);
    } catch {
      page.notKept = true; // the browser's room is used up
    }
  }

  page.notKept = !box;
  if (steps.log) replay(page, steps);
  edits.onChange(keep);
  return Boolean(steps.log && steps.at);
}

function storage() {
  try {
    const box = window.localStorage;
    box.setItem('lxgeo:?', '1');
    box.removeItem('lxgeo:?');
    return box;
  } catch {
    return null; // a frame without an origin, or a browser told to keep nothing
  }
}

// What was kept, where all of it is about units and branches that there are.
function read({ units, branches }, box, key) {
  try {
    const held = JSON.parse(box.getItem(key));
    if (!held || held.version !== VERSION || !Array.isArray(held.log)) return null;
    const most = branches.count + held.log.length;
    const isIn = (n, low, high) => Number.isInteger(n) && n >= low && n < high;
    const fits = held.log.every(
      ({ label, forward, locks }) =>
        typeof label === 'string' &&
        forward.every(
          ({ unit, branch, outcome }) =>
            isIn(unit, 0, units.count) && isIn(branch, -1, most) && units.outcomes.includes(outcome),
        ) &&
        locks.every(([b]) => isIn(b, 0, most)),
    );
    return fits && isIn(held.at, 0, held.log.length + 1) ? held : null;
  } catch {
    return null;
  }
}

function replay({ edits, plan, branches }, { log, at }) {
  const asked = log.flatMap(({ forward, locks }) => [
    ...forward.map(({ branch }) => branch),
    ...locks.map(([b]) => b),
  ]);
  const most = asked.reduce((a, b) => Math.max(a, b), -1);
  while (branches.count <= most) plan.found();
  edits.log = log.map((entry) => ({ ...entry, founded: 0, made: true }));
  while (edits.at < at) edits.redo();
}
