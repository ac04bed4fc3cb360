/** The question as the model read it: each word shows its weight, can be pointed at and held fast. */
import type { Token } from '../../core/types.ts';
import { heatCss, shareOf } from '../../draw/heatmap.ts';
import { nextPosition } from '../../session/inquiry/next-position.ts';
import { make } from '../make-node.ts';
import type { Shown } from '../show.ts';
import { shownTokenWeights, type ShownWeights } from '../shown-weights.ts';
import { createFilling, type Part } from './part.ts';

interface Word {
  readonly button: HTMLButtonElement;
  readonly bar: HTMLElement;
  readonly number: HTMLElement;
}

export function createWordsPart(): Part {
  const root = make('div', {
    part: 'words',
    class: 'words',
    role: 'group',
    'aria-label': 'Words of the question',
  });
  const fill = createFilling(root);
  let words: readonly Word[] = [];
  let last: Shown | null = null;

  const leave = () => last?.session?.focusOn({ kind: 'none' });

  function makeWord({ text, kind }: Token, index: number): Word {
    const bar = make('span', { class: 'word-bar', 'aria-hidden': 'true' });
    const number = make('span', { class: 'word-number' });
    const button = make(
      'button',
      {
        type: 'button',
        class: 'word',
        part: 'word',
        'data-kind': kind,
        'data-continues': String(text.startsWith('##')),
        tabindex: index === 0 ? '0' : '-1',
      },
      make('span', { class: 'word-text' }, text),
      bar,
      number,
    );
    const focusOn = (locked: boolean) => last?.session?.focusOn({ kind: 'token', index, locked });
    button.addEventListener('pointerenter', () => focusOn(false));
    button.addEventListener('pointerleave', leave);
    button.addEventListener('focus', () => focusOn(false));
    button.addEventListener('blur', leave);
    button.addEventListener('click', () => focusOn(true));
    return { button, bar, number };
  }

  root.addEventListener('keydown', (event) => {
    const current = words.findIndex(({ button }) => button.tabIndex === 0);
    const next = nextPosition(event.key, current, words.length);
    if (next === null) return;
    event.preventDefault();
    for (const [index, { button }] of words.entries()) button.tabIndex = index === next ? 0 : -1;
    words[next]?.button.focus();
  });

  return {
    root,
    update(shown) {
      last = shown;
      const { exchange, method, attention, state } = shown;
      root.hidden = !exchange || method === null;
      fill(exchange, () => {
        words = (exchange?.prediction.tokens ?? []).map(makeWord);
        return words.map(({ button }) => button);
      });
      const weights = shownTokenWeights(shown);
      const pointed = attention?.focused.focus ?? (state?.focus.kind === 'token' ? state.focus : null);
      for (const [index, word] of words.entries()) {
        const isPointed = pointed?.kind === 'token' && pointed.index === index;
        const isHeld = isPointed && state?.focus.kind === 'token' && state.focus.locked;
        word.button.dataset['pointed'] = String(isPointed);
        word.button.setAttribute('aria-pressed', String(isHeld));
        weigh(word, weights, index);
      }
    },
  };
}

function weigh({ bar, number }: Word, shown: ShownWeights | null, index: number): void {
  bar.hidden = !shown;
  number.textContent = '';
  if (!shown) return;
  const weight = shown.weights[index] ?? 0;
  bar.style.setProperty('--share', String(shareOf(Math.abs(weight), shown.highest)));
  bar.style.setProperty('--swatch', heatCss(weight, shown));
  number.textContent = shown.amount(weight);
}
