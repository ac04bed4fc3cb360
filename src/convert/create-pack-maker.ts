/** `PackMaker` over a folder: published packs are listed, made, kept and deleted. */
import { blobSource } from '../checkpoint/byte-source.ts';
import { asVqaError, VqaError } from '../core/errors.ts';
import { JsonField, JsonFieldError } from '../core/json-field.ts';
import { parsePackText, readPackJson } from '../core/pack/parse-pack.ts';
import {
  madePackFolder,
  madePackUrl,
  MADE_PACKS,
  PRECISIONS,
  PUBLISHED_ROLES,
  type BegunPack,
  type MadePack,
  type OwnFiles,
  type PackMaker,
  type PackShelf,
  type PublishedAddresses,
  type PublishedPack,
  type PublishedSource,
} from '../core/published.ts';
import { packId } from './assemble-pack.ts';
import type { MeasurePrecision, RecordGolden } from './examine-pack.ts';
import { readText, subfolder, writeFile, type Folder, type StoredFile } from './folder/folder.ts';
import { JOURNAL_FILE } from './folder/journal.ts';
import { makePack, weightsOf, type GivenFile, type MakePackParams } from './make-pack.ts';
import { packSize, partSize } from './pack-size.ts';
import { loadRecipe, type ReadShipped } from './recipe/parse-recipe.ts';
import type { Recipe } from './recipe/recipe.ts';
import { addressesOf } from './download/source-addresses.ts';

export interface PackMakerDependencies {
  /** Of everything that is kept: downloads and packs. */
  readonly root: Folder;
  readonly fetch: typeof fetch;
  /** Absolute URL of the folder of recipes, ending in `/`. */
  readonly publishedUrl: string;
  /** Tried in turn. */
  readonly hubUrls: readonly string[];
  readonly recordGolden?: RecordGolden;
  readonly measure?: MeasurePrecision;
  freeBytes(): Promise<number | null>;
}

const DOWNLOADS = 'downloads';
/** What is being made, for the visit after a reload. */
const BEGUN_FILE = 'begun.json';

export function createPackMaker(dependencies: PackMakerDependencies): PackMaker {
  const { root, fetch, publishedUrl, hubUrls, recordGolden, measure } = dependencies;
  const read = readOnce(fetch);
  const packs = subfolder(root, MADE_PACKS);
  const recipeOf = (id: string): Promise<Recipe> =>
    loadRecipe(new URL(`${id}/recipe.json`, publishedUrl).href, read);

  const maker: PackMaker = {
    async list() {
      const index: unknown = JSON.parse(
        new TextDecoder().decode(await read(new URL('index.json', publishedUrl).href)),
      );
      const ids = readPackJson(index, 'index', (field: JsonField) => field.texts());
      const listed: PublishedPack[] = [];
      for (const id of ids) listed.push(await described(id, await recipeOf(id)));
      return listed;
    },

    async shelf() {
      const files = await root.list();
      const made: MadePack[] = [];
      let unfinishedBytes = 0;
      for (const [name, within] of packFolders(files)) {
        const bytes = within.reduce((sum, file) => sum + file.bytes, 0);
        const pack = isFinished(within, name) ? await madePack(packs, name, bytes) : null;
        if (pack === null) unfinishedBytes += bytes;
        else made.push(pack);
      }
      for (const { path, bytes } of files) if (path.startsWith(`${DOWNLOADS}/`)) unfinishedBytes += bytes;
      const begun = readBegun(await readText(root, BEGUN_FILE));
      const unfinished = unfinishedBytes === 0 ? null : { storedBytes: unfinishedBytes, begun };
      return { made, unfinished, freeBytes: await dependencies.freeBytes() } satisfies PackShelf;
    },

    async make({ id, precision, exactDetector, files, addresses = {} }, { signal, onProgress }) {
      const recipe = await recipeOf(id);
      const stored = { precision, ...(exactDetector && precision !== 'fp32' && { exactDetector }) };
      const isOwn = Object.values(files).some((file) => file !== undefined);
      const name = packId(id, stored, isOwn);
      const folder = subfolder(packs, name);
      const begun: BegunPack = { id, ...stored, hadFiles: Object.keys(files).length > 0, addresses };
      await writeFile(root, BEGUN_FILE, new TextEncoder().encode(JSON.stringify(begun)));
      // Without it a pack counts as unfinished; its weights are overwritten one by one from here on.
      await folder.remove('pack.json');
      const params: MakePackParams = { recipe, ...stored, addresses, ...(await givenBy(files)) };
      const downloads = subfolder(root, DOWNLOADS);
      const environment = { read, fetch, hubUrls, downloads, records: root, folder, recordGolden, measure };
      await makePack(params, environment, { signal, onProgress });
      await root.remove(DOWNLOADS);
      await root.remove(BEGUN_FILE);
      const bytes = (await folder.list()).reduce((sum, file) => sum + file.bytes, 0);
      const made = await madePack(packs, name, bytes);
      if (made === null) throw new VqaError('pack-invalid', `${name} was made and cannot be read.`);
      return made;
    },

    async remove(packUrl) {
      const folder = madePackFolder(packUrl);
      if (folder !== null) await packs.remove(folder);
    },

    async discard() {
      for (const [name, within] of packFolders(await root.list())) {
        if (!isFinished(within, name)) await packs.remove(name);
      }
      await root.remove(DOWNLOADS);
      await root.remove(BEGUN_FILE);
    },
  };

  async function described(id: string, recipe: Recipe): Promise<PublishedPack> {
    const { name, description } = recipe.lxmert;
    const sources: PublishedSource[] = [];
    for (const role of PUBLISHED_ROLES) {
      const weights = weightsOf(recipe, role);
      const { bytes, sha256, licence } = weights;
      const part = recipe[role];
      sources.push({
        role,
        name: part.name,
        urls: addressesOf(weights, hubUrls),
        bytes,
        aboutBytes: bytes ?? (await partSize(part, 'fp32', read)),
        sha256,
        licence: licence ?? part.licence,
      });
    }
    const sizes = [];
    for (const precision of PRECISIONS) sizes.push(await packSize(recipe, { precision }, read));
    const [int8 = 0, fp16 = 0, fp32 = 0] = sizes;
    const { detector } = recipe;
    const exactDetectorBytes =
      (await partSize(detector, 'fp32', read)) - (await partSize(detector, 'int8', read));
    return { id, name, description, sources, packBytes: { int8, fp16, fp32 }, exactDetectorBytes };
  }

  return maker;
}

