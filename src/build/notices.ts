/** The licences of other people's code in a bundle, from what is installed. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const PACKAGE_FOLDER = /^(?<folder>.*\/node_modules\/(?<name>@[^/]+\/[^/]+|[^@/][^/]*))\//u;
const LICENCE_FILE = /^(?:licen[cs]e|notice|thirdpartynotices)/iu;

interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * @param modules paths of the modules that were bundled; what the packages among them depend on is named too, since
 *   a package may have been bundled before it was published.
 */
export async function noticesOf(modules: readonly string[]): Promise<string> {
  const folders = new Map<string, string>();
  for (const id of modules) {
    const { folder, name } = PACKAGE_FOLDER.exec(id.replaceAll('\\', '/').replace(/^\0/u, ''))?.groups ?? {};
    if (folder !== undefined && name !== undefined) folders.set(name, folder);
  }
  const notices: string[] = [];
  // A map's loop also meets what is added on the way.
  for (const [name, folder] of folders) {
    const described = await packageIn(folder);
    const modulesFolder = folder.slice(0, -name.length - 1);
    for (const dependency of Object.keys(described.dependencies ?? {}))
      if (!folders.has(dependency)) folders.set(dependency, join(modulesFolder, dependency));
    notices.push(await noticeOf(folder, described));
  }
  return `${notices.toSorted().join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

async function packageIn(folder: string): Promise<PackageFile> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as PackageFile;
}

async function noticeOf(folder: string, { name, version, license, author }: PackageFile): Promise<string> {
  const by = typeof author === 'string' ? author : author?.name;
  const head = `${name} ${version}\n${license ?? 'licence not named'}${by === undefined ? '' : `, by ${by}`}`;
  const files = (await readdir(folder)).filter((file) => LICENCE_FILE.test(file)).toSorted();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return [head, ...texts.map((text) => text.trim())].join('\n\n');
}
