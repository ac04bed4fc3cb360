/** What the journey needs of a browser, whichever engine it has and however it is driven. */
import type { Needed } from '../fixtures/on-this-machine.ts';

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

/** Where Debian's packages put what is needed. */
export const ENGINES: Readonly<Record<EngineName, Needed>> = {
  firefox: { name: 'Firefox', files: ['/usr/bin/firefox-esr'], packages: 'firefox-esr' },
  webkit: {
    name: 'WebKit',
    files: ['/usr/bin/WebKitWebDriver', '/usr/bin/xvfb-run', '/usr/bin/xauth', '/usr/bin/dbus-run-session'],
    packages: 'webkit2gtk-driver, xvfb, xauth and dbus-daemon',
  },
};

export async function openBrowser(engine: EngineName): Promise<Browser> {
  if (engine === 'firefox') return await (await import('./firefox.ts')).openFirefox();
  return await (await import('./webkit.ts')).openWebkit();
}
