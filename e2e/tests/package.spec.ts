/** The package as a stranger meets it: packed, installed into empty projects, used as its documents say. */
import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { docSnippets } from '../fixtures/doc-snippets.ts';
import { packInto, startEmptyProject, type EmptyProject } from '../fixtures/empty-project.ts';
import { pngPhoto } from '../fixtures/photo-files.ts';
import { PROJECT_FOLDER } from '../../src/build/build-when-stale.ts';
import { serveStatic } from '../../src/cli/serve-static.ts';
import { findWorkerEntries } from '../fixtures/worker-entries.ts';
import { watchPage } from '../fixtures/watch-page.ts';
import { expect, test } from '@playwright/test';

/** npm fetches the runtime and a bundler. */
test.setTimeout(600_000);
test.describe.configure({ mode: 'serial' });

const QUESTION = 'is the cup red?';
const PACKAGE_NAME = /in-page-vqa-[\d.]+\.tgz/u;

let snippets: ReadonlyMap<string, string>;
/** The first holds the package alone. */
let projects: EmptyProject[] = [];
/** What Node answered; the page has to agree. */
let answered = '';

test.beforeAll(async () => {
  snippets = await docSnippets('sdk.html');
  const packed = await startEmptyProject();
  projects = [packed];
  await packInto(packed.folder);
});

test.afterAll(async () => {
  for (const project of projects) await project.remove();
});

const snippet = (name: string): string => {
  const text = snippets.get(name);
  if (text === undefined) throw new Error(`sdk.html has no snippet ${name}`);
  return text;
};

/** An empty project with the package's file beside it. */
async function startProject(): Promise<EmptyProject> {
  const project = await startEmptyProject();
  const [packed] = projects;
  projects = [...projects, project];
  const files = await readdir(packed?.folder ?? '');
  const name = files.find((file) => PACKAGE_NAME.test(file)) ?? 'no package was packed';
  await copyFile(join(packed?.folder ?? '', name), join(project.folder, name));
  return project;
}

test('the documents name the package by its present version', async () => {
  const { version }: { version: string } = JSON.parse(
    await readFile(join(PROJECT_FOLDER, 'package.json'), 'utf8'),
  );
  for (const name of ['install-page', 'install-node']) {
    expect(PACKAGE_NAME.exec(snippet(name))?.[0]).toBe(`in-page-vqa-${version}.tgz`);
  }
});

test('an empty Node project asks a photo, probes the pack and plays a recording', async () => {
  const project = await startProject();
  await project.run(`${snippet('install-node')} --no-audit --no-fund`);
  await project.takeTinyPack('packs/everyday');
  const photo = await pngPhoto();
  await project.write('ask.mjs', snippet('node-ask'));
  await project.write('probe.mjs', snippet('node-probe'));
  await project.write('play.mjs', snippet('node-recording'));
  await project.write(photo.name, photo.buffer);
  const said = await project.run(
    snippet('node-run')
      .replace('photo.jpg', photo.name)
      .replace(/"What.*"/u, `"${QUESTION}"`),
  );
  const [, answer = '', score = ''] = /^(?<answer>.+) (?<score>[\d.e-]+)\n$/u.exec(said) ?? [];
  expect(answer).not.toBe('');
  expect(Number(score)).toBeGreaterThan(0);
  answered = answer;

  const probed: unknown = JSON.parse(await project.run('node probe.mjs'));
  expect(probed).toMatchObject({ backend: 'wasm', selfTest: { passed: true } });

  const recording = join(PROJECT_FOLDER, 'public/samples/coffee.recording.json');
  await project.write('recording.json', await readFile(recording, 'utf8'));
  expect(await project.run('node play.mjs')).toContain('What is the table made of?');
});

test('an empty Node project with the package of the pack asks without naming one', async () => {
  const project = await startProject();
  await project.run(`${snippet('install-node')} --no-audit --no-fund`);
  const photo = await pngPhoto();
  await project.write(photo.name, photo.buffer);
  await project.write(
    'ask.mjs',
    `import { readFile } from 'node:fs/promises';
    import { loadVqa } from 'in-page-vqa';
    const vqa = await loadVqa();
    const scene = await vqa.detect(new Blob([await readFile('${photo.name}')]));
    console.log(vqa.report.pack.id, (await scene.ask('${QUESTION}')).answers[0].answer);`,
  );
  await expect(project.run('node ask.mjs')).rejects.toThrow(/in-page-vqa-everyday is not installed/u);
  const everyday = join(PROJECT_FOLDER, 'dist/packages/in-page-vqa-everyday');
  await project.run(`npm pack --silent "${everyday}"`);
  await project.run('npm install --no-audit --no-fund ./in-page-vqa-everyday-*.tgz');
  expect(await project.run('node ask.mjs')).toMatch(/^everyday (?:yes|no)$/mu);
});

