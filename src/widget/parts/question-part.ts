/** The question box, and questions to press on. */
import { make } from '../make-node.ts';
import { createFilling, type Part, type Visitor } from './part.ts';

const MAX_SUGGESTIONS = 4;

export function createQuestionPart(visitor: Visitor): Part {
  const input = make('input', {
    type: 'text',
    id: 'question',
    part: 'question',
    class: 'question',
    autocomplete: 'off',
    enterkeyhint: 'send',
    placeholder: 'What is in the photo?',
  });
  const button = make('button', { type: 'submit', part: 'ask', class: 'ask' }, 'Ask');
  const label = make('label', { for: 'question', class: 'label' }, 'Your question');
  const form = make(
    'form',
    { part: 'form', class: 'form' },
    label,
    make('div', { class: 'row' }, input, button),
  );
  const suggestions = make('ul', {
    part: 'suggestions',
    class: 'suggestions',
    'aria-label': 'Suggested questions',
  });
  const fill = createFilling(suggestions);
  /** What the session or the tag last put into the box. */
  let shownDraft = '';

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    visitor.ask(input.value);
  });

  return {
    root: make('div', { class: 'question-side' }, form, suggestions),
    update({ state, suggestions: questions, exchange, phase }, { question: given }) {
      // What the visitor is typing is not overwritten by what has been asked before.
      const next = state ? state.draft : (given ?? '');
      if (next !== shownDraft) {
        shownDraft = next;
        input.value = next;
      }
      button.disabled = phase === 'thinking';
      const asked = exchange?.prediction.question;
      const offered = questions.filter((question) => question !== asked).slice(0, MAX_SUGGESTIONS);
      suggestions.hidden = offered.length === 0;
      fill(offered.join('\n'), () =>
        offered.map((question) => {
          const chip = make('button', { type: 'button', part: 'suggestion', class: 'chip' }, question);
          chip.addEventListener('click', () => {
            input.value = question;
            visitor.ask(question);
          });
          return make('li', {}, chip);
        }),
      );
    },
  };
}
