/** All attention at once: six kinds, every layer, every head, coloured by a statistic of choice. */
import { useRef, useState } from 'react';
import { percent } from '../../core/percent.ts';
import type { AttentionModule } from '../../core/types.ts';
import { moduleName } from '../../session/words/attention-words.ts';
import type { ShownAttention } from '../../session/inquiry/show-attention.ts';
import type { GridCell } from '../grid-cursor.ts';
import { useActions, useSessionState } from '../session-context.ts';
import { HeadBlock } from './HeadBlock.tsx';
import { HeadTable } from './HeadTable.tsx';
import { extremesSentence } from './head-coloring.ts';
import { headName, MEASURES, MODULE_MEANINGS, type HeadMeasure, type ShownHead } from './head-words.ts';
import { ScaleLegend } from './ScaleLegend.tsx';
import { useHeadColoring } from './use-head-coloring.ts';

/** The two streams of the model side by side, in the order in which it computes. */
const STREAMS: readonly AttentionModule[] = [
  'language',
  'vision',
  'textToRegion',
  'regionToText',
  'textSelf',
  'regionSelf',
];

/** More than these do not fit twice beside each other on a narrow screen. */
const MANY_HEADS = 6;

function rowWords(layers: number): string {
  return layers === 1 ? '1 row' : `${layers} rows`;
}

interface Cursor extends GridCell {
  readonly module: AttentionModule;
}

export function HeadOverview({ shown: { exchange, slice } }: { readonly shown: ShownAttention }) {
  const { attention } = exchange.prediction;
  const { showAttention } = useActions();
  const openedModule = useSessionState((state) => state.attentionView.module);
  const opened: Cursor = {
    module: openedModule,
    row: slice.layer,
    column: slice.head === 'mean' ? 0 : slice.head + 1,
  };
  const [measure, setMeasure] = useState<HeadMeasure>('evenness');
  const [moved, setCursor] = useState<Cursor | null>(null);
  const cursor = moved ?? opened;
  const [pointed, setPointed] = useState<ShownHead | null>(null);
  const blocks = useRef<HTMLDivElement>(null);

  const { coloring, note, workOut } = useHeadColoring(exchange.prediction, measure);
  const words = MEASURES.find((each) => each.measure === measure);
  const mostHeads = Math.max(...STREAMS.map((module) => attention[module].dims[1]));

  const moveTo = (module: AttentionModule, cell: GridCell) => {
    setCursor({ module, ...cell });
    setPointed({ module, layer: cell.row, head: cell.column === 0 ? 'mean' : cell.column - 1 });
  };
  const leave = (from: AttentionModule, step: 1 | -1, column: number) => {
    const module = STREAMS[STREAMS.indexOf(from) + step];
    if (module === undefined) return;
    // In this order: with the focus, the cursor first goes to where it was last in that block.
    blocks.current?.querySelector<HTMLElement>(`[data-module="${module}"]`)?.focus();
    moveTo(module, { row: step === 1 ? 0 : attention[module].dims[0] - 1, column });
  };

  return (
    <section className="head-overview" aria-labelledby="heads-title">
      <header className="head-overview-head">
        <h3 id="heads-title">Every head</h3>
        <label className="field inline">
          <span>Colored by</span>
          <select
            value={measure}
            onChange={(event) => {
              const chosen = MEASURES.find((each) => each.measure === event.target.value);
              if (!chosen) return;
              setMeasure(chosen.measure);
              if (chosen.measure === 'importance') workOut?.();
            }}
          >
            {MEASURES.map((each) => (
              <option key={each.measure} value={each.measure}>
                {each.name}
              </option>
            ))}
          </select>
        </label>
      </header>
      <p className="aside">{words?.meaning}</p>
      {note && <p className="head-note">{note}</p>}
      {measure === 'importance' && workOut && (
        <button type="button" className="button" onClick={workOut}>
          Work out the gradients
        </button>
      )}
      <div className="head-blocks" data-many={mostHeads > MANY_HEADS} ref={blocks}>
        {STREAMS.map((module) => {
          const [layers, heads] = attention[module].dims;
          return (
            <HeadBlock
              key={module}
              module={module}
              layers={layers}
              heads={heads}
              coloring={coloring}
              opened={opened.module === module ? opened : null}
              cursor={cursor.module === module ? cursor : null}
              onCursor={(cell) => moveTo(module, cell)}
              onLeave={(step, column) => leave(module, step, column)}
              onPoint={setPointed}
              onOpen={showAttention}
            />
          );
        })}
      </div>
      {coloring && (
        <>
          <p className="head-reading">
            {pointed
              ? `${headName(pointed)}: ${coloring.words(pointed)}.`
              : extremesSentence(attention, coloring)}
          </p>
          <ScaleLegend
            lowest={coloring.lowest}
            highest={coloring.highest}
            words={`Heads colored from ${percent(coloring.lowest)} to ${percent(coloring.highest)}`}
          />
        </>
      )}
      <HeadTable attention={attention} modules={STREAMS} coloring={coloring} name={words?.name ?? ''} />
      <details className="head-key">
        <summary>How to read these rows</summary>
        <p className="aside">
          Each row is a layer, and the model works from the top row to the bottom one. Each cell is one head;
          the first is the mean of its row. A cell with a stroke cannot change the answer: the answer is read
          from the words, and what regions learn in the last layer comes too late. By keyboard, the arrow and
          Page keys move and Enter opens a head.
        </p>
        <dl>
          {STREAMS.map((module) => (
            <div key={module}>
              <dt>
                {moduleName(module)}
                <span className="aside"> {rowWords(attention[module].dims[0])}</span>
              </dt>
              <dd>{MODULE_MEANINGS[module]}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
