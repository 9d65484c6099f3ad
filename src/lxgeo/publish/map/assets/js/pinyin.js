// Finding Chinese text by pinyin: whole syllables, initials, or both mixed ("chuangye", "cydx").

const MOST = 30; // letters of a query: positions are kept as bits

export class Pinyin {
  constructor(texts) {
    const letters = Array.from(texts.get('pinyin.letters')[0]);
    const values = texts.get('pinyin.readings.values').map((each) => each.split(' '));
    const place = texts.get('pinyin.readings');
    this.readings = new Map(letters.map((letter, k) => [letter.charCodeAt(0), values[place[k]]]));
  }

  static reads(words) {
    return /^[a-z]+$/.test(words) && words.length <= MOST;
  }

  // Start of each line of the text in which the query can be read, until `most` are found.
  lines(text, query, most) {
    const { place, moves, last } = this.stepsOf(query);
    const done = 1 << query.length;
    const found = [];
    let state = 1; // bit p: the query's first p letters have been read up to here
    let line = 0;
    for (let k = 0; k < text.length; k += 1) {
      const code = text.charCodeAt(k);
      const at = place[code];
      if (at === 0) {
        state = 1;
        if (code === 10) line = k + 1;
        continue;
      }
      const ways = moves[at];
      let next = 1;
      for (let w = 0; w < ways.length; w += 2) next |= (state & ways[w]) << ways[w + 1];
      if (next & done || state & last[at]) {
        found.push(line);
        if (found.length >= most) break;
        const end = text.indexOf('\n', k);
        if (end < 0) break;
        k = end - 1;
        next = 1;
      }
      state = next;
    }
    return found;
  }

  // For each letter that can take part, its place in `moves` and `last`: moves are pairs of bits
  // (from which places of the query it can be read) and how many letters it reads from there; last
  // are bits of places from which the query ends within one of its syllables.
  stepsOf(query) {
    const place = new Uint16Array(65536);
    const moves = [[]];
    const lasts = [0];
    for (const [code, readings] of this.readings) {
      const bySize = new Map();
      let last = 0;
      for (const reading of readings) {
        for (let at = 0; at < query.length; at += 1) {
          if (query[at] !== reading[0]) continue;
          const rest = query.slice(at);
          if (rest.length < reading.length && reading.startsWith(rest)) last |= 1 << at;
          bySize.set(1, bySize.get(1) | (1 << at));
          if (query.startsWith(reading, at)) {
            bySize.set(reading.length, bySize.get(reading.length) | (1 << at));
          }
        }
      }
      if (!bySize.size) continue;
      place[code] = moves.length;
      moves.push(Array.from(bySize).flatMap(([length, from]) => [from, length]));
      lasts.push(last);
    }
    return { place, moves, last: lasts };
  }
}
