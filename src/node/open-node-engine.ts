/** The page's engine in Node: its stages and its WASM, with files instead of the web. */
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import type { Engine, LoadReport } from '../core/engine.ts';
import { createEngine } from '../engine/create-engine.ts';
import { openNodeRuntime } from '../engine/runtime/open-node-runtime.ts';
import type { PackStore } from '../engine/pack/pack-store.ts';
import { folderPackStore } from './folder-pack-store.ts';
import { readPixelsNode } from './read-pixels-node.ts';

const DEFAULT_THREADS = 2;

export interface NodeEngineOptions {
  readonly threads?: number;
  /** Folders unless told otherwise. */
  readonly packStore?: PackStore;
}

export function createNodeEngine({
  threads = DEFAULT_THREADS,
  packStore = folderPackStore,
}: NodeEngineOptions = {}): Engine {
  return createEngine({
    readPixels: readPixelsNode,
    openRuntime: () => Promise.resolve(openNodeRuntime(threads)),
    findGpu: () => Promise.resolve({ gpu: 'none', because: 'Node has no WebGPU' }),
    packStore,
  });
}

export async function loadNodeEngine(
  packFolder: string,
  threads = DEFAULT_THREADS,
): Promise<{ readonly engine: Engine; readonly report: LoadReport }> {
  const engine = createNodeEngine({ threads });
  const packUrl = `${pathToFileURL(resolve(packFolder)).href}/`;
  return { engine, report: await engine.load({ packUrl, backend: 'wasm' }) };
}

export async function openNodeEngine(packFolder: string, threads = DEFAULT_THREADS): Promise<Engine> {
  return (await loadNodeEngine(packFolder, threads)).engine;
}
