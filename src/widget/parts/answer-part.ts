/** The answer, large, what speaks against it, and what else came into question. */
import { doubtSentence } from '../../core/pack/doubt-sentence.ts';
import { percent } from '../../core/percent.ts';
import type { Prediction } from '../../core/types.ts';
import { make } from '../make-node.ts';
import { createFilling, type Part } from './part.ts';

const ANSWERS_SHOWN = 5;

export function createAnswerPart(): Part {
  const root = make('section', { part: 'answers', class: 'answers', 'aria-label': 'Answer' });
  const fill = createFilling(root);
  return {
    root,
    update({ state, exchange, phase }) {
      const isThinking = phase === 'thinking';
      const prediction = exchange?.prediction ?? null;
      root.hidden = !isThinking && !prediction;
      root.setAttribute('aria-busy', String(isThinking));
      const question = state && 'question' in state.answer ? state.answer.question : '';
      if (isThinking) fill(`thinking ${question}`, () => thinking(question));
      else fill(prediction, () => (prediction ? answered(prediction) : []));
    },
  };
}

function thinking(question: string): readonly Node[] {
  return [
    make('p', { class: 'asked' }, question),
    make('p', { class: 'dots' }, make('span', { class: 'visually-hidden' }, 'Working on the answer')),
  ];
}

function answered({ question, answers, confidence, overflow }: Prediction): readonly Node[] {
  const [best] = answers;
  const doubt = doubtSentence({ confidence, overflow });
  const bars = answers.slice(0, ANSWERS_SHOWN).map(({ answer, score }) => {
    const fill = make('span', { class: 'bar-fill' });
    fill.style.setProperty('--share', String(score));
    return make(
      'li',
      {},
      make('span', { class: 'bar-name' }, answer),
      make('span', { class: 'bar', 'aria-hidden': 'true' }, fill),
      make('span', { class: 'bar-score' }, percent(score)),
    );
  });
  const nodes: Node[] = [make('p', { class: 'asked' }, question)];
  if (best) {
    const score = make('span', { class: 'best-score' }, percent(best.score));
    nodes.push(
      make(
        'p',
        { class: 'best' },
        make('span', { part: 'answer', class: 'answer' }, best.answer),
        ' ',
        score,
      ),
    );
  }
  if (doubt) nodes.push(make('p', { part: 'doubt', class: 'doubt' }, doubt));
  nodes.push(make('ol', { class: 'bars', 'aria-label': 'Answers by score' }, ...bars));
  return nodes;
}