/** What ships beside the page, each file once. */
function readOnce(fetchFrom: typeof fetch): ReadShipped {
  const known = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  const read = async (url: string): Promise<Uint8Array<ArrayBuffer>> => {
    const response = await fetchFrom(url, { cache: 'no-cache' }).catch((thrown: unknown) => {
      throw new VqaError('pack-interrupted', `${new URL(url).host} did not answer.`, { cause: thrown });
    });
    if (!response.ok || response.headers.get('content-type')?.includes('text/html')) {
      throw new VqaError('pack-missing', `${url} is not there: the server said ${response.status}.`);
    }
    return new Uint8Array(await response.arrayBuffer());
  };
  return (url) => {
    const reading = known.get(url) ?? read(url);
    known.set(url, reading);
    reading.catch(() => known.delete(url));
    return reading;
  };
}

async function givenBy(files: OwnFiles): Promise<Pick<MakePackParams, 'weights' | 'texts'>> {
  const texts: { -readonly [Role in keyof MakePackParams['texts']]: string } = {};
  for (const role of ['configuration', 'answers', 'vocabulary'] as const) {
    const text = await files[role]?.text();
    if (text !== undefined) texts[role] = text;
  }
  const weights = Object.fromEntries(
    PUBLISHED_ROLES.flatMap((role) => {
      const file = files[role];
      return file === undefined ? [] : [[role, givenFiles(file)] as const];
    }),
  );
  return { weights, texts };
}

function givenFiles(given: Blob | readonly Blob[]): GivenFile {
  const files = given instanceof Blob ? [given] : given;
  const sources = files.map((file) => blobSource(file instanceof File ? file.name : 'the file', file));
  const identity = files.map((file, index) => {
    const changed = file instanceof File ? file.lastModified : 0;
    return `${sources[index]!.name} ${file.size} ${changed}`;
  });
  return { kind: 'file', sources, identity: identity.join('; ') };
}

function readBegun(text: string | null): BegunPack | null {
  if (text === null) return null;
  try {
    const begun = new JsonField(JSON.parse(text), '');
    return {
      id: begun.at('id').text(),
      precision: begun.at('precision').oneOf(PRECISIONS),
      ...(begun.at('exactDetector').value === true && { exactDetector: true }),
      hadFiles: begun.at('hadFiles').value === true,
      addresses: addressesIn(begun.at('addresses')),
    };
  } catch (thrown) {
    if (thrown instanceof JsonFieldError || thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

function addressesIn(field: JsonField): PublishedAddresses {
  return Object.fromEntries(
    PUBLISHED_ROLES.flatMap((role) => {
      const { value } = field.at(role);
      return typeof value === 'string' ? [[role, value] as const] : [];
    }),
  );
}

function packFolders(files: readonly StoredFile[]): Map<string, StoredFile[]> {
  const folders = new Map<string, StoredFile[]>();
  for (const file of files) {
    const [top = '', name = ''] = file.path.split('/');
    if (top === MADE_PACKS) folders.set(name, [...(folders.get(name) ?? []), file]);
  }
  return folders;
}

function isFinished(files: readonly StoredFile[], name: string): boolean {
  const has = (file: string): boolean => files.some(({ path }) => path === `${MADE_PACKS}/${name}/${file}`);
  return has('pack.json') && !has(JOURNAL_FILE);
}

/** Null where the pack is none that this version reads. */
async function madePack(packs: Folder, name: string, storedBytes: number): Promise<MadePack | null> {
  const text = (await readText(packs, `${name}/pack.json`)) ?? '';
  try {
    const pack = parsePackText(text);
    const precision = PRECISIONS.find((candidate) => pack.id.endsWith(`-${candidate}`)) ?? null;
    return {
      packUrl: madePackUrl(name),
      name: pack.name,
      precision,
      storedBytes,
      ...(pack.precision && { measured: pack.precision }),
    };
  } catch (thrown) {
    if (asVqaError(thrown).code === 'pack-invalid') return null;
    throw thrown;
  }
}
