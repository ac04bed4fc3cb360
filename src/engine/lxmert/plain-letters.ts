/**
 * Letters and marks that look like plain ones, as the plain ones that the models have learned: what keyboards, word
 * processors and chat programs write for an apostrophe, a hyphen or an “a”. Never a word for another word.
 */

/** Several of these have no plain form in Unicode's own tables, or a wrong one: “´” would be a blank with an accent. */
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/[`´‘’‚‛‹›ʹʻʼʽˈˊˋ՚׳′‵ꞌ＇｀]/gu, "'"],
  [/[“”„‟«»″‶ʺ״＂〝〞]/gu, '"'],
  [/[‐‑‒–—―⁃−﹘﹣－⸺⸻]/gu, '-'],
  [/[。｡]/gu, '.'],
  [/[、､،﹑]/gu, ','],
  [/[؟⸮]/gu, '?'],
  [/[⁄∕]/gu, '/'],
  // Marks of trade say nothing about a photo.
  [/[™℠©®℗]/gu, ''],
  // Blanks of every width, line ends, and letters that are drawn as nothing.
  [/[\p{Z}\u0085\u115f\u1160\u2800\u3164\uffa0]/gu, ' '],
];

/** Soft hyphens, joiners, directions, what chooses between two drawings of a character, rings around a letter. */
const UNSEEN = /[\p{Cf}\p{Variation_Selector}\p{Me}\u034f]/gu;
/** A picture, or two letters that make a flag: joiners hold it together. */
const PICTURE = /^(?:\p{Extended_Pictographic}|\p{RI})/u;
const SYMBOL = /(?![\u0020-\u007e])\p{S}/gu;

/** Letters that Unicode counts as their own: capitals made small, an “i” without its dot. */
const DRAWN_AS = pairs('ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢɑɡı', 'abcdefghijklmnopqrstuvwyzagi');
/** Cyrillic and Greek letters that are drawn like Latin ones. */
const FOREIGN = pairs(
  'аеорсухѕіјԁԛԝһӏкмтнвАВЕЅІЈКМНОРСТУХԌԚԜαορυνικχτγωεΑΒΕΖΗΙΚΜΝΟΡΤΥΧ',
  'aeopcyxsijdqwhlkmthbABESIJKMHOPCTYXGQWaopuvikxtyweABEZHIKMNOPTYX',
);
/** Where the alphabets begin that are drawn white on a dark circle and square. */
const ON_DARK = [0x1_f1_50, 0x1_f1_70];

/** Letter by letter: a cluster as `splitWords` cuts it, never a whole text. */
export function plainLetters(cluster: string): string {
  if (/^[\u0020-\u005f\u0061-\u007e]$/u.test(cluster)) return cluster;
  const letter = letterOnDark(cluster);
  if (letter !== null) return letter;
  if (PICTURE.test(cluster) && !isMark(cluster)) return ` ${cluster} `;
  return plainMarks(plainMarks(cluster.replaceAll(UNSEEN, '')).normalize('NFKC'))
    .replaceAll(/./gu, (each) => DRAWN_AS.get(each) ?? each)
    .replaceAll(SYMBOL, ' $& ');
}

/**
 * A word that mixes alphabets is a Latin one in disguise: its foreign letters give way to those they look like. The
 * length stays, and with it every place in the text.
 */
export function latinLetters(text: string): string {
  return text.replaceAll(/[\p{L}\p{M}]+/gu, (word) =>
    /\p{Script=Latin}/u.test(word)
      ? word.replaceAll(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu, (each) => FOREIGN.get(each) ?? each)
      : word,
  );
}

function plainMarks(text: string): string {
  return MARKS.reduce((plain, [marks, mark]) => plain.replaceAll(marks, mark), text);
}

function isMark(cluster: string): boolean {
  const [first = ''] = cluster;
  return plainMarks(first) !== first || first.normalize('NFKC') !== first;
}

function letterOnDark(cluster: string): string | null {
  const code = cluster.codePointAt(0) ?? 0;
  const start = ON_DARK.find((first) => code >= first && code < first + 26);
  return start === undefined ? null : String.fromCodePoint(0x61 + code - start);
}

function pairs(looks: string, plain: string): ReadonlyMap<string, string> {
  const letters = Array.from(plain);
  return new Map(Array.from(looks, (letter, index) => [letter, letters[index] ?? letter]));
}
