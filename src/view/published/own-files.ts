/** Files that a person chose or dropped: which of them is what. */
import type { OwnFiles } from '../../core/published.ts';

export type OwnRole = keyof OwnFiles;

export const OWN_ROLES: readonly {
  readonly role: OwnRole;
  readonly name: string;
  readonly accept: string;
  readonly isWeights: boolean;
}[] = [
  { role: 'lxmert', name: 'Weights of LXMERT', accept: '.bin,.pth,.pt,.safetensors', isWeights: true },
  {
    role: 'detector',
    name: 'Weights of Faster R-CNN',
    accept: '.bin,.pth,.pkl,.pt,.safetensors',
    isWeights: true,
  },
  { role: 'configuration', name: 'config.json of LXMERT', accept: '.json', isWeights: false },
  { role: 'answers', name: 'List of answers', accept: '.json,.txt', isWeights: false },
  { role: 'vocabulary', name: 'vocab.txt', accept: '.txt', isWeights: false },
];

/** What the names of detectors' files speak of. */
const DETECTOR_NAME = /r-?cnn|detect|vg|caffe|res(?:net)?101/iu;

/** A part of weights that lie in several files, or the list of such parts. */
const IS_SHARD = /-\d+-of-\d+\.\w+$|\.index\.json$/iu;

function isWeights(role: OwnRole): role is 'lxmert' | 'detector' {
  return role === 'lxmert' || role === 'detector';
}

/** @param taken roles that have a file already; an unclear one goes to what is still free */
export function roleOfFile(name: string, taken: OwnFiles): OwnRole {
  if (/config[^/]*\.json$/iu.test(name)) return 'configuration';
  if (/vocab[^/]*\.txt$/iu.test(name)) return 'vocabulary';
  if (/\.(?:json|txt)$/iu.test(name) && !IS_SHARD.test(name)) return 'answers';
  if (DETECTOR_NAME.test(name)) return 'detector';
  // Parts of one model belong together.
  if (IS_SHARD.test(name)) return 'lxmert';
  if (/lxmert|lxrt/iu.test(name)) return 'lxmert';
  return taken.lxmert === undefined ? 'lxmert' : 'detector';
}

export function withFiles(own: OwnFiles, files: Iterable<File>): OwnFiles {
  const result: { -readonly [Role in OwnRole]?: OwnFiles[Role] } = { ...own };
  const shards = new Map<OwnRole, File[]>();
  for (const file of files) {
    const role = roleOfFile(file.name, result);
    if (isWeights(role) && IS_SHARD.test(file.name)) {
      const together = [...(shards.get(role) ?? []), file];
      shards.set(role, together);
      result[role] = together;
    } else result[role] = file;
  }
  return result;
}

export function withoutRole(own: OwnFiles, role: OwnRole): OwnFiles {
  return Object.fromEntries(Object.entries(own).filter(([name]) => name !== role));
}

export function fileName(given: Blob | readonly Blob[]): string {
  const [file, ...rest] = given instanceof Blob ? [given] : given;
  const name = file instanceof File ? file.name : 'a file';
  return rest.length === 0 ? name : `${name} and ${rest.length} more`;
}

/** In bytes. */
export function fileSize(given: Blob | readonly Blob[]): number {
  return (given instanceof Blob ? [given] : given).reduce((sum, { size }) => sum + size, 0);
}
