import { describeJourney } from './journey.ts';

describeJourney('firefox');
