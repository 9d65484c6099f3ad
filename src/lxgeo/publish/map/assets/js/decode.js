// The data block: base64 parts joined by dots; each part gzip over
// "header length · header · column bodies" (written by pack.py).

import { pause } from './pause.js';
import { Told } from './telling.js';
import { affixed, creditCodes, formed, lettered } from './texts.js';

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

const PORTION = 1 << 18; // bytes unpacked before the page may draw, or answer

async function gunzip(bytes) {
  if (typeof DecompressionStream === 'undefined') {
    const raw = fflate.gunzipSync(bytes);
    return raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength);
  }
  const stream = new DecompressionStream('gzip');
  const whole = new Response(stream.readable).arrayBuffer();
  const writer = stream.writable.getWriter();
  try {
    for (let at = 0; at < bytes.length; at += PORTION) {
      if (at) await pause();
      await writer.write(bytes.subarray(at, at + PORTION));
    }
    await writer.close();
  } catch {
    // What is wrong with the bytes, `whole` says.
  }
  return whole;
}

function wholeNumbers(bytes, count, width) {
  if (width === 1) return bytes;
  if (width === 4) return widest(bytes, count);
  const numbers = new Uint16Array(count);
  for (let i = 0; i < count; i += 1) numbers[i] = bytes[i] | (bytes[count + i] << 8);
  return numbers;
}

function widest(bytes, count) {
  const numbers = new Uint32Array(count);
  const [second, third, fourth] = [count, 2 * count, 3 * count];
  for (let i = 0; i < count; i += 1) {
    numbers[i] =
      bytes[i] | (bytes[second + i] << 8) | (bytes[third + i] << 16) | (bytes[fourth + i] << 24);
  }
  return numbers;
}

function fromSteps(bytes, count) {
  const numbers = new Int32Array(widest(bytes, count).buffer);
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    const zigzag = numbers[i];
    sum = (sum + ((zigzag >>> 1) ^ -(zigzag & 1))) | 0;
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
