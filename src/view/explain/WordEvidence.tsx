/** The words of the question with what each one contributes. */
import { heatCss, shareOf } from '../../draw/heatmap.ts';
import { wordsSentence } from '../../session/words/explanation-words.ts';
import type { ShownExplanation } from '../../session/inquiry/show-explanation.ts';

export function WordEvidence({ shown }: { readonly shown: ShownExplanation }) {
  const { tokens, words, errors } = shown;
  return (
    <div className="word-evidence">
      <ul className="token-strip" aria-label="Evidence in the words">
        {tokens.map((token, index) => {
          const weight = words.weights[index] ?? 0;
          return (
            token.kind !== 'special' && (
              <li key={index} className="token" data-continues={token.text.startsWith('##')}>
                <span>{token.text}</span>
                <span
                  className="token-weight"
                  style={{
                    '--swatch': heatCss(weight, words),
                    '--share': shareOf(Math.abs(weight), words.highest),
                  }}
                >
                  {words.amount(weight)}
                </span>
                {errors && <span className="token-error">± {(errors.tokens[index] ?? 0).toFixed(2)}</span>}
              </li>
            )
          );
        })}
      </ul>
      <p className="why-words">{wordsSentence(shown)}</p>
    </div>
  );
}
