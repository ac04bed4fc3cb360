/** What the model will not read of the question, piece by piece, while it is typed. */
import type { Token, TokenizedQuestion } from '../../core/types.ts';
import { selectDraftTokens } from '../../session/work/selectors.ts';
import { useSessionState } from '../session-context.ts';

/** Pieces on either side of where the question is cut: all of a long one would push its answer off the screen. */
const NEAR_CUT = 5;

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
            {tokenized.overflow.length > 0 && pieces.length > NEAR_CUT && '… '}
            {(tokenized.overflow.length > 0 ? pieces.slice(-NEAR_CUT) : pieces).map((token) => (
              <Piece key={token.start} token={token} isCut={false} />
            ))}
            {tokenized.overflow.slice(0, NEAR_CUT).map((token) => (
              <Piece key={token.start} token={token} isCut />
            ))}
            {tokenized.overflow.length > NEAR_CUT && '…'}
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
          Too long: the model reads {maxTokens - 2} word pieces and does not see the last {overflow.length},
          which are struck through.
        </p>
      )}
      {unknown.length > 0 && (
        <p className="warning">
          The model does not know{' '}
          {unknown.length === 1 ? 'the dashed piece' : `the ${unknown.length} dashed pieces`} and reads
          “[UNK]” instead.
        </p>
      )}
    </>
  );
}
