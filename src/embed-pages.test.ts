// @vitest-environment happy-dom
/** The pages about embedding name everything that the source has, and nothing else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createVqa } from './sdk/vqa.ts';
import { createFakeEngine } from './core/testing/engine-fake.ts';
import { elementManifest } from './build/element-manifest.ts';
import * as browserEntry from './index.ts';
import * as nodeEntry from './node.ts';
import { REMEDIES } from './core/errors/remedies.ts';
import { ATTRIBUTES } from './widget/attributes.ts';
import { EVENT_NAMES } from './widget/events.ts';

const ROOT = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const elementPage = read('public/embed/element.html');

/** What stands in code at the head of each row of a table. */
function rowsOf(html: string, table: string): string[] {
  const start = html.indexOf(table);
  const body = start < 0 ? '' : html.slice(start, html.indexOf('</tbody>', start));
  return [...body.matchAll(/<th scope="row"><code>(?<name>[^<]+)<\/code>/gu)].map(
    ({ groups }) => groups?.['name'] ?? '',
  );
}

const listed = (name: string) => rowsOf(elementPage, `data-list="${name}"`).toSorted();

function widgetSources(extension: string): string[] {
  return readdirSync(join(ROOT, 'src/widget'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension) && !file.includes('.test.'))
    .map((file) => read(join('src/widget', file)));
}

function namesIn(sources: readonly string[], pattern: RegExp): string[] {
  const names = sources.flatMap((source) =>
    [...source.matchAll(pattern)].map(({ groups }) => groups?.['name'] ?? ''),
  );
  return [...new Set(names)].toSorted();
}

/** Methods of an object, as a program calls them. */
function callable(name: string, value: object): string[] {
  return Object.entries(value)
    .filter(([, member]) => typeof member === 'function')
    .map(([member]) => `${name}.${member}`);
}

describe('the page of the element lists', () => {
  test('its attributes', () => {
    expect(listed('attributes')).toEqual([...ATTRIBUTES].toSorted());
  });

  test('its events', () => {
    expect(listed('events')).toEqual([...EVENT_NAMES].toSorted());
  });

  test('its parts', () => {
    expect(listed('parts')).toEqual(namesIn(widgetSources('.ts'), /\bpart: '(?<name>[\w-]+)'/gu));
  });

  test('its slots', () => {
    expect(listed('slots')).toEqual(
      namesIn(widgetSources('.ts'), /make\('slot', \{ name: '(?<name>[\w-]+)'/gu),
    );
  });

  test('its CSS variables', () => {
    expect(listed('variables')).toEqual(namesIn(widgetSources('.css'), /var\(\s*(?<name>--vqa-[\w-]+)/gu));
  });

  test('its methods and properties', () => {
    const source = read('src/widget/element.ts');
    const lifecycle = /^(?:constructor|connectedCallback|disconnectedCallback|attributeChangedCallback)$/u;
    const methods = namesIn([source], /^ {2}(?:async )?(?<name>[a-z]\w*)\(/gmu).filter(
      (name) => !lifecycle.test(name),
    );
    expect(listed('methods')).toEqual(methods);
    expect(listed('properties')).toEqual(namesIn([source], /^ {2}get (?<name>\w+)\(/gmu));
  });
});

const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name).toSorted();

test('what editors read of the element names the same', () => {
  const [{ declarations }] = elementManifest(elementPage).modules;
  const [{ attributes, events, members, cssParts, cssProperties, slots }] = declarations;
  expect(names(attributes)).toEqual([...ATTRIBUTES].toSorted());
  expect(names(events)).toEqual([...EVENT_NAMES].toSorted());
  expect(names(members)).toEqual([...listed('methods'), ...listed('properties')].toSorted());
  expect([cssParts, cssProperties, slots].map(names)).toEqual(['parts', 'variables', 'slots'].map(listed));
  for (const { description } of [...attributes, ...events, ...members])
    expect(description).toMatch(/^(?:(?!<\w|&\w+;).)+\.$/u);
});

test('the snippets that the page builds use attributes that the element has', () => {
  const snippet = read('src/view/embed/snippet.ts');
  const known: readonly string[] = ATTRIBUTES;
  const used = namesIn([snippet], /\['(?<name>[\w-]+)', [\w']+\]/gu);
  expect(used.length).toBeGreaterThan(5);
  expect(used.filter((name) => !known.includes(name))).toEqual([]);
});

describe('the page of the SDK lists', () => {
  test('everything that can be called', async () => {
    const engine = createFakeEngine();
    const report = await engine.load({ packUrl: 'https://example.org/', backend: 'auto' });
    const vqa = createVqa(engine, report, () => undefined);
    const photo = await vqa.detect(new Blob());
    const expected = ['loadVqa', 'probe', ...callable('vqa', vqa), ...callable('photo', photo)];
    expect(rowsOf(read('public/embed/sdk.html'), 'data-calls').toSorted()).toEqual(expected.toSorted());
  });

  test('and both entries give the same away', () => {
    expect(Object.keys(nodeEntry).toSorted()).toEqual(Object.keys(browserEntry).toSorted());
  });
});

describe('the pages', () => {
  const pages = readdirSync(join(ROOT, 'public/embed')).filter((file) => file.endsWith('.html'));

  test.each(pages)('%s names scripts that the build makes', (page) => {
    const bundle = read('src/build/embed-bundle.ts');
    const made = namesIn([bundle], /^ {2}'?(?<name>[\w/-]+)'?: 'src\/widget\//gmu);
    expect(made).toContain('embed/in-page-vqa');
    const known = new Set([...made, 'embed/worker'].map((name) => `${name.replace('embed/', '')}.js`));
    const named = namesIn([read(join('public/embed', page))], /(?:vqa\/embed\/|src=")(?<name>[\w-]+\.js)/gu);
    expect(named.filter((name) => !known.has(name) && name !== 'docs.js' && name !== 'main.js')).toEqual([]);
  });

  test.each(pages)('%s links to places that exist', (page) => {
    const html = read(join('public/embed', page));
    const anchors = [...html.matchAll(/href="(?<file>[\w.-]*|\.\/)#(?<id>[\w-]+)"/gu)];
    const missing = anchors.filter(({ groups }) => {
      const file = groups?.['file'] ?? '';
      const target = file === './' ? 'index.html' : file || page;
      return !read(join('public/embed', target)).includes(`id="${groups?.['id']}"`);
    });
    expect(missing.map(([link]) => link)).toEqual([]);
  });
});

describe('the reference lists', () => {
  const reference = read('docs/reference.md');
  const section = (title: string) => reference.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = (title: string) =>
    [...section(title).matchAll(/^\| `(?<name>[\w-]+)` +\| (?<text>.+?) +\|$/gmu)].map(
      ({ groups }): [string, string] => [groups?.['name'] ?? '', groups?.['text'] ?? ''],
    );

  test('the keys of an address', () => {
    const source = read('src/session/address/view-state.ts');
    const keys = namesIn([source], /(?:fields\.get\(|oneOf\([A-Z_]+, )'(?<name>\w+)'\)/gu);
    expect(
      rows('Addresses of the page')
        .map(([key]) => key)
        .toSorted(),
    ).toEqual(keys);
  });

  test('every error, with what to do', () => {
    expect(rows('Errors')).toEqual(Object.entries(REMEDIES));
  });
});
