/** The store beside the session: explanations of the answer on screen, their measurement, and changed runs. */
import { createStore } from 'zustand/vanilla';
import type { Engine } from '../../core/engine.ts';
import type {
  ExplainProgress,
  Explanation,
  Faithfulness,
  FaithfulnessProgress,
  Flip,
  FlipProgress,
} from '../../core/explanation.ts';
import type { LookingTest } from '../../explain/looking.ts';
import { editsOf, NO_EDITS } from './edits.ts';
import { follow } from './follow-work.ts';
import { inspectWith } from './inspect-with.ts';
import { createLatest } from '../work/latest.ts';
import type { Edits, Lab, LabState } from './lab-state.ts';
import { lookOrGuess } from './look-or-guess.ts';
import { operateOn } from './run-edits.ts';
import {
  abilitiesFor,
  besideInquiry,
  chosenAnswer,
  chosenMethod,
  gradientInquiry,
  inquiryKey,
} from './select-explanation.ts';
import { selectExchange } from '../work/selectors.ts';
import type { Exchange, Session } from '../work/state.ts';

const EMPTY: Omit<LabState, 'exchange' | 'inquiry' | 'beside' | 'tool' | 'scope' | 'picture'> = {
  recorded: null,
  layer: null,
  explanations: new Map(),
  inspection: { status: 'idle' },
  meters: new Map(),
  looking: { status: 'idle' },
  edits: NO_EDITS,
  past: [],
  outcome: { status: 'idle' },
  flip: { status: 'idle' },
};

