import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createWebPackStore } from './fetch-pack.ts';
import { keepRest } from './keep-rest.ts';
import { MemoryCacheStorage } from './memory-cache.ts';
import { createPackCache } from './pack-cache.ts';

const FOLDER = new URL('../../../models/fixtures/tiny-pack/', import.meta.url);
const PACK_URL = 'https://example.org/pack/';
const HEAD = 'lxmert-matching.onnx';

it('fetches a head when it is used, and not before, and keeps it', async () => {
  const requests: string[] = [];
  const readFromFolder: typeof fetch = (input) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const path = url.href.replace(PACK_URL, '');
    requests.push(path);
    return Promise.resolve(new Response(new Uint8Array(readFileSync(new URL(path, FOLDER)))));
  };
  const storage = new MemoryCacheStorage();
  const visit = () =>
    createWebPackStore({ cache: createPackCache(storage), fetch: readFromFolder }).fetch(PACK_URL, {});

  const first = await visit();
  expect(first.files.has('lxmert-cross.onnx')).toBe(true);
  for (const head of Object.values(first.pack.lxmert.taskHeads)) expect(requests).not.toContain(head);
  const content = await first.fetchLater(HEAD, {});
  expect(readFileSync(new URL(HEAD, FOLDER)).equals(content)).toBe(true);
  expect(requests.at(-1)).toBe(HEAD);

  requests.length = 0;
  expect(await (await visit()).fetchLater(HEAD, {})).toEqual(content);
  expect(requests).toEqual(['pack.json']);
  await expect(first.fetchLater('tail.onnx', {})).rejects.toMatchObject({ code: 'pack-missing' });
});

it('stores the rest of a pack on request, each file once', async () => {
  const requests: string[] = [];
  const readFromFolder: typeof fetch = (input) => {
    const url = new URL(input instanceof Request ? input.url : input);
    requests.push(url.href.replace(PACK_URL, ''));
    return Promise.resolve(
      new Response(new Uint8Array(readFileSync(new URL(requests.at(-1) ?? '', FOLDER)))),
    );
  };
  const storage = new MemoryCacheStorage();
  const fetched = await createWebPackStore({
    cache: createPackCache(storage),
    fetch: readFromFolder,
  }).fetch(PACK_URL, {});
  expect(requests).not.toContain(HEAD);
  await keepRest(fetched, 0);
  expect(requests.toSorted()).toEqual(
    ['pack.json', ...fetched.pack.files.map(({ path }) => path)].toSorted(),
  );

  requests.length = 0;
  await keepRest(fetched, 0);
  expect(requests).toEqual([]);
});
