/** Pages that want every script to pass a policy (Trusted Types), with what the documentation tells them to allow. */
import { join } from 'node:path';
import { BUILD_FOLDER } from '../../src/build/build-when-stale.ts';
import { docSnippets } from '../fixtures/doc-snippets.ts';
import { expect, expectAnswer, expectThreads, test, THREADS } from '../fixtures/embedding.ts';
import { htmlPage, ISOLATION } from '../fixtures/host-site.ts';
import { strictPolicy } from '../fixtures/strict-policy.ts';

test.describe.configure({ timeout: 180_000 });

async function documented(): Promise<string> {
  const directives = (await docSnippets('index.html')).get('trusted-types');
  if (directives === undefined) throw new Error('the page about embedding has no policy for Trusted Types');
  return directives;
}

for (const { where, headers, scripts, threads } of [
  { where: 'on one thread', headers: {}, scripts: '', threads: 1 },
  { where: 'on one thread of an isolated page', headers: ISOLATION, scripts: '', threads: 1 },
  { where: 'on several threads', headers: ISOLATION, scripts: ' blob:', threads: THREADS },
]) {
  test(`answers ${where}`, async ({ page, site, attributes, showElement }) => {
    const { origin: ours } = new URL(site.url);
    const policy = `${strictPolicy(ours + scripts, 'blob:', ours)}; ${await documented()}`;
    await showElement(attributes, { ...headers, 'Content-Security-Policy': policy });
    await expectAnswer(page);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(headers === ISOLATION);
    await expectThreads(page, threads);
  });
}

test('answers on several threads from a copy on the page’s own site, where everything has the policy', async ({
  page,
  site,
  host,
  attributes,
}) => {
  const data = `'self' ${new URL(site.url).origin}`;
  const policy = `${strictPolicy("'self'", "'self' blob:", data)}; ${await documented()}`;
  const headers = {
    ...ISOLATION,
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Content-Security-Policy': policy,
  };
  const markup = `<script type="module" src="/vqa/in-page-vqa.js"></script><in-page-vqa ${attributes}></in-page-vqa>`;
  const { origin } = await host(
    { '/': htmlPage(markup, headers) },
    { path: '/vqa/', folder: join(BUILD_FOLDER, 'embed'), headers },
  );
  await page.goto(origin);
  await expectAnswer(page);
  await expectThreads(page, THREADS);
});

test('plays a recording where no policy is allowed at all', async ({ page, site, showElement }) => {
  const { origin: ours } = new URL(site.url);
  const policy = `${strictPolicy(ours, "'none'", ours)}; require-trusted-types-for 'script'; trusted-types 'none'`;
  await showElement(`record="${site.url}samples/coffee.recording.json"`, {
    'Content-Security-Policy': policy,
  });
  await expectAnswer(page);
});

test('says what to do where the policy is not allowed', async ({
  page,
  site,
  attributes,
  allowedOnConsole,
  showElement,
}) => {
  allowedOnConsole.push(/TrustedTypePolicy|TrustedScriptURL|Trusted Type/u);
  const { origin: ours } = new URL(site.url);
  const policy = `${strictPolicy(ours, 'blob:', ours)}; require-trusted-types-for 'script'; trusted-types other`;
  await showElement(attributes, { 'Content-Security-Policy': policy });
  await expect(page.getByRole('alert')).toContainText('does not let the worker of the models start');
});
