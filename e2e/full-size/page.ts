/** The whole page over an engine that answers at once, with as much attention as the published LXMERT gives. */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { createFakeEngine } from '../../src/core/testing/engine-fake.ts';
import { headNumbers } from '../../src/core/testing/inspection-fake.ts';
import { createLab } from '../../src/session/inquiry/create-lab.ts';
import { createSession } from '../../src/session/work/create-session.ts';
import { App } from '../../src/view/App.tsx';
import { fullSizeAttention, fullSizePrediction, fullSizeScene, VALUE_SIZE } from './full-size-answer.ts';

const engine = createFakeEngine();
// Made beforehand: a worker would make them beside the page.
const attention = fullSizeAttention();
const numbers = headNumbers(attention, VALUE_SIZE);
/** What a worker answers comes in a task of its own. */
const message = () => new Promise((resolve) => setTimeout(resolve));
const fullSize = {
  ...engine,
  detect: async (...call: Parameters<typeof engine.detect>) => fullSizeScene(await engine.detect(...call)),
  ask: async (...call: Parameters<typeof engine.ask>) => {
    const prediction = fullSizePrediction(await engine.ask(...call), attention);
    await message();
    return prediction;
  },
  inspectHeads: async (...call: Parameters<typeof engine.inspectHeads>) => {
    const inspection = { ...(await engine.inspectHeads(...call)), ...numbers };
    await message();
    return inspection;
  },
};
const session = createSession(fullSize, { packUrl: new URL('pack/', document.baseURI).href });
const root = document.querySelector('#app');
if (root) createRoot(root).render(createElement(App, { session, lab: createLab(fullSize, session) }));
void session.load();
