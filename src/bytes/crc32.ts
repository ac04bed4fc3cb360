/** CRC-32 as zip archives have it (ISO 3309, reflected polynomial 0xEDB88320), eight bytes at a step. */

const POLYNOMIAL = 0xed_b8_83_20;
const STEP = 8;
/** `TABLES[n]`: what a byte does to the sum when n bytes follow it. */
const TABLES = tables();

/** Goes on from the sum of what came before; begin with 0. */
export function crc32(content: Uint8Array, before = 0): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES;
  let sum = ~before;
  let at = 0;
  for (const end = content.length - (content.length % STEP); at < end; at += STEP) {
    const low =
      sum ^ (content[at]! | (content[at + 1]! << 8) | (content[at + 2]! << 16) | (content[at + 3]! << 24));
    sum =
      t7[low & 0xff]! ^
      t6[(low >>> 8) & 0xff]! ^
      t5[(low >>> 16) & 0xff]! ^
      t4[low >>> 24]! ^
      t3[content[at + 4]!]! ^
      t2[content[at + 5]!]! ^
      t1[content[at + 6]!]! ^
      t0[content[at + 7]!]!;
  }
  for (; at < content.length; at += 1) sum = (sum >>> 8) ^ t0[(sum ^ content[at]!) & 0xff]!;
  return ~sum >>> 0;
}

type Eight<T> = readonly [T, T, T, T, T, T, T, T];

function tables(): Eight<Int32Array> {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let sum = byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum & 1) === 0 ? sum >>> 1 : (sum >>> 1) ^ POLYNOMIAL;
    return sum;
  });
  const behind = (table: Int32Array): Int32Array => table.map((sum) => (sum >>> 8) ^ first[sum & 0xff]!);
  const second = behind(first);
  const third = behind(second);
  const fourth = behind(third);
  const fifth = behind(fourth);
  const sixth = behind(fifth);
  const seventh = behind(sixth);
  return [first, second, third, fourth, fifth, sixth, seventh, behind(seventh)];
}
