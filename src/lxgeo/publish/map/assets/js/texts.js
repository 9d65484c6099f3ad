// Columns of texts that came in fewer bytes than they have letters (written by wording.py and
// codes.py): each opens as a list with all texts, made at once when first asked for.

const SINGLE = 224; // symbols below are one byte, the others two

// Bytes of an alphabet of the column's own; 0 ends a text.
export function lettered(bytes, count, letters) {
  if (!count) return [];
  const found = [];
  let text = '';
  for (let k = 0; k < bytes.length; k += 1) {
    const symbol = bytes[k];
    if (symbol === 0) {
      found.push(text);
      text = '';
    } else if (symbol < SINGLE) {
      text += letters[symbol - 1];
    } else {
      k += 1;
      text += letters[SINGLE - 1 + (symbol - SINGLE) * 256 + bytes[k]];
    }
  }
  found.push(text);
  return found;
}

// Numbered beginnings and ends around middles that are written out.
export function affixed(columns, name) {
  const [starts, start] = numbered(columns, `${name}.start`);
  const [ends, end] = numbered(columns, `${name}.end`);
  return columns.get(`${name}.middle`).map((text, i) => starts[start[i]] + text + ends[end[i]]);
}

// Numbered sentences whose figures are written out: each 0 in one is the place of a run of digits.
export function formed(columns, name) {
  const [forms, form] = numbered(columns, `${name}.form`);
  const pieces = forms.map((text) => text.split('0'));
  const runs = columns.get(`${name}.runs`);
  let at = 0;
  return Array.from(form, (code) => {
    const parts = pieces[code];
    let text = parts[0];
    for (let k = 1; k < parts.length; k += 1, at += 1) text += runs[at] + parts[k];
    return text;
  });
}

function numbered(columns, name) {
  return [columns.get(`${name}.values`), columns.get(name)];
}

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const BASE36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BODY_CHECKS = '0123456789X';
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const BODY = BODY_WEIGHTS.length;

// Credit codes (GB 32100-2015): two of their characters follow from the others.
export function creditCodes(columns, name) {
  const starts = columns.get(`${name}.start.values`);
  const body = columns.get(`${name}.body`);
  const odd = columns.get(`${name}.odd`);
  const right = body.length / BODY;
  const weights = [1];
  while (weights.length < 17) weights.push((weights[weights.length - 1] * 3) % 31);
  const weighed = starts.map((start) =>
    Array.from(start).reduce((sum, each, k) => sum + weights[k] * ALPHABET.indexOf(each), 0),
  );
  const [values, base36] = [valuesOf(ALPHABET), valuesOf(BASE36)];
  let [at, aside] = [0, 0];
  return Array.from(columns.get(`${name}.start`), (code) => {
    if (!code) {
      aside += 1;
      return odd[aside - 1];
    }
    let text = starts[code - 1];
    let sum = weighed[code - 1];
    let inner = 0;
    for (let k = 0; k < BODY; k += 1) {
      const letter = body[k * right + at];
      text += String.fromCharCode(letter);
      inner += BODY_WEIGHTS[k] * base36[letter];
      sum += weights[8 + k] * values[letter];
    }
    at += 1;
    const check = BODY_CHECKS[(11 - (inner % 11)) % 11];
    sum += weights[16] * ALPHABET.indexOf(check);
    return text + check + ALPHABET[(31 - (sum % 31)) % 31];
  });
}

function valuesOf(alphabet) {
  const values = new Uint8Array(128);
  Array.from(alphabet).forEach((each, k) => (values[each.charCodeAt(0)] = k));
  return values;
}
