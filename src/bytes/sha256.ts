/** SHA-256 by hand (FIPS 180-4), for small contents and for pages from which the browser withholds its own. */

const PRIMES = firstPrimes(64);
const fraction = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) | 0;
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const ROUND = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const BLOCK_BYTES = 64;

/** Hashes what comes in parts; section 6.2. */
export class Sha256 {
  private readonly state = START.slice();
  private readonly schedule = new Int32Array(64);
  /** The beginning of a block whose end has not come yet. */
  private readonly block = new Uint8Array(BLOCK_BYTES);
  private length = 0;

  update(content: Uint8Array): void {
    const begun = this.length % BLOCK_BYTES;
    this.length += content.length;
    const missing = begun === 0 ? 0 : BLOCK_BYTES - begun;
    this.block.set(content.subarray(0, missing), begun);
    if (content.length < missing) return;
    if (begun > 0) compress(this.state, this.schedule, viewOf(this.block), 0);
    const last = content.length - ((content.length - missing) % BLOCK_BYTES);
    const body = viewOf(content);
    for (let offset = missing; offset < last; offset += BLOCK_BYTES) {
      compress(this.state, this.schedule, body, offset);
    }
    this.block.set(content.subarray(last));
  }

  /** Begins anew. */
  reset(): void {
    this.state.set(START);
    this.length = 0;
  }

  /** The digest, 32 bytes; nothing can be added after it. */
  digest(): Uint8Array {
    const tail = paddedTail(this.block.subarray(0, this.length % BLOCK_BYTES), this.length);
    for (let offset = 0; offset < tail.byteLength; offset += BLOCK_BYTES) {
      compress(this.state, this.schedule, tail, offset);
    }
    const digest = new DataView(new ArrayBuffer(32));
    for (const [index, word] of this.state.entries()) digest.setInt32(4 * index, word);
    return new Uint8Array(digest.buffer);
  }
}

/** The digest of a content that is here whole, 32 bytes. */
export function sha256(content: Uint8Array): Uint8Array {
  const hash = new Sha256();
  hash.update(content);
  return hash.digest();
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
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

/** One block. Runs once for each 64 bytes of every weight: no iterators, no calls. */
function compress(state: Int32Array, schedule: Int32Array, data: DataView, offset: number): void {
  for (let i = 0; i < 16; i += 1) schedule[i] = data.getInt32(offset + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const early = schedule[i - 15]!;
    const late = schedule[i - 2]!;
    const s0 = ((early >>> 7) | (early << 25)) ^ ((early >>> 18) | (early << 14)) ^ (early >>> 3);
    const s1 = ((late >>> 17) | (late << 15)) ^ ((late >>> 19) | (late << 13)) ^ (late >>> 10);
    schedule[i] = (schedule[i - 16]! + s0 + schedule[i - 7]! + s1) | 0;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const mixed = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i]! + schedule[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
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
  state[0] = state[0]! + a;
  state[1] = state[1]! + b;
  state[2] = state[2]! + c;
  state[3] = state[3]! + d;
  state[4] = state[4]! + e;
  state[5] = state[5]! + f;
  state[6] = state[6]! + g;
  state[7] = state[7]! + h;
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}
