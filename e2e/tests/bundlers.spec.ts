/** The package in the bundlers that people have: built for real, and asked in a browser, the SDK and the element. */
import { spawn } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { packInto, startEmptyProject, type EmptyProject } from '../fixtures/empty-project.ts';
import { pngPhoto } from '../fixtures/photo-files.ts';
import { docSnippets } from '../fixtures/doc-snippets.ts';
import type { InPageVqaElement } from '../../src/widget/element.ts';
import { serveStatic } from '../../src/cli/serve-static.ts';

test.setTimeout(600_000);
test.describe.configure({ mode: 'serial' });

const BUNDLERS = 'webpack@5 webpack-cli@7 esbuild@0.28 next@16 react@19 react-dom@19 sharp@0.35';
const QUESTION = 'is the cup red?';

const ASK = `const vqa = await loadVqa({ pack: 'packs/everyday/', backend: 'wasm' });
const photo = await vqa.detect(await (await fetch('photo.png')).blob());
const { answers } = await photo.ask('${QUESTION}');`;

const ELEMENT = `src="photo.png" question="${QUESTION}" backend="wasm"`;

const MAIN = `import { loadVqa } from 'in-page-vqa';
import 'in-page-vqa/element';
${ASK}
document.querySelector('#answer').textContent = answers[0].answer;
`;

/** A module for whoever writes modules, a classic script for whoever does not. */
const HTML = (script: string) => `<!doctype html>
<title>Ask a photo</title>
<link rel="icon" href="data:," />
<output id="answer"></output>
<in-page-vqa ${ELEMENT}></in-page-vqa>
${script}`;

const NEXT_PAGE = `'use client';
import { useEffect, useState } from 'react';
import { loadVqa } from 'in-page-vqa';
import 'in-page-vqa/element';

export default function Page() {
  const [answer, setAnswer] = useState('');
  useEffect(() => {
    (async () => {
      ${ASK}
      setAnswer(answers[0].answer);
    })().catch((error) => setAnswer(String(error)));
  }, []);
  return <><output id="answer">{answer}</output><in-page-vqa ${ELEMENT} /></>;
}
`;

const NEXT_LAYOUT = `export default function Layout({ children }) {
  return <html lang="en"><body>{children}</body></html>;
}
`;

let project: EmptyProject;
let nextFolder = '';
const stops: (() => void)[] = [];

test.beforeAll(async () => {
  // npm fetches three bundlers.
  test.setTimeout(600_000);
  project = await startEmptyProject();
  await packInto(project.folder);
  await project.run(`npm install --no-audit --no-fund ./in-page-vqa-*.tgz ${BUNDLERS}`);
  await project.takeTinyPack('public/packs/everyday');
  await project.write('public/photo.png', (await pngPhoto()).buffer);
  await project.write('main.js', MAIN);
  nextFolder = join(project.folder, 'app');
  await mkdir(join(nextFolder, 'ask'), { recursive: true });
  await project.write('app/layout.jsx', NEXT_LAYOUT);
  await project.write('app/page.jsx', NEXT_PAGE);
  const snippets = await docSnippets('sdk.html');
  await project.write('app/ask/route.js', snippets.get('next-route') ?? '');
  await project.write('next.config.mjs', snippets.get('next-config') ?? '');
});

test.afterAll(async () => {
  for (const stop of stops) stop();
  await project.remove();
});

/** What the SDK and the element of a page answer, as soon as both have. */
async function answersOf(page: Page, url: string): Promise<readonly (string | null)[]> {
  await page.goto(url);
  const element = await page.locator('in-page-vqa').evaluate(async (host: InPageVqaElement, question) => {
    await customElements.whenDefined('in-page-vqa');
    return (await host.ask(question)).answers[0]?.answer ?? '';
  }, QUESTION);
  const output = page.locator('#answer');
  await expect(output).not.toBeEmpty({ timeout: 120_000 });
  return [await output.textContent(), element];
}

async function expectAnswer(page: Page, url: string): Promise<void> {
  const [sdk, element] = await answersOf(page, url);
  expect(sdk).toBe(element);
  expect(sdk).toMatch(/^[a-z ]+$/u);
  expect(sdk).not.toMatch(/error/iu);
}

async function serveAndAsk(page: Page, output: string, script: string): Promise<void> {
  const folder = join(project.folder, output);
  await project.write(join(output, 'index.html'), HTML(script));
  await cp(join(project.folder, 'public'), folder, { recursive: true });
  const server = await serveStatic({ mounts: [{ path: '/', folder }], isolated: false });
  try {
    await expectAnswer(page, server.url);
  } finally {
    await server.close();
  }
}

test('webpack needs no configuration', async ({ page }) => {
  await project.run('npx webpack --mode production --entry ./main.js --output-path out-webpack');
  await serveAndAsk(page, 'out-webpack', '<script defer src="main.js"></script>');
});

test('esbuild needs the files of the package beside its output', async ({ page }) => {
  const snippets = await docSnippets('sdk.html');
  await project.run(snippets.get('esbuild') ?? 'no such snippet');
  await serveAndAsk(page, 'out', '<script type="module" src="main.js"></script>');
});

for (const bundler of ['turbopack', 'webpack']) {
  test(`Next builds a page and a route handler with ${bundler}`, async ({ page }) => {
    await project.run(`npx next build --${bundler}`);
    const url = await startNext();
    await expectAnswer(page, url);
    const asked = await page.request.get(`${url}/ask?question=${encodeURIComponent(QUESTION)}`);
    expect(await asked.json()).toMatchObject({ answer: await page.locator('#answer').textContent() });
    stops.pop()?.();
  });
}

/** Resolves with its address. */
async function startNext(): Promise<string> {
  const program = join(project.folder, 'node_modules/next/dist/bin/next');
  const server = spawn(process.execPath, [program, 'start', '--port', '0'], {
    cwd: project.folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  stops.push(() => server.kill());
  return await new Promise((resolve, reject) => {
    server.once('exit', () => reject(new Error('Next ended')));
    server.stdout.on('data', (said: Buffer) => {
      const url = /http:\/\/localhost:\d+/u.exec(String(said))?.[0];
      if (url !== undefined) resolve(url);
    });
  });
}
