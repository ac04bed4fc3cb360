/** What the model will not read of the question, piece by piece, while it is typed. */
import type { Token, TokenizedQuestion } from '../../core/types.ts';
import { selectDraftTokens } from '../../session/work/selectors.ts';
import { useSessionState } from '../session-context.ts';

export function DraftTokens() {
  const tokenized = useSessionState(selectDraftTokens);
  const pieces = tokenized?.tokens.filter(({ kind }) => kind !== 'special') ?? [];
  const isWhole = pieces.every(({ kind }) => kind !== 'unknown') && tokenized?.overflow.length === 0;
  return (
    <div id="question-tokens" className="draft-tokens">
      {tokenized && !isWhole && (
        <>
          <p className="token-line">
            <span className="visually-hidden">Word pieces: </span>
            {pieces.map((token) => (
              <Piece key={token.start} token={token} isCut={false} />
            ))}
            {tokenized.overflow.map((token) => (
              <Piece key={token.start} token={token} isCut />
            ))}
          </p>
          <TokenWarnings tokenized={tokenized} />
        </>
      )}
    </div>
  );
}

function Piece({ token, isCut }: { readonly token: Token; readonly isCut: boolean }) {
  const kind = isCut ? 'cut' : token.kind;
  return (
    <>
      <span className="piece" data-kind={kind}>
        {isCut ? <s>{token.text}</s> : token.text}
      </span>{' '}
    </>
  );
}

function TokenWarnings({
  tokenized: { tokens, overflow, maxTokens },
}: {
  readonly tokenized: TokenizedQuestion;
}) {
  const unknown = tokens.filter(({ kind }) => kind === 'unknown');
  return (
    <>
      {overflow.length > 0 && (
        <p className="warning">
          Too long: the model reads {maxTokens - 2} word pieces, so the last {overflow.length} (struck
          through) will not reach it.
        </p>
      )}
      {unknown.length > 0 && (
        <p className="warning">
          {unknown.length === 1 ? 'One piece is' : `${unknown.length} pieces are`} not in the model’s
          vocabulary (dashed) and read as “unknown”.
        </p>
      )}
    </>
  );
}
