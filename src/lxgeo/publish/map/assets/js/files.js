// What leaves the page as a file of its own.

export function save(name, blob) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName(name);
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// A name that every system takes.
export function fileName(text) {
  const [, stem, ending] = /^(.*?)(\.[a-z]+)$/s.exec(text);
  const plain = stem.replace(/[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\u2028\u2029]+/g, '_').trim();
  return `${Array.from(plain).slice(0, 80).join('') || 'lxgeo'}${ending}`;
}

// A table as CSV that opens right in a spreadsheet: UTF-8 with its mark, and no text is a formula.
export function csv(heads, rows) {
  const lines = [heads, ...rows].map((cells) => cells.map(cell).join(','));
  return new Blob([`\ufeff${lines.join('\r\n')}\r\n`], { type: 'text/csv;charset=utf-8' });
}

export function cell(value) {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(value.trimStart()) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
