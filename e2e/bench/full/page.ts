/** Runs in the browser: a made pack's LXMERT on the runtime of the page. */
import { parsePackText } from '../../../src/core/pack/parse-pack.ts';
import { openWasmRuntime } from '../../../src/engine/runtime/open-wasm-runtime.ts';
import { openLxmert, type AskedLxmert, type Lxmert } from './lxmert.ts';

export interface FullBenchPage {
  /** Resolves with the threads in use. */
  load(packUrl: string): Promise<number>;
  ask(tokens: number): Promise<AskedLxmert>;
}

declare global {
  var fullBench: FullBenchPage;
}

let opened: Lxmert | null = null;

globalThis.fullBench = {
  async load(packUrl) {
    const fetched = (path: string) => fetch(new URL(path, packUrl));
    const pack = parsePackText(await (await fetched('pack.json')).text());
    opened = await openLxmert(await openWasmRuntime(), pack, async (path) => {
      const response = await fetched(path);
      return new Uint8Array(await response.arrayBuffer());
    });
    return opened.threads;
  },
  ask(tokens) {
    if (opened === null) throw new Error('nothing is loaded');
    return opened.ask(tokens);
  },
};
