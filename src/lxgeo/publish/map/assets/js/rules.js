// The hard rules of a joint branch, as the planner has them: why units may not be one, in words.

import { Barriers } from './barriers.js';
import { fromWorld, metresBetween } from './metric.js';

const MOST_ON_MAP = 5; // more need an approver, and are never made on the map
const MOVABLE = ['joint', 'attached', 'left_out'];

export class Rules {
  constructor(page) {
    this.page = page;
    this.known = null;
  }

  // Read when first asked for: most readers change nothing.
  get barriers() {
    if (!this.known) this.known = new Barriers(this.page.register.texts);
    return this.known;
  }

  get held() {
    return this.page.register.rules;
  }

  // Whether a unit is one that the planner places: all others stand where the rules put them.
  isMovable(i) {
    const { units } = this.page;
    return i < units.drawn && MOVABLE.includes(units.outcomes[units.after[i]]);
  }

  isApproved(b) {
    return this.page.branches.status[b] === 'existing';
  }

  // The units of a branch that the planner put there.
  placedIn(b) {
    return this.page.branches.units[b].filter((i) => this.isMovable(i));
  }

  // What a unit, or an approved branch, is to those under it.
  siteOf(unit, b) {
    const { register, units, branches } = this.page;
    if (unit < 0) {
      return {
        x: branches.x[b],
        y: branches.y[b],
        limit: register.branchFigure('max_distance_m', b),
        jurisdiction: register.branchTerm('jurisdiction', b),
        building: register.branchTerm('building_id', b),
        park: register.branchTerm('park_id', b),
        trade: branches.hostOf(b) < 0 ? '' : register.term('industry_code', branches.hostOf(b)),
      };
    }
    const term = (name) => register.term(name, unit);
    return {
      x: units.x[unit],
      y: units.y[unit],
      limit: register.limit(unit),
      jurisdiction: term('jurisdiction'),
      building: term('building_id'),
      park: term('park_id'),
      trade: term('industry_code'),
    };
  }

  metres(unit, host, b) {
    return metresBetween(this.siteOf(unit), this.siteOf(host, b));
  }

  // Every rule that a branch of these units would break, in words; none where it is legal.
  // `host` is one of the units, or -1 for an approved branch `b` that they join.
  faults({ members, host, b }) {
    const approved = b >= 0 && this.isApproved(b);
    return [
      ...(approved ? this.unfit(b) : []),
      ...this.counted(members, approved ? b : -1),
      ...members.filter((i) => i !== host).flatMap((i) => this.between(i, approved ? -1 : host, b)),
    ];
  }

  unfit(b) {
    const { branches, voice } = this.page;
    const takesIn = ['joint', 'standalone'].includes(branches.outcome[b]) && branches.placed[b];
    return takesIn ? [] : [voice.say('page.no_takes_in')];
  }

  counted(members, approved) {
    const { voice, register } = this.page;
    const { joint_min_full: least, joint_max_units: asked, branch_max_members: mostMembers } = this.held;
    const sum = (of) => members.reduce((all, i) => all + (of(i) || 0), 0);
    const base = approved < 0 ? [0, 0, 0] : this.baseOf(approved);
    const units = base[0] + members.length;
    const full = base[1] + sum((i) => this.fullMembers(i));
    const total = base[2] + sum((i) => register.totalMembers(i));
    const room = approved < 0 ? null : register.texts.figure('branch.capacity', approved);
    const most = Math.min(asked, MOST_ON_MAP, room === null ? Infinity : room);
    return [
      units < 2 ? voice.say('page.no_alone') : null,
      units > most ? voice.say(most === room ? 'page.no_room' : 'page.no_units', { n: units, most }) : null,
      full < least ? voice.say('page.no_full', { n: full, least }) : null,
      total > mostMembers ? voice.say('page.no_total', { n: total, most: mostMembers }) : null,
    ].filter(Boolean);
  }

  // Full members as the policy counts them for a joint branch.
  fullMembers(i) {
    const { register } = this.page;
    const affiliated = this.held.joint_basis === 'affiliated' ? register.figure('affiliated_members', i) : null;
    return affiliated === null ? register.figure('full_members', i) : affiliated;
  }

