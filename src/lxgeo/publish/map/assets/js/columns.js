// The tables' columns: what each is called, what a row holds, and how it is said.

// A column: {key, words, wide (px), number, value(row)}; value gives a text, a number or null.
export function unitColumns(page) {
  const { register, units, voice } = page;
  const figure = (name) => (i) => register.figure(name, i);
  const term = (name) => (i) => register.term(name, i);
  const label = (kind) => (i) => {
    const code = register.term(kind, i);
    return code ? voice.say(`${kind}.${code}`) : '';
  };
  const branch = (i) => (units.branch[i] ? register.branchName(units.branch[i] - 1) : '');
  return [
    { key: 'unit', wide: 230, value: (i) => register.unitName(i) },
    { key: 'outcome', wide: 104, value: (i) => voice.say(`outcome.${units.outcomes[units.outcome[i]]}`) },
    { key: 'township', wide: 104, value: (i) => page.townshipName(i) },
    { key: 'full_members', wide: 76, number: true, value: figure('full_members') },
    { key: 'staff', wide: 76, number: true, value: figure('staff') },
    { key: 'reason', wide: 330, value: (i) => register.unitReason(i) },
    { key: 'branch', wide: 210, value: branch },
    { key: 'distance_m', wide: 96, number: true, value: figure('distance_m') },
    { key: 'finding', wide: 220, value: term('finding') },
    { key: 'precision', wide: 90, value: (i) => voice.say(`precision.${units.precisions[units.precision[i]]}`) },
    { key: 'address', wide: 240, value: (i) => register.address(i) },
    { key: 'park', wide: 120, value: term('park') },
    { key: 'building', wide: 120, value: term('building') },
    { key: 'industry_code', wide: 80, value: term('industry_code') },
    { key: 'kind', wide: 90, value: term('kind') },
    { key: 'probationary_members', wide: 76, number: true, value: figure('probationary_members') },
    { key: 'mode', wide: 90, value: label('mode') },
    { key: 'approver', wide: 150, value: term('approver') },
    { key: 'credit_code', wide: 170, value: (i) => register.creditCode(i) },
    { key: 'row', wide: 110, value: (i) => register.row(i) },
  ];
}

export function branchColumns(page) {
  const { register, branches, voice } = page;
  const figure = (name) => (b) => register.branchFigure(name, b);
  const host = (b) => {
    const i = branches.hostOf(b);
    return i < 0 ? '' : register.unitName(i);
  };
  const township = (b) => (branches.units[b].length ? page.townshipName(branches.units[b][0]) : '');
  const mode = (b) => {
    const code = register.branchTerm('mode', b);
    return code ? voice.say(`mode.${code}`) : '';
  };
  return [
    { key: 'branch', wide: 250, value: (b) => register.branchName(b) },
    { key: 'outcome', wide: 100, value: (b) => voice.say(`outcome.${branches.outcome[b]}`) },
    { key: 'state', wide: 76, value: (b) => voice.say(`status.${branches.status[b]}`) },
    { key: 'township', wide: 104, value: township },
    { key: 'unit_count', wide: 70, number: true, value: figure('units') },
    { key: 'full_members', wide: 76, number: true, value: figure('full_members') },
    { key: 'total_members', wide: 76, number: true, value: figure('total_members') },
    { key: 'mode', wide: 90, value: mode },
    { key: 'host', wide: 210, value: host },
    { key: 'span_m', wide: 84, number: true, value: figure('span_m') },
    { key: 'cost_m', wide: 88, number: true, value: figure('cost_m') },
    { key: 'runner_up_cost_m', wide: 104, number: true, value: figure('runner_up_cost_m') },
    { key: 'reason', wide: 420, value: (b) => register.branchReason(b) },
    { key: 'approver', wide: 150, value: (b) => register.branchTerm('approver', b) },
    { key: 'branch_id', wide: 110, value: (b) => register.branchId(b) },
  ];
}

// Rows in order of a column: numbers by size, texts as a reader of the language expects; what is
// unknown comes last either way. Equal rows keep their order.
export function sorted(rows, column, down, lang) {
  const values = new Map(rows.map((row) => [row, column.value(row)]));
  const known = rows.filter((row) => !isBlank(values.get(row)));
  const blank = rows.filter((row) => isBlank(values.get(row)));
  known.sort(byValue(values, column, down ? -1 : 1, known.length, lang));
  return [...known, ...blank];
}

const COLLATED = 20000; // rows; more are ordered by their letters' codes

function byValue(values, column, sign, count, lang) {
  if (column.number) return (a, b) => sign * (values.get(a) - values.get(b));
  if (count <= COLLATED) {
    const { compare } = new Intl.Collator(lang === 'zh' ? 'zh-CN' : 'en', { numeric: true });
    return (a, b) => sign * compare(values.get(a), values.get(b));
  }
  return (a, b) => {
    const [x, y] = [values.get(a), values.get(b)];
    return x === y ? 0 : x < y ? -sign : sign;
  };
}

function isBlank(value) {
  return value === null || value === '';
}
