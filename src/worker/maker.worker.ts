/** The entry of the worker that makes packs. Nothing may import it; see `begin.ts`. */
import { begin } from './begin.ts';

begin(async () => (await import('./start-maker.ts')).startMaker);
