// Opens the page: draws as soon as the core part is decoded, then fills the panel.

import { card } from './card.js';
import { controls, printing, scaleBar } from './controls.js';
import { openPart, partsOf } from './decode.js';
import { button, el } from './dom.js';
import { Page } from './page.js';
import { panel } from './panel.js';
import { pointer } from './pointer.js';

async function assemble(map) {
  const [core, text] = partsOf(document.getElementById('data'));
  const page = new Page(map, await openPart(core));
  window.lxgeo.page = page;
  const { voice } = page;
  document.getElementById('title').textContent = page.title;
  page.start();
  const stage = document.getElementById('stage');
  map.getContainer().setAttribute('aria-label', voice.say('page.map'));
  stage.append(scaleBar(page), controls(page), pointer(page));
  document
    .getElementById('tools')
    .append(button(voice.say('page.print'), () => window.print(), { class: 'quiet' }));
  printing(page);

  page.texts = await openPart(text);
  const beside = card(page);
  stage.append(beside.element);
  page.onChoose(beside.refresh);
  document.getElementById('panel').append(...panel(page, page.texts.notes.coverage));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') page.choose(null);
  });
  document.body.classList.add('ready');
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
