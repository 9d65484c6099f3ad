// The page: what there is, what is shown, what is chosen.

import { Basemap } from './basemap.js';
import { Branches } from './branches.js';
import { Scene, SceneLayer } from './canvas.js';
import { Voice } from './dom.js';
import { Filter } from './filter.js';
import { Looks } from './glyphs.js';
import { Overlays } from './overlays.js';
import { Plan } from './plan.js';
import { Register } from './register.js';
import { languageOf } from './state.js';
import { Store } from './store.js';
import { Theme } from './theme.js';
import { Units, emptyBox, grow } from './units.js';

const CARD = 380; // px that the card takes on the right
const CLOSE = 16; // zoom at which a single unit is shown
const MARGIN = 24; // px, around what the map is to hold

// Layers that can be switched, and whether they are on at first.
const SWITCHED = {
  branches: true,
  names: true,
  hotspots: true,
  findings: false,
  matters: false,
};

export class Page {
  constructor(map, core) {
    const { words, title, looks } = core.notes;
    const lang = languageOf(core.notes);
    this.map = map;
    this.core = core;
    this.title = title;
    this.lang = lang;
    this.voice = new Voice(words[lang], lang);
    this.language = lang === core.notes.lang ? 0 : 1; // the first or the other of each sentence
    this.looks = new Looks(looks);
    this.townshipIds = core.get('township.id');
    this.townshipNames = core.get('township.name');
    this.units = new Units(core);
    this.branches = new Branches(core, this.units);
    this.basemap = new Basemap(core, this.units);
    this.overlays = new Overlays(core, this.basemap.origin);
    this.switches = { ...SWITCHED, ...this.overlays.switches };
    this.filter = new Filter(this.units, this.townshipIds);
    this.plan = new Plan(this.units, this.branches);
    // when: after | before; theme: light | dark | null, as the system has it; tool: what a click
    // on the map does, null to choose; layers that are on by name.
    this.store = new Store({ when: 'after', theme: null, tool: null, ...this.switches });
    this.theme = new Theme(this.store);
    this.chosen = null; // {unit, branch} by number, or {pile: {from, to}}, {matter}, {overlay, feature}
    this.listeners = [];
    this.scene = new Scene(this);
    this.layer = new SceneLayer(this.scene);
    this.texts = null; // the second part of the block, once decoded
    this.register = null; // the same by name
    this.filter.onChange(() => this.redraw());
    this.plan.onChange(() => this.filter.change());
    this.theme.onChange(() => this.layer.redraw());
    this.store.on('when', ({ when }) => {
      this.units.showWhen(when);
      this.filter.change();
    });
    this.store.on(Object.keys(this.switches), () => {
      this.basemap.hidden = new Set(this.shows('hotspots') ? [] : ['hotspots']);
      this.layer.redraw();
    });
  }

  start() {
    this.showWhole();
    this.layer.addTo(this.map);
  }

  learn(texts) {
    this.texts = texts;
    this.register = new Register(this, texts);
  }

  // Drawn anew from what is shown now, clusters included.
  redraw() {
    this.scene.forget();
    this.layer.redraw();
  }

  // The boundaries' 审图号, or that there is none and where the page must therefore stay.
  surveyed() {
    const number = this.core.notes.mapNumber;
    return number ? this.voice.say('page.map_number', { number }) : this.voice.say('page.no_number');
  }

  // What stands on every sheet and picture of a plan that was changed here.
  adjustedMark() {
    return this.edits && this.edits.at ? `　${this.voice.say('page.adjusted')}` : '';
  }

  get when() {
    return this.store.get('when');
  }

  shows(layer) {
    return this.store.get(layer);
  }

  onChoose(listener) {
    this.listeners.push(listener);
  }

  townshipName(i) {
    const code = this.units.township[i];
    return code ? this.townshipNames[code - 1] : '';
  }

  // Chooses {unit}, {branch}, {pile} or nothing; with `move` the map goes there.
  choose(what, { move = false } = {}) {
    const unit = what && what.unit !== undefined ? what.unit : -1;
    const branch = what && what.branch !== undefined ? what.branch : this.units.branch[unit] - 1;
    this.chosen = what && { ...what, unit, branch: branch >= 0 ? branch : -1 };
    if (move && what) this.goTo(what, unit, branch);
    for (const listener of this.listeners) listener();
    this.layer.redraw();
  }

