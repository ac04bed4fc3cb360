import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { JsonField } from '../../core/json-field.ts';
import { lessonOf } from '../../core/lesson.ts';
import { readViewState, writeViewState } from '../../session/address/view-state.ts';

const FOLDER = new URL('../../../public/lessons/', import.meta.url);
const jsonOf = (file: string): JsonField =>
  new JsonField(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')), file);
/** In an order of their own. */
function fieldsOf(text: string): string {
  const fields = new URLSearchParams(text);
  fields.sort();
  return fields.toString();
}

const samples = JSON.parse(readFileSync(new URL('../samples/samples.json', FOLDER), 'utf8'));
const files = readdirSync(FOLDER).filter((name) => !['index.json', 'schema.json'].includes(name));

it('are listed, each once', () => {
  const listed = jsonOf('index.json')
    .at('lessons')
    .items()
    .map((item) => `${item.at('id').text()}.json`);
  expect(listed.toSorted()).toEqual(files.toSorted());
});

describe.each(files)('%s', (file) => {
  const { title, steps } = lessonOf(jsonOf(file));

  it('is called as in the list', () => {
    const titles = jsonOf('index.json')
      .at('lessons')
      .items()
      .map((item) => item.at('title').text());
    expect(titles).toContain(title);
  });

  it('shows views that the page can write itself, of photos that it has', () => {
    const views = steps.flatMap(({ view, predict }) => [view, predict?.outcome.view ?? '']);
    for (const view of views.filter((each) => each !== '')) {
      const state = readViewState(`#${view}`);
      if (state?.photo.kind !== 'sample') throw new Error(`${view} names no sample`);
      const { file: photo } = state.photo;
      expect(samples.samples.map((sample: { file: string }) => sample.file)).toContain(photo);
      // Nothing in it was misspelt: what is read is what was written.
      expect(fieldsOf(writeViewState(state))).toBe(fieldsOf(view));
    }
  });

  it('asks for a prediction somewhere', () => {
    expect(steps.some(({ predict }) => predict !== null)).toBe(true);
  });
});

it('says what is wrong with a lesson', () => {
  const broken = new JsonField({ title: 'x', about: 'y', steps: [{ view: 'photo=own' }] }, 'mine');
  expect(() => lessonOf(broken)).toThrow('mine.steps[0].look is missing');
});
