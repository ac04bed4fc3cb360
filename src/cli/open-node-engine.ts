/** The page's engine in Node: its stages and its WASM, with files instead of the web. */
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import type { Engine } from '../core/engine.ts';
import { createEngine } from '../engine/create-engine.ts';
import { openNodeRuntime } from '../engine/open-node-runtime.ts';
import { folderPackStore } from './folder-pack-store.ts';
import { readPixelsNode } from './read-pixels-node.ts';

const DEFAULT_THREADS = 2;

export async function openNodeEngine(packFolder: string, threads = DEFAULT_THREADS): Promise<Engine> {
  const engine = createEngine({
    readPixels: readPixelsNode,
    openRuntime: () => Promise.resolve(openNodeRuntime(threads)),
    findGpu: () => Promise.resolve({ gpu: 'none', because: 'Node has no WebGPU' }),
    packStore: folderPackStore,
  });
  await engine.load({ packUrl: `${pathToFileURL(resolve(packFolder)).href}/`, backend: 'wasm' });
  return engine;
}
