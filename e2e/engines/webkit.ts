/** Debian's WebKitGTK over plain W3C WebDriver, on a display of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { Browser } from './browser.ts';

const MINI_BROWSER = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;

/** No GPU, no session of a desktop, and root, where there is no sandbox. */
const ENVIRONMENT = {
  WEBKIT_DISABLE_DMABUF_RENDERER: '1',
  WEBKIT_FORCE_SANDBOX: '0',
  LIBGL_ALWAYS_SOFTWARE: '1',
  GSETTINGS_BACKEND: 'memory',
  NO_AT_BRIDGE: '1',
};

const START_TIMEOUT_MS = 60_000;
const SCRIPT_TIMEOUT_MS = 120_000;
/** What WebDriver calls the key. */
const ENTER = '\uE007';
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

export async function openWebkit(): Promise<Browser> {
  const port = await freePort();
  const driver = spawn(
    'xvfb-run',
    ['-a', '-s', '-screen 0 1280x1024x24', 'dbus-run-session', '--', 'WebKitWebDriver', `--port=${port}`],
    { env: { ...process.env, ...ENVIRONMENT }, stdio: 'ignore', detached: true },
  );
  const root = `http://127.0.0.1:${port}`;
  try {
    await untilReady(root);
    return await startSession(root, driver);
  } catch (thrown) {
    end(driver);
    throw thrown;
  }
}

async function startSession(root: string, driver: ChildProcess): Promise<Browser> {
  const session = await call<{ sessionId: string; capabilities: Record<string, unknown> }>(
    `${root}/session`,
    {
      capabilities: {
        alwaysMatch: {
          browserName: 'MiniBrowser',
          timeouts: { script: SCRIPT_TIMEOUT_MS, pageLoad: SCRIPT_TIMEOUT_MS },
          'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] },
        },
      },
    },
  );
  const base = `${root}/session/${session.sessionId}`;
  const find = async (selector: string): Promise<string> => {
    const found = await call<Record<string, string>>(`${base}/element`, {
      using: 'css selector',
      value: selector,
    });
    return `${base}/element/${found[ELEMENT] ?? ''}`;
  };
  return {
    version: `WebKitGTK ${String(session.capabilities['browserVersion'])}`,
    keepsFiles: false,
    async goto(url) {
      await call(`${base}/url`, { url });
    },
    async evaluate(inPage, argument) {
      const { value, error } = await call<{ value: never; error?: string }>(`${base}/execute/async`, {
        script: `const done = arguments[1];
          Promise.resolve(arguments[0]).then(${inPage.toString()})
            .then((value) => done({ value }), (error) => done({ error: String(error) }));`,
        args: [argument],
      });
      if (error !== undefined) throw new Error(error);
      return value;
    },
    async chooseFile(selector, path) {
      await call(`${await find(selector)}/value`, { text: path });
    },
    async enter(selector, text) {
      const field = await find(selector);
      await call(`${field}/clear`, {});
      await call(`${field}/value`, { text: `${text}${ENTER}` });
    },
    async close() {
      await fetch(base, { method: 'DELETE' }).catch(() => undefined);
      end(driver);
    },
  };
}

async function call<Value>(url: string, body: object): Promise<Value> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { value }: { value: Value & { error?: string; message?: string } } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

async function untilReady(root: string): Promise<void> {
  const until = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const isReady = await fetch(`${root}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    if (Date.now() > until) throw new Error('WebKitWebDriver does not answer');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The driver, its display and its bus are one group. */
function end({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM');
  } catch {
    // It has ended by itself.
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
