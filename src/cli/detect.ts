/** `npm run detect`: the regions of a photo, with the features that LXMERT reads of them, as JSON. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { classifyRegions, proposeRegions } from '../engine/detect/detect-regions.ts';
import { openNodeRuntime } from '../engine/runtime/open-node-runtime.ts';
import { openPackGraph, openPart, type ReadFile } from '../engine/pack/pack-graphs.ts';
import { preprocessImage } from '../engine/photo/preprocess-image.ts';
import type { Graph } from '../engine/runtime/runtime.ts';
import { createStopwatch } from '../engine/runtime/stopwatch.ts';
import { runCommand, UsageError, usageOf } from './command.ts';
import { folderPackStore } from '../node/folder-pack-store.ts';
import { required, wholeNumber } from './options.ts';
import { readPixelsNode } from '../node/read-pixels-node.ts';

const USAGE = `npm run detect -- --pack DIR PHOTO [--threads N]

Prints JSON: {size, proposals, regions [{box, label, score, attributes}], features {dims, base64}, timings,
processorMs, memoryMb}. base64: little-endian float32, row-major [region, feature]; timings in milliseconds, those of the
processor over all threads; memory: the most that was held.`;

const OPTIONS = {
  pack: { type: 'string' },
  threads: { type: 'string', default: '2' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

await runCommand(USAGE, async () => {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) {
    console.log(usageOf(USAGE));
    return;
  }
  const [photo, ...rest] = positionals;
  const pack = required('--pack', values.pack);
  if (photo === undefined || rest.length > 0) {
    throw new UsageError(`${positionals.length} arguments, must be 1: a photo`);
  }
  const threads = wholeNumber('--threads', values.threads);
  console.log(JSON.stringify(await detect(pack, photo, threads)));
});

async function detect(packFolder: string, photo: string, threads: number): Promise<object> {
  const { lap } = createStopwatch();
  const packUrl = `${pathToFileURL(resolve(packFolder)).href}/`;
  const fetched = await folderPackStore.fetch(packUrl, {});
  const { pack } = fetched;
  const fileOf: ReadFile = async (path) => fetched.files.get(path) ?? (await fetched.fetchLater(path, {}));
  const runtime = openNodeRuntime(threads);
  const open = (path: string): Promise<Graph> => openPackGraph(runtime, pack, fileOf, path);
  const roiHead = await openPart('roiHead', pack, open);
  const backbone = await openPart('backbone', pack, open);
  const openMs = lap();
  const { pixels } = await readPixelsNode(new Blob([await readFile(photo)]));
  const readMs = lap();
  const input = preprocessImage(pixels, pack.image);
  const preprocessMs = lap();
  const proposals = await proposeRegions(backbone, input, pack.detector, pixels, {
    onProgress: ({ done, total }) => process.stderr.write(`\r${done} of ${total} parts of the pass`),
  });
  const proposeMs = lap();
  const { regions, features } = await classifyRegions(roiHead, proposals, pack, {
    onProgress: ({ done, total }) => process.stderr.write(`\r${done} of ${total} regions`),
  });
  const classifyMs = lap();
  const { dims, data } = features.features;
  const spent = process.cpuUsage();
  return {
    size: { width: pixels.width, height: pixels.height },
    proposals: proposals.boxes.dims[0],
    regions,
    features: { dims, base64: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') },
    timings: { openMs, readMs, preprocessMs, proposeMs, classifyMs },
    processorMs: Math.round((spent.user + spent.system) / 1000),
    memoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}
