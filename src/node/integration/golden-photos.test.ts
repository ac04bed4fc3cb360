/** The whole way from a photo, against what Python wrote (models/pack/cases.py). A new case is a new file. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../core/engine.ts';
import { JsonField } from '../../core/json-field.ts';
import { parsePackText } from '../../core/pack/parse-pack.ts';
import type { AttentionMaps, Prediction, Scene } from '../../core/types.ts';
import { openNodeEngine } from '../open-node-engine.ts';

/** In probability, and in fractions of the photo: half precision is exact here, only the order of sums differs. */
const TOLERANCE = 1e-3;
const OPENING_TIMEOUT_MS = 60_000;

const ROOT = new URL('../../../', import.meta.url);
const CASES = new URL('models/fixtures/cases/', ROOT);

const MODULES: Readonly<Record<string, keyof AttentionMaps>> = {
  language_attention: 'language',
  vision_attention: 'vision',
  text_to_region_attention: 'textToRegion',
  region_to_text_attention: 'regionToText',
  text_self_attention: 'textSelf',
  region_self_attention: 'regionSelf',
};

function readCase(stage: string, pack: string): JsonField {
  const name = `${stage}-${pack}.json`;
  return new JsonField(JSON.parse(readFileSync(new URL(name, CASES), 'utf8')), name);
}

function differences(actual: ArrayLike<number>, expected: readonly number[]): number {
  return Math.max(...expected.map((value, index) => Math.abs((actual[index] ?? Number.NaN) - value)));
}

const packs = readdirSync(CASES).flatMap((name) => /^regions-(.+)\.json$/u.exec(name)?.[1] ?? []);

describe.each(packs)('the %s pack', (id) => {
  const regionsCase = readCase('regions', id);
  const predictionCase = readCase('prediction', id);
  const packJson = readFileSync(new URL(`${regionsCase.at('pack').text()}/pack.json`, ROOT), 'utf8');
  const { labels, lxmert } = parsePackText(packJson);
  let scene: Scene;
  let prediction: Prediction;
  /** What the sentence heads say of the case's text; empty for a pack without heads. */
  const judged = new Map<string, number>();

  beforeAll(async () => {
    const engine: Engine = await openNodeEngine(
      fileURLToPath(new URL(regionsCase.at('pack').text(), ROOT)),
      1,
    );
    const image = new Blob([readFileSync(new URL(regionsCase.at('photo').text(), ROOT))]);
    scene = await engine.detect({ imageId: 'photo', image });
    prediction = await engine.ask({ imageId: 'photo', question: predictionCase.at('question').text() });
    const text = predictionCase.at('question').text();
    if (lxmert.taskHeads.matching !== undefined) {
      judged.set('match', (await engine.match({ imageId: 'photo', text })).score);
    }
    if (lxmert.taskHeads.twoPhotos !== undefined) {
      const both = { left: 'photo', right: 'photo', statement: text };
      judged.set('compare', (await engine.compare(both)).score);
    }
  }, OPENING_TIMEOUT_MS);

  it('finds the same regions', () => {
    const expected = regionsCase.at('expected').at('regions').items();
    expect(scene.regions).toHaveLength(expected.length);
    for (const [index, region] of expected.entries()) {
      const { box, label, score } = scene.regions[index] ?? {};
      expect(label).toBe(labels.objects[region.at('label').number()]);
      expect(differences([score ?? 0], [region.at('score').number()])).toBeLessThan(TOLERANCE);
      const corners = box && [box.xmin, box.ymin, box.xmax, box.ymax];
      expect(differences(corners ?? [], region.at('box').numbers(4))).toBeLessThan(TOLERANCE);
    }
  });

  it('gives the same answers', () => {
    const expected = predictionCase.at('expected').at('answers').items();
    for (const [index, candidate] of expected.entries()) {
      const { answer, score } = prediction.answers[index] ?? {};
      expect(answer).toBe(candidate.at('answer').text());
      expect(differences([score ?? 0], [candidate.at('score').number()])).toBeLessThan(TOLERANCE);
    }
  });

  it('judges a sentence the same way', () => {
    const expected = predictionCase.at('expected').at('heads');
    expect([...judged.keys()]).toEqual(Object.keys(expected.value ?? {}));
    for (const [head, score] of judged) {
      expect(differences([score], [expected.at(head).number()])).toBeLessThan(TOLERANCE);
    }
  });

  it.each(Object.entries(MODULES))('looks the same way: %s', (output, module) => {
    const expected = predictionCase.at('expected').at('attention').at(output);
    const { dims, data } = prediction.attention[module];
    const [, heads, queries, keys] = dims;
    const row =
      (expected.at('layer').number() * heads + expected.at('head').number()) * queries +
      expected.at('query').number();
    const actual = data.subarray(row * keys, (row + 1) * keys);
    expect(differences(actual, expected.at('row').numbers(keys))).toBeLessThan(TOLERANCE);
  });
});
