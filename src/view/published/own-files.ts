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

/** @param taken roles that have a file already; an unclear one goes to what is still free */
export function roleOfFile(name: string, taken: OwnFiles): OwnRole {
  if (/config[^/]*\.json$/iu.test(name)) return 'configuration';
  if (/vocab[^/]*\.txt$/iu.test(name)) return 'vocabulary';
  if (/\.(?:json|txt)$/iu.test(name)) return 'answers';
  if (DETECTOR_NAME.test(name)) return 'detector';
  if (/lxmert|lxrt/iu.test(name)) return 'lxmert';
  return taken.lxmert === undefined ? 'lxmert' : 'detector';
}

export function withFiles(own: OwnFiles, files: Iterable<File>): OwnFiles {
  const result: { -readonly [Role in OwnRole]?: Blob } = { ...own };
  for (const file of files) result[roleOfFile(file.name, result)] = file;
  return result;
}

export function withoutRole(own: OwnFiles, role: OwnRole): OwnFiles {
  return Object.fromEntries(Object.entries(own).filter(([name]) => name !== role));
}

export function fileName(file: Blob): string {
  return file instanceof File ? file.name : 'a file';
}
