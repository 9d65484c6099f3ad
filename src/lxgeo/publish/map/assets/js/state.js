// Where the page keeps what is shown: in its own address after the #, so that a reload or a bookmark
// brings it back; inside a frame, whose address is its host's, under the frame's name. Nothing of
// it ever leaves the machine, since browsers send no such part.

const OWN = ['file:', 'http:', 'https:'].includes(window.location.protocol);
const LED = 'lxgeo#';

export function kept() {
  if (OWN) return window.location.hash.slice(1);
  return window.name.startsWith(LED) ? window.name.slice(LED.length) : '';
}

export function keep(text) {
  // Not through the history: one step back is to leave the page.
  if (!OWN) window.name = LED + text;
  else if (text !== kept()) window.location.replace(`#${text}`);
}

// The language that the reader chose, else the one that the page was drawn in.
export function languageOf({ lang, words }) {
  const asked = new URLSearchParams(kept()).get('lang');
  return Object.keys(words).includes(asked) ? asked : lang;
}

// The page comes back in another language, with all that is shown, chosen and changed.
export function speak(lang, first) {
  const held = new URLSearchParams(kept());
  if (lang === first) held.delete('lang');
  else held.set('lang', lang);
  keep(held.toString());
  window.location.reload();
}
