/**
 * Packages of the model packs, in `dist/packages`: whoever installs one beside the SDK has a model in Node without an address,
 * and a folder to copy for a page.
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface PackText {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly licence: string;
  readonly provenance: Readonly<Record<'trainedOn' | 'startWeights', readonly Source[]>>;
}

interface Source {
  readonly name: string;
  readonly licence: string;
}

const INDEX = `/** Address of the pack's folder, for the \`pack\` of in-page-vqa's \`loadVqa\`. */
export const packUrl = new URL(/* @vite-ignore */ './pack/', import.meta.url).href;
`;
const TYPES = `/** Address of the pack's folder, for the \`pack\` of in-page-vqa's \`loadVqa\`. */
export declare const packUrl: string;
`;

/** @returns the folders written, one for each pack below `packs` */
export async function writePackPackages(
  packs: string,
  out: string,
  licence: string,
): Promise<readonly string[]> {
  await rm(out, { recursive: true, force: true });
  const written: string[] = [];
  for (const id of await readdir(packs)) {
    const pack: PackText = JSON.parse(await readFile(join(packs, id, 'pack.json'), 'utf8'));
    const name = `in-page-vqa-${pack.id}`;
    const folder = join(out, name);
    await mkdir(folder, { recursive: true });
    await cp(join(packs, id), join(folder, 'pack'), { recursive: true });
    await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifestOf(name, pack), null, 2)}\n`);
    await writeFile(join(folder, 'index.js'), INDEX);
    await writeFile(join(folder, 'index.d.ts'), TYPES);
    await writeFile(join(folder, 'README.md'), readmeOf(name, pack));
    await cp(licence, join(folder, 'LICENSE'));
    written.push(folder);
  }
  return written;
}

function manifestOf(name: string, { version, description, licence }: PackText): object {
  return {
    name,
    version,
    description,
    license: licence,
    type: 'module',
    exports: {
      '.': { types: './index.d.ts', default: './index.js' },
      './pack/*': './pack/*',
      './package.json': './package.json',
    },
    types: './index.d.ts',
    sideEffects: false,
    files: ['index.js', 'index.d.ts', 'pack'],
    keywords: ['visual question answering', 'lxmert', 'onnx', 'in-page-vqa'],
  };
}

function readmeOf(name: string, { name: title, version, description, provenance }: PackText): string {
  const sources = [...provenance.trainedOn, ...provenance.startWeights];
  return `# ${name}

The model pack “${title}” ${version} for [in-page-vqa](https://www.npmjs.com/package/in-page-vqa). ${description}

In Node it is what \`loadVqa()\` takes where no \`pack\` is given:

\`\`\`js
import { readFile } from 'node:fs/promises';
import { loadVqa } from 'in-page-vqa';

const vqa = await loadVqa();
const photo = await vqa.detect(new Blob([await readFile('photo.jpg')]));
const { answers } = await photo.ask('What is in the photo?');
\`\`\`

A page fetches its files, so they have to lie where it can: copy \`node_modules/${name}/pack\` to a folder that your site
serves, \`packs/everyday/\` where nothing else is said, and give its address as \`pack\`.

Made from:

${sources.map((source) => `- ${source.name} (${source.licence})`).join('\n')}
`;
}
