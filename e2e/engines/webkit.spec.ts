import { describeJourney } from './journey.ts';

describeJourney('webkit');
