import { expect, it } from 'vitest';
import { ENGINE_METHODS, type Engine } from './engine.ts';
import { fromMethods, invoke, listMethods } from './service.ts';
import { createFakeEngine } from './testing/engine-fake.ts';

interface Greeter {
  greet(params: { readonly name: string }): Promise<string>;
  part(): Promise<null>;
}

it('lists every method, and no other', () => {
  expect(listMethods<Greeter>({ greet: true, part: true })).toEqual(['greet', 'part']);
  // @ts-expect-error a method is missing
  listMethods<Greeter>({ greet: true });
  // @ts-expect-error a method that the interface does not have
  listMethods<Greeter>({ greet: true, part: true, wave: true });
});

it('makes what wraps an engine from its list: a method more is a method more everywhere', async () => {
  const engine = createFakeEngine();
  const seen: string[] = [];
  const wrapped = fromMethods<Engine>(ENGINE_METHODS, (method, params, options) => {
    seen.push(method);
    return invoke(engine, method, params, options);
  });
  await wrapped.load({ packUrl: 'https://example.org/packs/fake/', backend: 'wasm' });
  await wrapped.inspectCache();
  expect(seen).toEqual(['load', 'inspectCache']);
  expect(Object.keys(wrapped)).toEqual([...ENGINE_METHODS]);
});
