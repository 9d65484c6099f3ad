// Making elements. Text is only ever set as text.

export function el(tag, settings = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else if (name in element && typeof value !== 'string') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function button(label, onclick, settings = {}) {
  return el('button', { type: 'button', onclick, ...settings }, label);
}

// What shuts a card, a table, a bar: a cross with its name.
export function shutButton(voice, onclick, name) {
  return button(icon('M3 3l10 10M13 3L3 13'), onclick, { class: name, 'aria-label': voice.say('page.close') });
}

// A line of a list that opens something: its mark, its name, and what is said beside it.
export function row(mark, name, why, onclick, settings = {}) {
  const line = button(mark, onclick, { class: 'row', ...settings });
  line.append(el('span', { class: 'name' }, name), el('span', { class: 'why' }, why));
  return line;
}

const SVG = 'http://www.w3.org/2000/svg';

// A line drawing on a field of 16 by 16, as sharp as the text beside it.
export function icon(path) {
  const svg = document.createElementNS(SVG, 'svg');
  const line = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

// The page's own words with figures put in: say('page.shown', { n: 3 }).
export class Voice {
  constructor(words, lang) {
    this.words = words;
    this.lang = lang === 'zh' ? 'zh-CN' : 'en';
    this.numbers = new Intl.NumberFormat(this.lang);
    this.shares = new Intl.NumberFormat(this.lang, {
      style: 'percent',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
  }

  say(key, figures = {}) {
    const text = Object.prototype.hasOwnProperty.call(this.words, key)
      ? this.words[key]
      : key.slice(key.indexOf('.') + 1);
    return text.replace(/\{(\w+)\}/g, (whole, name) =>
      name in figures ? this.number(figures[name]) : whole,
    );
  }

  // Words that came in both languages.
  either(words) {
    return words[this.lang === 'en' ? 'en' : 'zh'];
  }

  number(value) {
    return typeof value === 'number' ? this.numbers.format(value) : String(value);
  }

  share(value) {
    return value === null ? this.say('page.no_rate') : this.shares.format(value);
  }

  // A round distance, as at a scale bar.
  distance(metres) {
    return metres < 1000
      ? this.say('page.metres', { n: metres })
      : this.say('page.kilometres', { n: metres / 1000 });
  }

  date(day) {
    const written = { year: 'numeric', month: 'long', day: 'numeric' };
    return day.toLocaleDateString(this.lang, written);
  }

  length(metres) {
    return metres < 10000
      ? this.say('page.metres', { n: metres })
      : this.say('page.kilometres', { n: Math.round(metres / 100) / 10 });
  }
}
