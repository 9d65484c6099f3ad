// The data block: base64 parts joined by dots; each part gzip over
// "header length · header · column bodies" (written by pack.py).

import { Told } from './telling.js';
import { affixed, creditCodes, formed, lettered } from './texts.js';

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

async function gunzip(bytes) {
  if (typeof DecompressionStream === 'undefined') {
    const raw = fflate.gunzipSync(bytes);
    return raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength);
  }
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

function wholeNumbers(bytes, count, width) {
  if (width === 1) return bytes;
  const numbers = width === 2 ? new Uint16Array(count) : new Uint32Array(count);
  for (let plane = 0; plane < width; plane += 1) {
    const at = plane * count;
    for (let i = 0; i < count; i += 1) numbers[i] |= bytes[at + i] << (8 * plane);
  }
  return numbers;
}

function fromSteps(bytes, count) {
  const zigzag = wholeNumbers(bytes, count, 4);
  const numbers = new Int32Array(count);
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    sum = (sum + ((zigzag[i] >>> 1) ^ -(zigzag[i] & 1))) | 0;
    numbers[i] = sum;
  }
  return numbers;
}

// One part of the block, opened: columns are decoded when first asked for.
export class Columns {
  constructor(buffer) {
    const length = new DataView(buffer).getUint32(0, true);
    const utf8 = new TextDecoder();
    const header = JSON.parse(utf8.decode(new Uint8Array(buffer, 4, length)));
    this.notes = header.notes;
    this.places = new Map();
    this.opened = new Map();
    let at = 4 + length;
    for (const [name, kind, count, size] of header.columns) {
      this.places.set(name, { kind, count, bytes: new Uint8Array(buffer, at, size) });
      at += size;
    }
  }

  has(name) {
    return this.places.has(name);
  }

  get(name) {
    if (!this.opened.has(name)) this.opened.set(name, this.open(name));
    return this.opened.get(name);
  }

  open(name) {
    const { kind, count, bytes } = this.places.get(name);
    if (kind === 'text') return JSON.parse(new TextDecoder().decode(bytes));
    if (kind === 'step') return fromSteps(bytes, count);
    if (kind === 'letters') return lettered(bytes, count, this.get(`${name}.letters`));
    if (kind === 'affixed') return affixed(this, name);
    if (kind === 'formed') return formed(this, name);
    if (kind === 'told') return new Told(this, name);
    if (kind === 'credit') return creditCodes(this, name);
    if (kind === 'around') return [`${name}.before`, `${name}.named`, `${name}.after`].map((part) => this.get(part));
    return wholeNumbers(bytes, count, Number(kind.slice(1)));
  }

  // A text column that holds each different text once: the text of row i, '' where missing.
  term(name, i) {
    const code = this.get(name)[i];
    return code ? this.get(`${name}.values`)[code - 1] : '';
  }

  // A figure that may be unknown: null where it is.
  figure(name, i) {
    const value = this.get(name)[i];
    return value ? value - 1 : null;
  }
}

export function partsOf(element) {
  return element.textContent.trim().split('.');
}

export async function openPart(base64) {
  return new Columns(await gunzip(bytesOf(base64)));
}
