/** What the golden cases of a gradient graph begin with: the pack, the graph, and the inputs that Python gave it. */
import { readFileSync } from 'node:fs';
import { BOX_STRIDE } from '../../core/boxes.ts';
import { JsonField } from '../../core/json-field.ts';
import type { ModelPack } from '../../core/pack/pack.ts';
import { parsePackText } from '../../core/pack/parse-pack.ts';
import { tensor } from '../../core/tensor.ts';
import { waveData } from '../../engine/pack/golden-case.ts';
import { openNodeRuntime } from '../../engine/runtime/open-node-runtime.ts';
import { openPackGraph } from '../../engine/pack/pack-graphs.ts';
import type { GradientInputs } from '../../engine/lxmert/run-gradients.ts';
import type { Graph } from '../../engine/runtime/runtime.ts';

const ROOT = new URL('../../../', import.meta.url);
export const CASES = new URL('models/fixtures/cases/', ROOT);

export interface GoldenGradients {
  readonly golden: JsonField;
  readonly pack: ModelPack;
  /** Of the case; its target is another for every test. */
  readonly inputs: Pick<GradientInputs, 'ids' | 'features' | 'maskId' | 'change'>;
  readonly openGraph: () => Promise<Graph>;
}

/** @param name of a file in `CASES`, written by models/pack/cases.py */
export function openGolden(name: string): GoldenGradients {
  const golden = new JsonField(JSON.parse(readFileSync(new URL(name, CASES), 'utf8')), name);
  const folder = `${golden.at('pack').text()}/`;
  const pack = parsePackText(readFileSync(new URL(`${folder}pack.json`, ROOT), 'utf8'));
  const { featureSize, explain } = pack.lxmert;
  const boxes = golden
    .at('boxes')
    .items()
    .flatMap((box) => box.numbers(BOX_STRIDE));
  const regions = boxes.length / BOX_STRIDE;
  const readFile = (path: string) =>
    Promise.resolve(new Uint8Array(readFileSync(new URL(folder + path, ROOT))));
  return {
    golden,
    pack,
    inputs: {
      ids: Int32Array.from(golden.at('tokenIds').numbers()),
      features: {
        features: tensor<readonly ['region', 'feature']>(
          [regions, featureSize],
          waveData(regions * featureSize).map(Math.abs),
        ),
        boxes: tensor<readonly ['region', 'box']>([regions, BOX_STRIDE], Float32Array.from(boxes)),
      },
      maskId: 0,
      change: {},
    },
    openGraph: () => openPackGraph(openNodeRuntime(1), pack, readFile, explain ?? ''),
  };
}
