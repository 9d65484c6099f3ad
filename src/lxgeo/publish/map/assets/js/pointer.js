// Hovering and clicking on the map.

import { el } from './dom.js';

export function pointer(page) {
  const { map, layer, voice } = page;
  const tip = el('div', { class: 'tip', id: 'tip', hidden: true, role: 'tooltip' });

  function lines(at) {
    const disc = layer.hit(at);
    const world = page.worldOf(map.containerPointToLatLng(at));
    const laid = page.overlays.saidAt(world.x, world.y, page);
    if (disc) return [...discLines(page, disc), ...laid];
    const names = page.basemap.namesAt(world.x, world.y, map.getZoom());
    return [...laid, ...names.map(({ layer: kind, name }) => [name, voice.say(`layer.${kind}`)])];
  }

  function hover(event) {
    if (!page.texts) return;
    const said = lines(event.containerPoint);
    map.getContainer().classList.toggle('over', Boolean(layer.hit(event.containerPoint)));
    tip.hidden = !said.length;
    tip.replaceChildren(
      ...said.slice(0, 3).map(([name, beside]) =>
        el('p', {}, el('b', {}, name), beside ? el('span', {}, beside) : null),
      ),
    );
    const size = map.getSize();
    const { x, y } = event.containerPoint;
    const [left, top] = [x > size.x - 280, y > size.y - 120];
    tip.style.transform = `translate(${left ? `calc(${x - 14}px - 100%)` : `${x + 14}px`}, ${
      top ? `calc(${y - 14}px - 100%)` : `${y + 14}px`
    })`;
  }

  function hide() {
    tip.hidden = true;
  }

  map.on('mousemove', hover);
  map.on('mouseout movestart', hide);
  map.on('click', (event) => {
    if (!page.texts || page.store.get('tool')) return;
    const disc = layer.hit(event.containerPoint);
    hide();
    if (disc) page.openDisc(disc);
    else page.choose(null);
  });
  return tip;
}

function discLines(page, disc) {
  const { units, voice, register, filter } = page;
  if (disc.cluster) return [[voice.say('page.cluster', { n: disc.cluster.total }), '']];
  if (disc.matter !== undefined) {
    return [[register.matters[disc.matter].name, voice.say('page.matters')]];
  }
  if (disc.overlay) return [page.overlays.saidOf(disc, page)];
  if (disc.branch !== undefined) {
    return [[register.branchName(disc.branch), voice.say('page.branch')]];
  }
  if (disc.pile) {
    let n = 0;
    for (let i = disc.from; i < disc.to; i += 1) n += filter.mask[i];
    return [[voice.say('page.here', { n }), register.term('building', disc.from)]];
  }
  const outcome = units.outcomes[units.outcome[disc.from]];
  return [[register.unitName(disc.from), voice.say(`outcome.${outcome}`)]];
}