test('an empty Vite project asks the same photo in a browser, with the same answer', async ({ page }) => {
  const project = await startProject();
  const { devDependencies }: { devDependencies: Record<string, string> } = JSON.parse(
    await readFile(join(PROJECT_FOLDER, 'package.json'), 'utf8'),
  );
  await project.run(`${snippet('install-page')} --no-audit --no-fund`);
  await project.run(`npm install --no-audit --no-fund --save-dev "vite@${devDependencies['vite']}"`);
  await project.takeTinyPack('public/packs/everyday');
  await project.write('index.html', snippet('page-html'));
  await project.write(
    'main.js',
    snippet('page-main').replace("pack: '/packs", "backend: 'wasm', pack: '/packs"),
  );
  await project.run('npx vite build');

  const { entries, imported } = await findWorkerEntries(join(project.folder, 'dist'));
  expect(entries).toHaveLength(1);
  expect(imported).toEqual([]);

  const installed = await project.run('npm ls --all --parseable');
  expect(installed).toContain('onnxruntime-web');
  expect(installed).not.toMatch(/react|zustand|sharp/u);

  const server = await serveStatic({
    mounts: [{ path: '/', folder: join(project.folder, 'dist') }],
    isolated: false,
  });
  try {
    const misbehaviour = watchPage(page, [new URL(server.url).origin]);
    await page.goto(server.url);
    await page.getByLabel('Question').fill(QUESTION);
    await page.getByLabel('Photo').setInputFiles(await pngPhoto());
    await expect(page.getByRole('status')).toHaveText(answered, { timeout: 120_000 });
    // A page without an icon is all that may be missed.
    expect(misbehaviour().filter((line) => !line.includes('favicon'))).toEqual([]);
  } finally {
    await server.close();
  }
});

test('the package holds what its entries and documents need, and no model', async () => {
  const project = await startProject();
  const listed = (await project.run('tar -tzf in-page-vqa-*.tgz')).trim().split('\n');
  const known =
    /^package\/(?:dist\/sdk\/|docs\/[\w-]+\.md$|public\/(?:preview\.jpg$|published\/|samples\/coffee\.jpg$)|models\/README\.md$|LICENSE$|[A-Z]+\.md$|package\.json$)/u;
  expect(listed.filter((path) => !known.test(path))).toEqual([]);
  expect(listed.filter((path) => /\/packs\/|\.test\.|(?<!\.d)\.tsx?$/u.test(path))).toEqual([]);
  for (const name of ['index', 'element', 'frame-host', 'worker', 'node', 'cli'])
    expect(listed).toEqual(
      expect.arrayContaining([`package/dist/sdk/${name}.js`, `package/dist/sdk/${name}.js.map`]),
    );
  await project.run('tar -xzf in-page-vqa-*.tgz');
  const installed = join(project.folder, 'package');
  const named = [
    ...(await readFile(join(installed, 'package.json'), 'utf8')).matchAll(/"\.\/(?<path>dist[^"*]+)"/gu),
  ];
  expect(named.length).toBeGreaterThan(5);
  for (const { groups } of named) expect(listed).toContain(`package/${groups?.['path']}`);
  const readme = await readFile(join(installed, 'README.md'), 'utf8');
  const links = [...readme.matchAll(/\]\((?<target>[^):#]+)\)/gu)].map(
    ({ groups }) => groups?.['target'] ?? '',
  );
  const missing = links.filter(
    (link) => !listed.some((path) => path === `package/${link}` || path.startsWith(`package/${link}`)),
  );
  expect(missing).toEqual([]);
  const notices = await readFile(join(installed, 'dist/sdk/THIRD-PARTY.txt'), 'utf8');
  for (const name of ['onnxruntime-web', '@huggingface/tokenizers', 'zustand'])
    expect(notices).toContain(name);
});

test('the installed program answers, says what it takes, and can be cut short', async () => {
  const project = await startProject();
  await project.run(`${snippet('install-node')} --no-audit --no-fund`);
  await project.takeTinyPack('packs/everyday');
  await project.write('photo.png', (await pngPhoto()).buffer);
  const ask = `npx in-page-vqa ask --pack packs/everyday photo.png "${QUESTION}"`;
  const told: { answers: { answer: string }[] } = JSON.parse(await project.run(`${ask} --json`));
  expect((await project.run(ask)).split('\n')[1]).toContain(told.answers[0]?.answer ?? 'no answer');
  // A shell without pipefail tells how the program ended.
  expect(await project.run(`(${ask} --json; echo $? >&2) 2>ended | head -c 1; cat ended`)).toBe('{0\n');
  expect(await project.run('npx in-page-vqa detect --help')).toMatch(/^in-page-vqa detect/u);
  await expect(project.run('npx in-page-vqa answer')).rejects.toMatchObject({ code: 2 });
  await expect(project.run('npx in-page-vqa ask --pack none photo.png why')).rejects.toMatchObject({
    code: 1,
  });
  expect(
    await project.run(
      "node -e \"import('in-page-vqa/element').then((m) => console.log(typeof m.defineInPageVqa)); import('in-page-vqa/frame-host')\"",
    ),
  ).toBe('function\n');
});
