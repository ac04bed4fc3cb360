/** What is laid over the photo and by which method; for attention, of which module, layer and head. */
import { describeFocusedAttention, MODULES } from '../../session/words/attention-words.ts';
import { methodOf } from '../../explain/registry.ts';
import { photoSentence } from '../../session/words/explanation-words.ts';
import { parseExplain } from '../attributes.ts';
import { make } from '../make-node.ts';
import type { Shown } from '../show.ts';
import { createFilling, type Part, type Visitor } from './part.ts';

export function createExplainPart(visitor: Visitor): Part {
  const method = choice('Explain by');
  const module = choice('Attention');
  const layer = choice('Layer');
  const head = choice('Head');
  const sentence = make('p', { part: 'sentence', class: 'sentence' });
  const controls = make('div', { part: 'controls', class: 'controls' });
  controls.append(...[method, module, layer, head].map(({ label }) => label));
  let last: Shown | null = null;

  method.select.addEventListener('change', () => visitor.chooseExplain(parseExplain(method.select.value)));
  module.select.addEventListener('change', () => {
    const chosen = MODULES.find((each) => each.module === module.select.value);
    if (chosen) last?.session?.showAttention({ module: chosen.module });
  });
  layer.select.addEventListener('change', () => {
    last?.session?.showAttention({ layer: Number(layer.select.value) });
  });
  head.select.addEventListener('change', () => {
    const { value } = head.select;
    last?.session?.showAttention({ head: value === 'mean' ? 'mean' : Number(value) });
  });
  module.offer(MODULES.map((each) => [each.module, each.name]));

  return {
    root: make('div', { class: 'explain' }, sentence, controls),
    update(shown) {
      last = shown;
      const { exchange, attention, methods, state } = shown;
      controls.hidden = !exchange;
      sentence.hidden = !exchange || shown.method === null;
      sentence.textContent = sentenceFor(shown);
      method.offer([['none', 'Nothing'], ...methods.map((each) => [each, methodOf(each).name] as const)]);
      method.select.value = shown.method ?? 'none';
      for (const { label } of [module, layer, head]) label.hidden = !attention;
      if (!attention || !state) return;
      const { slice } = attention;
      module.select.value = state.attentionView.module;
      layer.offer(numbered(slice.layers));
      layer.select.value = String(slice.layer);
      head.offer([['mean', 'All'], ...numbered(slice.heads)]);
      head.select.value = String(slice.head);
    },
  };
}

function sentenceFor({ attention, evidence, explanation }: Shown): string {
  if (attention) return describeFocusedAttention(attention);
  if (explanation.status === 'failed') return `${explanation.error.message} ${explanation.error.remedy}`;
  if (evidence) return `Why “${evidence.answer}”? ${photoSentence(evidence)}`;
  if (explanation.status !== 'working') return '';
  const { done, total } = explanation;
  return `Working out the explanation …${total > 1 ? ` ${done} of ${total}` : ''}`;
}

interface Choice {
  readonly label: HTMLLabelElement;
  readonly select: HTMLSelectElement;
  offer(options: readonly (readonly [value: string, name: string])[]): void;
}

function choice(name: string): Choice {
  const select = make('select', { class: 'select' });
  const fill = createFilling(select);
  return {
    label: make('label', { class: 'choice' }, make('span', {}, name), select),
    select,
    offer: (options) =>
      fill(options.join('\n'), () => options.map(([value, text]) => make('option', { value }, text))),
  };
}

function numbered(count: number): readonly (readonly [string, string])[] {
  return Array.from({ length: count }, (_, index) => [String(index), String(index + 1)] as const);
}
