/** SHA-256 by hand (FIPS 180-4), for small contents and for pages from which the browser withholds its own. */

const PRIMES = firstPrimes(64);
const fraction = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) | 0;
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const ROUND = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const BLOCK_BYTES = 64;

/** The digest, 32 bytes; section 6.2. */
export function sha256(content: Uint8Array): Uint8Array {
  const state = START.slice();
  const schedule = new Int32Array(64);
  const whole = content.length - (content.length % BLOCK_BYTES);
  const body = new DataView(content.buffer, content.byteOffset, content.length);
  for (let offset = 0; offset < whole; offset += BLOCK_BYTES) compress(state, schedule, body, offset);
  const tail = paddedTail(content.subarray(whole), content.length);
  for (let offset = 0; offset < tail.byteLength; offset += BLOCK_BYTES)
    compress(state, schedule, tail, offset);
  const digest = new DataView(new ArrayBuffer(32));
  for (const [index, word] of state.entries()) digest.setInt32(4 * index, word);
  return new Uint8Array(digest.buffer);
}

/** What is left after the last whole block, a one bit, zeros, and the length in bits. */
function paddedTail(rest: Uint8Array, length: number): DataView {
  const tail = new Uint8Array(rest.length < BLOCK_BYTES - 8 ? BLOCK_BYTES : 2 * BLOCK_BYTES);
  tail.set(rest);
  tail[rest.length] = 0x80;
  const view = new DataView(tail.buffer);
  view.setBigUint64(tail.length - 8, BigInt(length) * 8n);
  return view;
}

function compress(state: Int32Array, schedule: Int32Array, data: DataView, offset: number): void {
  for (let i = 0; i < 16; i += 1) schedule[i] = data.getInt32(offset + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const early = schedule[i - 15]!;
    const late = schedule[i - 2]!;
    const s0 = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const s1 = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    schedule[i] = (schedule[i - 16]! + s0 + schedule[i - 7]! + s1) | 0;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i += 1) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const mixed = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i]! + schedule[i]!) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + mixed) | 0;
    d = c;
    c = b;
    b = a;
    a = (mixed + s0 + majority) | 0;
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index] = (state[index]! + word) | 0;
}

/** Bytes as they are written in lists of hashes: two lower-case digits each. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}