  // Units, full members and members of an approved branch before the plan put any there.
  baseOf(b) {
    const { branches, register } = this.page;
    const settled = branches.units[b].filter((i) => !this.isMovable(i));
    const { units, full_members: full, total_members: total } = register.counted(b, settled);
    return [units || 0, full || 0, total === null ? full || 0 : total];
  }

  between(unit, host, b) {
    const { voice, register } = this.page;
    const [here, there] = [this.siteOf(unit), this.siteOf(host, b)];
    const name = register.unitName(unit);
    if (!this.linesAgree(here, there)) return [voice.say('page.no_body', { name })];
    const like = alike(here.trade, there.trade, this.held.like_trade);
    const times = this.held.joint_by === 'near_or_like' && like ? this.held.like_reach : 1;
    const limit = times * Math.min(here.limit, there.limit === null ? Infinity : there.limit);
    const away = metresBetween(here, there);
    if (away > limit) return [voice.say('page.no_distance', { name, n: Math.ceil(away), limit })];
    if (this.tooUnlike(like)) return [voice.say('page.no_trade', { name })];
    return this.cutOff(here, there) ? [voice.say('page.no_barrier', { name })] : [];
  }

  // Whether trade alone keeps a unit from its host; `like` is null where nobody can tell.
  tooUnlike(like) {
    if (this.held.joint_by !== 'near_and_like') return false;
    return like === null ? this.held.unknown_trade === 'unlike' : !like;
  }

  // Whether a river, a motorway or a railway lies between; within one building nothing does.
  cutOff(here, there) {
    if (here.building !== '' && here.building === there.building) return false;
    return this.barriers.between(fromWorld(here), fromWorld(there));
  }

  linesAgree(here, there) {
    if (here.jurisdiction === there.jurisdiction) return true;
    const { cross_line: crossing } = this.held;
    if (crossing === 'none' || bodyOf(here.jurisdiction) !== bodyOf(there.jurisdiction)) return false;
    const share = (name) => here[name] !== '' && here[name] === there[name];
    if (crossing === 'all') return true;
    return share('building') || (crossing === 'same_park' && share('park'));
  }

  // What a unit costs under a host, metres (for choosing a host; it proves nothing).
  cost(unit, host) {
    if (unit === host) return 0;
    const { same_building: within, same_park: inPark, trade_m: trade } = this.held;
    const [here, there] = [this.siteOf(unit), this.siteOf(host)];
    const share = (name) => here[name] !== '' && here[name] === there[name];
    const place = share('building') ? within : share('park') ? inPark : 1;
    const { register } = this.page;
    const codes = [unit, host].map((i) => register.term('industry_code', i));
    return place * metresBetween(here, there) + trade * tradeGap(...codes);
  }

  // The cheapest of the units to host them all; -1 where none may.
  bestHost(members) {
    const { register } = this.page;
    const may = members.filter((host) =>
      members.every((i) => i === host || !this.between(i, host, -1).length),
    );
    const key = (host) => [
      Math.round(100 * members.reduce((sum, i) => sum + this.cost(i, host), 0)),
      -register.figure('full_members', host),
    ];
    may.sort((a, b) => {
      const [x, y] = [key(a), key(b)];
      if (x[0] !== y[0] || x[1] !== y[1]) return x[0] - y[0] || x[1] - y[1];
      return register.unitId(a) < register.unitId(b) ? -1 : 1;
    });
    return may.length ? may[0] : -1;
  }
}

// The body of a jurisdiction such as township:T01|sectoral.
export function bodyOf(jurisdiction) {
  return jurisdiction.slice(0, jurisdiction.lastIndexOf('|'));
}

const LETTERS = { section: 1, division: 3, group: 4, class: 5 };

// Whether two trades are the same down to a level; null where their codes are too short to tell.
export function alike(one, other, level) {
  const length = LETTERS[level];
  const known = Math.min(one.length, other.length, length);
  if (one.slice(0, known) !== other.slice(0, known)) return false;
  return known === length ? true : null;
}

// 0 class, 0.25 group, 0.5 division, 0.75 section, 1 none; 0.5 where either is unknown.
export function tradeGap(one, other) {
  if (!one || !other) return 0.5;
  const shared = [1, 3, 4, 5].filter(
    (n) => one.length >= n && other.length >= n && one.slice(0, n) === other.slice(0, n),
  );
  return 1 - shared.length / 4;
}
