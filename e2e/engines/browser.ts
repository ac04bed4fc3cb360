/** What the journey needs of a browser, whichever engine it has and however it is driven. */
import { existsSync } from 'node:fs';

/** One tab of a browser that was started for the tests alone. */
export interface Browser {
  /** As the browser names itself. */
  readonly version: string;
  /** Whether a page may have files of its own: a private window has none, and WebKitGTK is driven in one. */
  readonly keepsFiles: boolean;
  goto(url: string): Promise<void>;
  /** Runs a function that stands on its own in the page; argument and result are JSON. */
  evaluate<Argument, Result>(
    inPage: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  /** Gives a file input a file of this machine. */
  chooseFile(selector: string, path: string): Promise<void>;
  /** Types into a field, key by key, and ends with Enter. */
  enter(selector: string, text: string): Promise<void>;
  close(): Promise<void>;
}

export type EngineName = 'firefox' | 'webkit';

/** Where Debian's packages put what is needed, and how they are called. */
const PLACES: Readonly<Record<EngineName, { readonly files: readonly string[]; readonly packages: string }>> =
  {
    firefox: { files: ['/usr/bin/firefox-esr'], packages: 'firefox-esr' },
    webkit: {
      files: ['/usr/bin/WebKitWebDriver', '/usr/bin/xvfb-run', '/usr/bin/dbus-run-session'],
      packages: 'webkit2gtk-driver, xvfb, xauth and dbus-daemon',
    },
  };

/**
 * Why the tests of an engine cannot run on this machine; null where they can.
 * @throws Error under CI, where nothing may be left out
 */
export function whyLeftOut(engine: EngineName): string | null {
  const { files, packages } = PLACES[engine];
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length === 0) return null;
  const reason = `${engine} was left out: ${missing.join(', ')} is not on this machine (Debian: ${packages})`;
  if (process.env['CI']) throw new Error(reason);
  return reason;
}

export async function openBrowser(engine: EngineName): Promise<Browser> {
  if (engine === 'firefox') return await (await import('./firefox.ts')).openFirefox();
  return await (await import('./webkit.ts')).openWebkit();
}
