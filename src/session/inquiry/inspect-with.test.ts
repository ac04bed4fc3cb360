import { beforeEach, expect, it } from 'vitest';
import { VqaError } from '../../core/errors.ts';
import { createLab } from './create-lab.ts';
import { selectInspection } from './inspect-with.ts';
import type { Lab } from './lab-state.ts';
import { startSession, type SessionFixture } from '../work/session-fixture.ts';

let fixture: SessionFixture;
let lab: Lab;

beforeEach(async () => {
  fixture = startSession();
  lab = createLab(fixture.engine, fixture.session);
  await fixture.open();
  await fixture.session.ask('What color is the dog?');
});

const known = () => selectInspection(lab.getState().inspection);
const asked = () =>
  fixture.engine.calls.filter(({ method }) => method === 'inspectHeads').map(({ params }) => params);

it('asks once for an answer, however often it is told to', async () => {
  await Promise.all([lab.inspectHeads(), lab.inspectHeads()]);
  await lab.inspectHeads();
  expect(known()?.answer).toBe('brown');
  expect(asked()).toHaveLength(1);
});

it('keeps what it knows while another answer is on its way', async () => {
  await lab.inspectHeads();
  await lab.inquire({ answer: 'two', against: 'brown' });
  fixture.engine.hold('inspectHeads');
  const inspecting = lab.inspectHeads();
  expect(lab.getState().inspection.status).toBe('running');
  expect(known()?.answer).toBe('brown');
  fixture.engine.release('inspectHeads');
  await inspecting;
  expect(known()).toMatchObject({ answer: 'two', against: 'brown' });
});

it('forgets with the question', async () => {
  await lab.inspectHeads();
  await fixture.session.ask('How many dogs are there?');
  expect(lab.getState().inspection.status).toBe('idle');
  await lab.inspectHeads();
  expect(known()?.question).toBe('How many dogs are there?');
});

it('says why there is nothing, and asks again when told to', async () => {
  fixture.engine.failNext('inspectHeads', new VqaError('gradients-missing', 'The pack does not say.'));
  await lab.inspectHeads();
  expect(lab.getState().inspection).toMatchObject({ status: 'failed', error: { code: 'gradients-missing' } });
  await lab.inspectHeads();
  expect(asked()).toHaveLength(2);
  expect(known()?.answer).toBe('brown');
});