  goTo({ matter }, unit, branch) {
    const { units, branches, map } = this;
    if (matter !== undefined) {
      const box = emptyBox();
      for (const i of this.register.matters[matter].units) {
        if (i < units.drawn) grow(box, units.x[i], units.y[i]);
      }
      if (box.x0 <= box.x1) this.fit(box, CLOSE + 1, this.besideCard());
    } else if (unit >= 0 && unit < units.drawn) {
      this.lookAt(units.x[unit], units.y[unit], Math.max(map.getZoom(), CLOSE));
    } else if (unit < 0 && branch >= 0 && branches.outline(branch).hull.length) {
      this.fit(branches.outline(branch).box, CLOSE + 0.5, this.besideCard());
    }
  }

  lookAt(x, y, zoom) {
    this.map.setView(this.latLng(x, y), zoom, { animate: false });
  }

  latLng(x, y) {
    return this.map.unproject([x * 256, y * 256], 0);
  }

  // The other way round: {x, y} in the unit square of web Mercator.
  worldOf(latLng) {
    return this.map.project(latLng, 0).divideBy(256);
  }

  // What the card will cover on the right, px, where the map is wide enough to make room for it.
  besideCard() {
    return this.map.getSize().x > 2.2 * CARD ? CARD : MARGIN;
  }

  fit(box, maxZoom, right = MARGIN) {
    const bounds = [this.latLng(box.x0, box.y1), this.latLng(box.x1, box.y0)];
    const free = { paddingTopLeft: [MARGIN, MARGIN], paddingBottomRight: [right, MARGIN] };
    this.map.fitBounds(bounds, { ...free, maxZoom, animate: false });
  }

  showWhole() {
    const { map } = this;
    const { box } = this.basemap;
    if (box.x0 > box.x1) return;
    this.fit(box, CLOSE);
    const { x, y } = map.getSize();
    if (Math.min(x, y) > 2 * MARGIN) return;
    // A frame that is not laid out yet has no room to fit anything into: once it has.
    const again = () => this.showWhole();
    map.once('resize', again);
    map.once('movestart', () => map.off('resize', again));
  }

  // Whether all that there is lies within some bounds of the map.
  wholeIn(bounds) {
    const { box } = this.basemap;
    if (box.x0 > box.x1) return false;
    return bounds.contains([this.latLng(box.x0, box.y1), this.latLng(box.x1, box.y0)]);
  }

  showTownship(code) {
    this.filter.showTownship(code);
    const townships = this.basemap.layer('townships');
    const id = this.filter.townshipId;
    if (id === null || !townships) {
      if (code === null) this.showWhole();
      return;
    }
    const box = emptyBox();
    townships.features.forEach((feature, f) => {
      if (townships.ids[f] !== id) return;
      grow(box, feature.box.x0, feature.box.y0);
      grow(box, feature.box.x1, feature.box.y1);
    });
    if (box.x0 <= box.x1) this.fit(box, CLOSE);
  }

  // What a disc on the map asks for when it is clicked.
  openDisc(disc) {
    if (disc.cluster) this.openCluster(disc.cluster);
    else if (disc.matter !== undefined) this.choose({ matter: disc.matter });
    else if (disc.overlay) this.choose({ overlay: disc.overlay, feature: disc.feature });
    else if (disc.branch !== undefined) this.choose({ branch: disc.branch });
    else if (disc.pile) this.choose({ pile: { from: disc.from, to: disc.to } });
    else this.choose({ unit: disc.from });
  }

  openCluster({ box, first, total }) {
    const { map, units } = this;
    if (box.x0 === box.x1 && box.y0 === box.y1 && units.stackEnd[first] - first >= total) {
      this.choose({ pile: { from: first, to: units.stackEnd[first] } });
      return;
    }
    const bounds = [this.latLng(box.x0, box.y1), this.latLng(box.x1, box.y0)];
    const fitting = map.getBoundsZoom(bounds, false, L.point(60, 60));
    const zoom = Math.min(18, Math.max(map.getZoom() + 1, Math.min(fitting, map.getZoom() + 3)));
    this.lookAt((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, zoom);
  }

  // Where a unit stands in the map's window, px.
  pointOf(i) {
    return this.map.latLngToContainerPoint(this.latLng(this.units.x[i], this.units.y[i]));
  }
}
