/** The stages without a photo, against what Python wrote (models/pack/cases.py). A new case is a new file. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { JsonField } from '../../core/json-field.ts';
import { parsePackText } from '../../core/pack/parse-pack.ts';
import { createQuestionEncoder } from './encode-question.ts';
import { preprocessImage } from '../photo/preprocess-image.ts';

/** In units of the normalised input, where one level of a pixel is about 0.017. */
const PIXEL_TOLERANCE = 1e-4;

const ROOT = new URL('../../../', import.meta.url);
const CASES = new URL('models/fixtures/cases/', ROOT);

function casesOf(stage: string): [string, JsonField][] {
  return readdirSync(CASES)
    .filter((name) => name.startsWith(`${stage}-`))
    .map((name) => [name, new JsonField(JSON.parse(readFileSync(new URL(name, CASES), 'utf8')), name)]);
}

function packFile(golden: JsonField, path: string): string {
  return readFileSync(new URL(`${golden.at('pack').text()}/${path}`, ROOT), 'utf8');
}

describe.each(casesOf('preprocess'))('%s', (_, golden) => {
  const [width, height] = [golden.at('width').count(), golden.at('height').count()];
  const rgb = golden.at('rgb').numbers();
  const data = Uint8ClampedArray.from({ length: 4 * width * height }, (_unused, i) =>
    i % 4 === 3 ? 255 : (rgb[3 * Math.floor(i / 4) + (i % 4)] ?? 0),
  );
  const expected = golden.at('expected');

  it('gives the pixels that the detector was trained on', () => {
    const { image } = parsePackText(packFile(golden, 'pack.json'));
    const input = preprocessImage({ width, height, data }, image);
    expect(input.dims).toEqual(expected.at('dims').numbers());
    const errors = expected
      .at('samples')
      .items()
      .map((sample) => {
        const [index = 0, value = 0] = sample.numbers(2);
        return Math.abs((input.data[index] ?? Number.NaN) - value);
      });
    expect(Math.max(...errors)).toBeLessThan(PIXEL_TOLERANCE);
    const mean = input.data.reduce((sum, value) => sum + value, 0) / input.data.length;
    expect(Math.abs(mean - expected.at('mean').number())).toBeLessThan(PIXEL_TOLERANCE);
    const largest = input.data.reduce((a, b) => Math.max(a, b), -Infinity);
    expect(Math.abs(largest - expected.at('largest').number())).toBeLessThan(PIXEL_TOLERANCE);
  });
});

describe.each(casesOf('tokens'))('%s', (_, golden) => {
  const { tokenizer } = parsePackText(packFile(golden, 'pack.json'));
  const json: unknown = JSON.parse(packFile(golden, tokenizer));
  const questions = golden
    .at('cases')
    .items()
    .map((item) => ({
      text: String(item.at('text').value),
      ids: item.at('ids').numbers(),
      tokens: item.at('tokens').texts(),
    }));

  it.each(questions)('tokenizes $text', ({ text, ids, tokens }) => {
    // As Python's tokenizer is given it, letter by letter as it is typed.
    const encoded = createQuestionEncoder(Object(json), ids.length, (cluster) => cluster)(text);
    expect(encoded.tokens.map((token) => token.text)).toEqual(tokens);
    expect([...encoded.ids]).toEqual(ids);
    expect(encoded.overflow).toEqual([]);
    for (const { start, end } of encoded.tokens) expect(start).toBeLessThanOrEqual(end);
  });
});
