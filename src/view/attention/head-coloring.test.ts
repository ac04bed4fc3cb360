import { describe, expect, it } from 'vitest';
import { fakePrediction } from '../../core/testing/engine-fake-results.ts';
import { fakeExplanation } from '../../core/testing/explanation-fake.ts';
import type { PerHead } from '../../core/explanation.ts';
import { measureModule } from '../../explain/head-statistics.ts';
import { MODULES } from '../../session/words/attention-words.ts';
import { crossModalPart, extremesSentence, importanceColoring, statisticColoring } from './head-coloring.ts';
import type { ShownHead } from './head-words.ts';

const { attention, tokens } = fakePrediction('photo-1', 'Where?');
const { headImportance } = fakeExplanation({ imageId: 'photo-1', question: 'Where?', method: 'relevance' });

function importance(): PerHead {
  if (!headImportance) throw new Error('the fake has gradients');
  return headImportance;
}

const measured = (module: keyof typeof attention) => measureModule(attention, module, 'peak', tokens);

describe('by statistic', () => {
  const coloring = statisticColoring({
    lowest: 0.2,
    highest: 0.6,
    modules: {
      language: measured('language'),
      vision: null,
      textToRegion: measured('textToRegion'),
      regionToText: measured('regionToText'),
      textSelf: measured('textSelf'),
      regionSelf: measured('regionSelf'),
    },
  });

  it('each head has the middle of its rows, and the mean of the heads a number of its own', () => {
    expect(coloring.value({ module: 'language', layer: 0, head: 0 })).toBeCloseTo(0.5, 6);
    const mean = coloring.value({ module: 'language', layer: 0, head: 'mean' });
    expect(mean).toBeCloseTo(measured('language')?.means[0]?.median ?? 0, 6);
    expect(coloring.words({ module: 'language', layer: 0, head: 0 })).toMatch(/^50 %, between \d+ % and/u);
  });

  it('a module that was not measured has no number, and a layer that is not there neither', () => {
    expect(coloring.value({ module: 'vision', layer: 0, head: 0 })).toBeNull();
    expect(coloring.value({ module: 'language', layer: 9, head: 0 })).toBeNull();
    expect(coloring.words({ module: 'vision', layer: 0, head: 0 })).toMatch(/no such marks/u);
  });
});

describe('by importance', () => {
  it('the parts of all heads sum to 1, and the largest ends the scale', () => {
    const coloring = importanceColoring(importance());
    const parts = MODULES.flatMap(({ module }) => {
      const [layers, heads] = importance()[module].dims;
      return Array.from(
        { length: layers * heads },
        (_, index) =>
          coloring.value({ module, layer: Math.floor(index / heads), head: index % heads }) ?? Number.NaN,
      );
    });
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 6);
    expect(Math.max(...parts)).toBeCloseTo(coloring.highest, 6);
  });

  it('says which part looks across; the fake gives every module the same', () => {
    expect(crossModalPart(importance())).toBeCloseTo(1 / 3, 6);
  });

  it('has nothing to say of a mean', () => {
    const coloring = importanceColoring(importance());
    expect(coloring.value({ module: 'vision', layer: 0, head: 'mean' })).toBeNull();
  });
});

/** One head stands out above; of the others the last layers lie lowest, and regions alone say nothing. */
function standOut({ module, layer, head }: ShownHead): number | null {
  if (module === 'vision') return null;
  return module === 'textToRegion' && layer === 1 && head === 0 ? 0.9 : 0.2 - layer / 10;
}

it('names the heads at both ends', () => {
  expect(extremesSentence(attention, { value: standOut })).toMatch(
    /^Highest: Words → regions, layer 2, head 1, 90 %\. Lowest: .+, layer 2, head \d, 10 %\.$/u,
  );
});
