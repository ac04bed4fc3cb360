/** From photo to answer in one picture: left to right, opening in place down to the arithmetic of one head. */
import { Fragment, useDeferredValue, useState } from 'react';
import { selectExchange } from '../../session/work/selectors.ts';
import type { Exchange } from '../../session/work/state.ts';
import { BlobImage } from '../BlobImage.tsx';
import { useRovingFocus } from '../roving-focus.ts';
import { useSessionState } from '../session-context.ts';
import { FlowAnswer } from './FlowAnswer.tsx';
import { FlowStation } from './FlowStation.tsx';
import { flowStages, isSameLayer, layersOf, type FlowLayer } from './flow-stages.ts';
import { LayerPlate } from './LayerPlate.tsx';
import { OpenLayer } from './OpenLayer.tsx';
import { RegionCrops } from './RegionCrops.tsx';

export function FlowPanel() {
  // The picture may come a moment after the answer, so that the answer never waits for it.
  const exchange = useDeferredValue(useSessionState(selectExchange));
  return exchange && <Flow exchange={exchange} />;
}

function Flow({ exchange }: { readonly exchange: Exchange }) {
  const { photo, scene, prediction } = exchange;
  const stages = flowStages(prediction.attention);
  const plates = stages.flatMap(layersOf);
  const [open, setOpen] = useState<FlowLayer | null>(null);
  const roving = useRovingFocus(plates.length);
  const plate = (each: FlowLayer) => {
    const isOpen = isSameLayer(open, each);
    return (
      <LayerPlate
        key={`${each.module}-${each.layer}`}
        attention={prediction.attention}
        place={each}
        isOpen={isOpen}
        onToggle={() => setOpen(isOpen ? null : each)}
        roving={roving.item(plates.findIndex((other) => isSameLayer(other, each)))}
      />
    );
  };

  return (
    <section className="flow" aria-labelledby="flow-title">
      <header className="section-head">
        <h2 id="flow-title">From photo to answer</h2>
        <p className="aside">
          Each stamp is the attention of one layer, the mean of its heads. Open a layer for its heads, and a
          head for its arithmetic.
        </p>
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroller must be within reach of the keyboard */}
      <section className="flow-scroll" tabIndex={0} aria-label="From photo to answer, left to right">
        <ol className="flow-track" {...roving.group}>
          <FlowStation
            title="Given"
            words={<p className="flow-question">{prediction.question}</p>}
            regions={<BlobImage className="flow-photo" blob={photo.blob} alt="The photo" />}
          />
          <FlowStation
            title={`${prediction.tokens.length} tokens, ${scene.regions.length} regions`}
            words={
              <ul className="flow-tokens" aria-label="Tokens">
                {prediction.tokens.map(({ text }, index) => (
                  <li key={index}>{text}</li>
                ))}
              </ul>
            }
            regions={<RegionCrops blob={photo.blob} scene={scene} />}
          />
          {stages.map((stage) => {
            const opened = layersOf(stage).find((each) => isSameLayer(open, each));
            return (
              <Fragment key={stage.title}>
                <FlowStation
                  title={stage.title}
                  words={stage.words.map(plate)}
                  regions={stage.regions.map(plate)}
                  isLast={stage === stages.at(-1)}
                />
                {opened && <OpenLayer exchange={exchange} place={opened} onClose={() => setOpen(null)} />}
              </Fragment>
            );
          })}
          <FlowStation
            title="Pooled"
            words={
              <p className="flow-pooled">
                <span>[CLS]</span> alone goes on, through a layer that squashes its numbers into −1 … 1.
              </p>
            }
          />
          <FlowStation title="Answer" words={<FlowAnswer answers={prediction.answers} />} />
        </ol>
      </section>
    </section>
  );
}
