// Opens the page: draws as soon as the core part is decoded, then fills the panel.

import { address } from './address.js';
import { card } from './card.js';
import { controls, scaleBar } from './controls.js';
import { openPart, partsOf } from './decode.js';
import { button, el, icon } from './dom.js';
import { editor } from './editor.js';
import { framed } from './frame.js';
import { keys } from './keys.js';
import { measure } from './measure.js';
import { Page } from './page.js';
import { panel } from './panel.js';
import { colophon, printing } from './paper.js';
import { pause } from './pause.js';
import { savePicture } from './picture.js';
import { pointer } from './pointer.js';
import { speak } from './state.js';
import { table } from './table.js';
import { tiles } from './tiles.js';

async function assemble(map) {
  const [core, text] = partsOf(document.getElementById('data'));
  const page = new Page(map, await openPart(core));
  window.lxgeo.page = page;
  document.getElementById('title').textContent = page.title;
  if (page.language) translate(page);
  page.start();
  const stage = document.getElementById('stage');
  map.getContainer().setAttribute('role', 'application');
  map.getContainer().setAttribute('aria-label', page.voice.say('page.map_how'));
  stage.append(...[tiles(page), scaleBar(page)].filter(Boolean));

  page.learn(await openPart(text));
  const beside = card(page);
  const below = table(page);
  stage.append(controls(page), pointer(page), measure(page), keys(page), beside.element);
  await pause();
  stage.append(...(editor(page) || []));
  await pause();
  stage.after(below, colophon());
  page.onChoose(beside.refresh);
  page.store.on(['when', 'tool'], beside.refresh);
  document.getElementById('tools').append(...tools(page));
  document.getElementById('panel').append(...panel(page, page.texts.notes.coverage));
  address(page);
  framed(page);
  document.body.classList.add('ready');
}

function tools(page) {
  const { voice, store } = page;
  const act = (key, run, id) => button(voice.say(`page.${key}`), run, { class: 'quiet', id });
  const night = button(icon('M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z'), turn, {
    class: 'quiet',
    id: 'theme',
    'aria-label': voice.say('page.night'),
    title: voice.say('page.night'),
  });
  function turn() {
    store.set({ theme: page.theme.isNight ? 'light' : 'dark' });
  }
  const list = act('table', () => store.set({ table: !store.get('table') }), 'table-open');
  store.on('table', () => list.setAttribute('aria-expanded', String(Boolean(store.get('table')))));
  list.setAttribute('aria-expanded', 'false');
  list.setAttribute('aria-controls', 'table');
  const other = Object.keys(page.core.notes.words).find((lang) => lang !== page.lang);
  const tongue = button(TONGUES[other], () => turnTo(page, other), { class: 'quiet', id: 'lang', lang: other });
  const edit = page.edits ? [editSwitch(page, act)] : [];
  const parts = [...edit, list, act('picture', () => savePicture(page), 'picture')];
  return [...parts, ...printing(page), tongue, night];
}

const TONGUES = { zh: '中文', en: 'English' };

function turnTo(page, lang) {
  page.keepNow();
  speak(lang, page.core.notes.lang);
}

// What stands in the page from the start, in its other language.
function translate({ voice }) {
  document.documentElement.lang = voice.lang;
  for (const element of document.querySelectorAll('[data-say]')) {
    element.textContent = voice.say(element.dataset.say);
  }
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', voice.say(element.dataset.label));
  }
}

function editSwitch({ store }, act) {
  const toggle = act('edit', () => store.set({ tool: store.get('tool') === 'edit' ? null : 'edit' }), 'edit');
  const refresh = () => toggle.setAttribute('aria-pressed', String(store.get('tool') === 'edit'));
  store.on('tool', refresh);
  refresh();
  return toggle;
}

// Called by the script that makes the Leaflet map.
export function open(map) {
  assemble(map).catch((error) => {
    const told = document.getElementById('unreadable');
    told.hidden = false;
    told.append(el('small', {}, String(error)));
    throw error;
  });
}
