/** The entry of the engine's worker. Nothing may import it; see `begin.ts`. */
import { begin } from './begin.ts';

begin(async () => (await import('./start-engine.ts')).startEngine);
