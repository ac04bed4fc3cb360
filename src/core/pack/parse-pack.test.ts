import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VqaError } from '../errors.ts';
import { TASK_HEADS } from './pack.ts';
import { bytesToLoad, filesToLoad, packFile, parsePack, parsePackText } from './parse-pack.ts';

const text = readFileSync(new URL('../../../models/fixtures/tiny-pack/pack.json', import.meta.url), 'utf8');

type Path = readonly (string | number)[];

/** The tiny pack with one value replaced; `undefined` removes it. */
const LISTED = { path: 'a.onnx', bytes: 1, sha256: 'ab'.repeat(32) };

function packWith(path: Path, value: unknown): unknown {
  const replace = (node: unknown, [key, ...rest]: Path): unknown => {
    if (key === undefined) return value;
    if (Array.isArray(node)) return node.map((item: unknown, i) => (i === key ? replace(item, rest) : item));
    if (typeof node !== 'object' || node === null) throw new Error(`no ${key} to replace`);
    return Object.fromEntries(
      Object.entries(node).map(([name, item]) => [name, name === key ? replace(item, rest) : item]),
    );
  };
  return replace(JSON.parse(text), path);
}

function complaint(parse: () => unknown): string {
  try {
    parse();
  } catch (thrown) {
    if (thrown instanceof VqaError) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
  return 'no complaint';
}

describe('parsePack', () => {
  it('reads the tiny pack', () => {
    const pack = parsePackText(text);
    expect(pack.id).toBe('tiny');
    expect(pack.image.mean).toHaveLength(3);
  });

  it('leaves the files of heads and of explanations for later, and loads the rest', () => {
    const pack = parsePackText(text);
    const later = [...Object.values(pack.lxmert.taskHeads), pack.lxmert.explain];
    expect(Object.keys(pack.lxmert.taskHeads)).toEqual([...TASK_HEADS]);
    const loaded = filesToLoad(pack);
    expect(loaded.filter(({ path }) => later.includes(path))).toEqual([]);
    expect(loaded.length + later.length).toBe(pack.files.length);
    expect(bytesToLoad(pack)).toBe(loaded.reduce((sum, file) => sum + file.bytes, 0));
    expect(packFile(pack, pack.tokenizer).bytes).toBeGreaterThan(0);
    expect(complaint(() => packFile(pack, 'x.onnx'))).toBe('pack-missing: The pack has no file x.onnx.');
  });

  it('reads a pack without heads', () => {
    expect(parsePack(packWith(['lxmert', 'taskHeads'], undefined)).lxmert.taskHeads).toEqual({});
  });

  it.each<[string, Path, unknown, string]>([
    ['another schema version', ['schemaVersion'], 2, 'schemaVersion is 2, must be 1, the version read here'],
    ['no schema version', ['schemaVersion'], undefined, 'schemaVersion is missing, must be 1'],
    ['an empty name', ['name'], '', 'name is "", must be a text that is not empty'],
    [
      'a text as number',
      ['image', 'width'],
      '416',
      'image.width is "416", must be a whole number of at least 1',
    ],
    ['a side between cells', ['image', 'height'], 100, 'image.height is 100, must be a multiple of 32'],
    ['two means', ['image', 'mean'], [1, 2], 'image.mean is a list of 2, must be a list of 3 numbers'],
    ['no spread', ['image', 'std'], [1, 0, 1], 'image.std is a list of 3, must be three numbers above 0'],
    [
      'an unknown order',
      ['image', 'channelOrder'],
      'GRB',
      'image.channelOrder is "GRB", must be "RGB" or "BGR"',
    ],
    [
      'an IoU of 2',
      ['detector', 'regions', 'nmsIou'],
      2,
      'detector.regions.nmsIou is 2, must be a number of at',
    ],
    [
      'no regions',
      ['detector', 'regions', 'count'],
      0,
      'detector.regions.count is 0, must be a whole number',
    ],
    [
      'an unlisted graph',
      ['lxmert', 'cross'],
      'x.onnx',
      'lxmert.cross is "x.onnx", must be a file listed in',
    ],
    [
      'an unlisted head',
      ['lxmert', 'taskHeads', 'matching'],
      'x.onnx',
      'lxmert.taskHeads.matching is "x.onnx", must be a file listed in',
    ],
    [
      'an unlisted golden case',
      ['golden', 'file'],
      'g.json',
      'golden.file is "g.json", must be a file listed',
    ],
    ['a way out', ['files', 0, 'path'], '../secret', 'files[0].path is "../secret", must be a relative path'],
    [
      'an absolute path',
      ['files', 0, 'path'],
      '/etc/hosts',
      'files[0].path is "/etc/hosts", must be a relative',
    ],
    [
      'a URL',
      ['files', 0, 'path'],
      'https://x.org/a',
      'files[0].path is "https://x.org/a", must be a relative',
    ],
    [
      'a file twice',
      ['files', 0, 'path'],
      'roi-head.onnx',
      'files[1].path is "roi-head.onnx", must be listed',
    ],
    [
      'a deflated file outside of its folder',
      ['files', 0],
      { ...LISTED, deflated: { ...LISTED, path: '../a' } },
      'files[0].deflated.path is "../a", must be a relative',
    ],
    ['a short hash', ['files', 1, 'sha256'], 'abc', 'files[1].sha256 is "abc", must be 64 lower-case'],
    ['no answers', ['labels', 'answers'], [], 'labels.answers is a list of 0, must be a list with at least'],
    ['a section that is no object', ['detector'], 3, 'detector is 3, must be an object'],
    ['an unknown scoring', ['scores'], 'argmax', 'scores is "argmax", must be "softmax" or "sigmoid"'],
  ])('refuses %s', (_, path, value, expected) => {
    expect(complaint(() => parsePack(packWith(path, value)))).toContain(`pack-invalid: ${expected}`);
  });

  it('refuses what is no object, and text that is no JSON', () => {
    expect(complaint(() => parsePack([1]))).toContain('pack-invalid');
    expect(complaint(() => parsePackText('<html>'))).toBe('pack-invalid: pack.json is not JSON.');
  });
});
