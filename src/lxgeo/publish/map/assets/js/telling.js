// Sentences in two languages (written by telling.py): forms whose marks stand for figures, which
// both languages share, and for names, which whoever asks puts in.

const PLACES = 64;

export class Told {
  constructor(columns, name) {
    this.form = columns.get(`${name}.form`);
    const first = columns.get(`${name}.form.values`);
    const other = columns.get(`${name}.form.other`);
    [this.first] = columns.get(`${name}.marks`);
    this.forms = [first, other.length ? other : first].map((forms) => forms.map((form) => this.cut(form)));
    this.runs = columns.get(`${name}.runs`);
    const held = this.forms[0].map((parts) => parts.filter((part) => part.figure !== undefined).length);
    this.starts = new Uint32Array(this.form.length + 1);
    for (let i = 0; i < this.form.length; i += 1) this.starts[i + 1] = this.starts[i] + held[this.form[i]];
  }

  // A form as texts and the places of what is put in between.
  cut(form) {
    const parts = [];
    let text = '';
    for (const letter of form) {
      const place = this.first ? letter.codePointAt(0) - this.first : -1;
      if (place < 0 || place >= 2 * PLACES) {
        text += letter;
        continue;
      }
      parts.push({ text }, place < PLACES ? { figure: place } : { name: place - PLACES });
      text = '';
    }
    return [...parts, { text }];
  }

  // The sentence of row i, in the first language (0) or the other (1).
  text(i, language, names = []) {
    const at = this.starts[i];
    const said = ({ text, figure, name }) => {
      if (text !== undefined) return text;
      return figure !== undefined ? this.runs[at + figure] : names[name];
    };
    return this.forms[language][this.form[i]].map(said).join('');
  }
}
