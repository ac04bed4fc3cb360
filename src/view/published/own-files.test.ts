import { expect, it } from 'vitest';
import type { OwnFiles } from '../../core/published.ts';
import { roleOfFile, withFiles, withoutRole } from './own-files.ts';

const NONE: OwnFiles = {};

it.each([
  ['config.json', 'configuration'],
  ['lxmert_config.json', 'configuration'],
  ['vocab.txt', 'vocabulary'],
  ['trainval_label2ans.json', 'answers'],
  ['answers.txt', 'answers'],
  ['frcnn-vg-finetuned.bin', 'detector'],
  ['faster_rcnn_from_caffe_attr.pkl', 'detector'],
  ['model_LXRT.pth', 'lxmert'],
  ['BEST.pth', 'lxmert'],
  ['pytorch_model.bin', 'lxmert'],
] as const)('takes %s for %s', (name, role) => {
  expect(roleOfFile(name, NONE)).toBe(role);
});

it('keeps the parts of one model together, with their index', () => {
  const names = [
    'model-00001-of-00002.safetensors',
    'model-00002-of-00002.safetensors',
    'model.safetensors.index.json',
  ];
  const files = names.map((name) => new File(['x'], name));
  expect(withFiles(NONE, files)).toEqual({ lxmert: files });
});

it('gives a second file of unclear name the role that is still free', () => {
  const files = ['pytorch_model.bin', 'pytorch_model (1).bin'].map((name) => new File(['x'], name));
  expect(withFiles(NONE, files)).toEqual({ lxmert: files[0], detector: files[1] });
  expect(withoutRole(withFiles(NONE, files), 'lxmert')).toEqual({ detector: files[1] });
});
