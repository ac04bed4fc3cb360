// @vitest-environment node
import { appendFile, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { mergeReports, openJournal, partOf, type ShardReport } from './shards.ts';

const folder = await mkdtemp(join(tmpdir(), 'shards-'));
vi.spyOn(console, 'error').mockReturnValue();

async function write(name: string, report: object): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, JSON.stringify(report));
  return path;
}

function read({ pack, shard, found }: Readonly<Record<string, unknown>>): ShardReport<object> | null {
  return Array.isArray(found) ? { pack: String(pack), shard: String(shard), found } : null;
}

it('gives each part whole photos, with their places in the whole', () => {
  const items = ['a', 'b', 'a', 'c'].map((photo) => ({ photo }));
  expect(partOf(items, '1/2').map(({ index }) => index)).toEqual([0, 2, 3]);
  expect(partOf(items, '2/2').map(({ index }) => index)).toEqual([1]);
  expect(partOf(items, undefined)).toHaveLength(4);
  expect(() => partOf(items, '3/2')).toThrow('must be K/N');
});

it('goes on after what an interrupted run has left, up to the line that broke off', async () => {
  const out = join(folder, 'report.json');
  const [questions, others] = [join(folder, 'questions.json'), join(folder, 'others.json')];
  await writeFile(questions, '[]');
  await writeFile(others, '[1]');
  const first = await openJournal<{ readonly index: number }>(out, { shard: '1/2' }, [questions]);
  await first.add({ index: 4 });
  await first.add({ index: 5 });
  await appendFile(`${out}.partial`, '{"ind');
  const again = await openJournal<{ readonly index: number }>(out, { shard: '1/2' }, [questions]);
  expect(again.kept).toEqual([{ index: 4 }, { index: 5 }]);
  await again.add({ index: 6 });
  expect((await openJournal(out, { shard: '1/2' }, [questions])).kept).toHaveLength(3);
  expect((await openJournal(out, { shard: '1/2' }, [others])).kept).toEqual([]);
  const last = await openJournal(out, { shard: '2/2' }, [questions]);
  expect(last.kept).toEqual([]);
  await last.close();
  expect(await readdir(folder)).not.toContain('report.json.partial');
});

it('puts parts together in the order of the whole, and refuses what does not belong', async () => {
  const one = await write('1.json', { pack: 'p', shard: '1/2', found: [{ index: 0 }, { index: 2 }] });
  const two = await write('2.json', { pack: 'p', shard: '2/2', found: [{ index: 1 }] });
  const merged = await mergeReports([two, one], read);
  expect(merged.found.map(({ index }) => index)).toEqual([0, 1, 2]);
  await expect(mergeReports([one], read)).rejects.toThrow('shard 2/2 is missing');
  await expect(mergeReports([one, two, two], read)).rejects.toThrow('in two of the reports');
  const other = await write('3.json', { pack: 'q', shard: '2/2', found: [] });
  await expect(mergeReports([one, other], read)).rejects.toThrow('several packs');
  await expect(mergeReports([await write('4.json', {})], read)).rejects.toThrow('is no report');
});