/** Lives as long as the session; `session` is watched, never changed. */
export function createLab(engine: Engine, session: Pick<Session, 'getState' | 'subscribe'>): Lab {
  const store = createStore<LabState>()(() => ({
    exchange: null,
    tool: 'why',
    inquiry: { method: null, answer: null, against: null, removal: 'mask' },
    beside: null,
    scope: 'regions',
    picture: 'spotlight',
    ...EMPTY,
  }));
  const { getState, setState } = store;
  const [explaining, comparing, grading, measuring, looking, searching] = [
    createLatest(),
    createLatest(),
    createLatest(),
    createLatest(),
    createLatest(),
    createLatest(),
  ];
  const operation = operateOn(engine, store);
  const inspection = inspectWith(engine, store);

  function stop(): void {
    for (const work of [explaining, comparing, grading, measuring, looking, searching]) work.stop();
    operation.stop();
    inspection.stop();
  }

  function begin(exchange: Exchange | null): void {
    stop();
    operation.forgetScene();
    setState(({ exchange: before, inquiry, layer, edits }) => {
      // The models' own answer in the place of a recorded one is the same exchange to whoever looks at it.
      const isSame = exchange !== null && exchange.id === before?.id;
      return {
        ...EMPTY,
        exchange,
        layer: isSame ? layer : null,
        inquiry: isSame ? inquiry : { ...inquiry, answer: null, against: null },
        edits: { ...NO_EDITS, removal: edits.removal },
      };
    });
    if (exchange?.standIn) void readRecorded(exchange, exchange.standIn);
    else if (exchange) void explainAll();
  }

  /** A recording says what it holds when it is loaded, and then has to be shown its photo again. */
  async function readRecorded(exchange: Exchange, standIn: Engine): Promise<void> {
    const { imageId, blob } = exchange.photo;
    const { abilities } = await standIn.load({ packUrl: '', backend: 'wasm' });
    await standIn.detect({ imageId, image: blob });
    if (getState().exchange !== exchange || abilities.methods.length === 0) return;
    setState({ recorded: abilities });
    await explainAll();
  }

  /** The explanation on the photo, and the one that stands beside it. */
  async function explainAll(): Promise<void> {
    await explain();
    if (getState().beside !== null) await explain(besideInquiry(getState()), comparing);
  }

  async function explain(inquiry = getState().inquiry, latest = explaining): Promise<void> {
    const { exchange, explanations } = getState();
    const abilities = abilitiesFor(getState(), session.getState().engine);
    if (!exchange || !abilities) return;
    const key = inquiryKey(inquiry, abilities);
    const present = explanations.get(key)?.status;
    if (present === 'done' || present === 'running') return;
    await follow<ExplainProgress, Explanation>(
      latest,
      (work) => setState((state) => ({ explanations: new Map(state.explanations).set(key, work) })),
      (options) =>
        (exchange.standIn ?? engine).explain(
          {
            imageId: exchange.photo.imageId,
            question: exchange.prediction.question,
            method: chosenMethod(inquiry, abilities),
            answer: chosenAnswer(inquiry, exchange),
            ...(inquiry.against !== null && { against: inquiry.against }),
            removal: inquiry.removal,
          },
          options,
        ),
    );
  }

  /** An edited answer is one run: it does not wait for an explanation of many, which begins again after it. */
  async function beforeExplaining(operate: () => Promise<void>): Promise<void> {
    const isExplaining = [...getState().explanations.values()].some(({ status }) => status === 'running');
    if (isExplaining) for (const work of [explaining, comparing]) work.stop();
    await operate();
    if (isExplaining) await explainAll();
  }

  session.subscribe((state, previous) => {
    const exchange = selectExchange(state);
    if (exchange !== getState().exchange) begin(exchange);
    // The photo has been detected again, by other models or after a crash: what failed can run now.
    else if (state.photo !== previous.photo && state.photo.status === 'ready') void explainAll();
  });

  return {
    getState,
    subscribe: store.subscribe,

    take: (tool) => setState({ tool, layer: null }),
    showLayer: (layer) => setState({ layer }),
    choosePicture: (picture) => setState({ picture }),

    async inquire(change) {
      const isOther = change.answer !== undefined && change.answer !== getState().inquiry.answer;
      if (isOther) measuring.stop();
      setState(({ inquiry, meters }) => ({
        inquiry: { ...inquiry, ...change },
        meters: isOther ? EMPTY.meters : meters,
      }));
      await explainAll();
    },

    async compareWith(beside) {
      setState({ beside });
      await explainAll();
    },

    workOutGradients: () => explain(gradientInquiry(getState().inquiry), grading),

    inspectHeads: inspection.inspect,

    chooseScope: (scope) => setState({ scope }),

    async measure() {
      const { exchange, inquiry, scope } = getState();
      if (!exchange) return;
      const { photo, prediction } = exchange;
      await follow<FaithfulnessProgress, Faithfulness>(
        measuring,
        (meter) => setState(({ meters }) => ({ meters: new Map(meters).set(scope, meter) })),
        (options) =>
          engine.measureFaithfulness(
            {
              imageId: photo.imageId,
              question: prediction.question,
              answer: chosenAnswer(inquiry, exchange),
              scope,
            },
            options,
          ),
      );
    },

    async lookOrGuess(otherPhoto) {
      const { exchange } = getState();
      if (!exchange) return;
      const earlier = session
        .getState()
        .history.find(({ photo }) => photo.imageId !== exchange.photo.imageId);
      const findOther = earlier ? () => Promise.resolve(earlier.photo.blob) : otherPhoto;
      await follow<number, LookingTest>(
        looking,
        (work) => setState({ looking: work }),
        (options) => lookOrGuess(engine, exchange, findOther, options),
      );
    },

    async findFlip(among) {
      const { exchange, edits } = getState();
      if (!exchange) return;
      const { photo, prediction } = exchange;
      await follow<FlipProgress, Flip>(
        searching,
        (flip) => setState({ flip }),
        (options) =>
          engine.findFlip(
            { imageId: photo.imageId, question: prediction.question, among, removal: edits.removal },
            options,
          ),
      );
    },

    edit: (edits: Partial<Edits>) => beforeExplaining(() => operation.edit(edits)),
    undo: () => beforeExplaining(operation.undo),
    restore: () => operation.edit({ ...NO_EDITS, removal: getState().edits.removal }),

    applyFlip: (change) => beforeExplaining(() => operation.edit(editsOf(change))),

    stop,
  };
}
