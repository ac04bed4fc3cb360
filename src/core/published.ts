/** Packs that are made on this machine from published weights: what a page may ask for, and what it is told. */

import { listMethods } from './service.ts';
import type { PrecisionMeasures } from './pack/precision-measures.ts';

/** How the weights of a made pack are stored; the smallest first. */
export const PRECISIONS = ['int8', 'fp16', 'fp32'] as const;

export type Precision = (typeof PRECISIONS)[number];

/** How a pack stores its weights. */
export interface StoredAs {
  readonly precision: Precision;
  /** The detector's are in single precision whatever the others are in: nothing is rounded of what chooses regions. */
  readonly exactDetector?: boolean | undefined;
}

/** Where published weights lie, unless a page or a command says otherwise; it may name several. */
export const DEFAULT_HUB = 'https://huggingface.co';

/** Among the page's examples, the one on which it is measured what a precision changes. */
export const MEASURED_PHOTO = 'coffee.jpg';

/** Where made packs lie in the browser's private file system. */
export const MADE_PACKS = 'packs';

const SCHEME = 'opfs:';

/** Address of a made pack, for `Engine.load`; ends in `/` as every pack's does. */
export function madePackUrl(folder: string): string {
  return `${SCHEME}//${folder}/`;
}

/** The folder of a made pack; null where the address is one on the web. */
export function madePackFolder(packUrl: string): string | null {
  const { protocol, host } = new URL(packUrl);
  return protocol === SCHEME ? host : null;
}

/** The two checkpoints of a pack. */
export const PUBLISHED_ROLES = ['lxmert', 'detector'] as const;

export type PublishedRole = (typeof PUBLISHED_ROLES)[number];

/** One file of published weights, for the person to judge before anything is fetched. */
export interface PublishedSource {
  readonly role: PublishedRole;
  readonly name: string;
  /** In the order in which they are tried; one at least. */
  readonly urls: readonly string[];
  /** Null where no public record tells it. */
  readonly bytes: number | null;
  /** The same, or what its numbers would take. */
  readonly aboutBytes: number;
  readonly sha256: string | null;
  readonly licence: string;
}

/** A pack that can be made. */
export interface PublishedPack {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly sources: readonly PublishedSource[];
  /** Size of the made pack, by precision. */
  readonly packBytes: Readonly<Record<Precision, number>>;
  /** What a detector in single precision adds to a pack in fewer bits. */
  readonly exactDetectorBytes: number;
}

/** Files of a person's own, in place of those on the web. */
export interface OwnFiles {
  /** One file, or all its shards with or without their index. */
  readonly lxmert?: Blob | readonly Blob[];
  readonly detector?: Blob | readonly Blob[];
  /** `config.json` of weights that were fine-tuned. */
  readonly configuration?: Blob;
  /** Names of the answers: JSON or one a line. */
  readonly answers?: Blob;
  /** `vocab.txt` of weights with words of their own. */
  readonly vocabulary?: Blob;
}

/** Where a person says that published weights lie too: an address is tried before those that are known. */
export type PublishedAddresses = Readonly<Partial<Record<PublishedRole, string>>>;

export interface MakeParams extends StoredAs {
  readonly id: string;
  readonly files: OwnFiles;
  readonly addresses?: PublishedAddresses;
}

/** Bytes never fall; `totalBytes` counts what is downloaded and what is written. */
export interface MakeProgress {
  /** `check` reads again what an earlier visit left. */
  readonly stage: 'check' | 'download' | 'convert' | 'self-test' | 'measure' | 'finish';
  /** What is at work: the host that a download comes from, or the file that is written. */
  readonly subject: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** A pack that was made and is kept on this machine. */
export interface MadePack {
  /** For `Engine.load`. */
  readonly packUrl: string;
  readonly name: string;
  readonly precision: Precision | null;
  readonly storedBytes: number;
  /** Where fewer bits than the weights have were chosen, and what that changes was measured. */
  readonly measured?: PrecisionMeasures;
}

/** What was begun and not finished: parts of downloads and of packs. */
export interface UnfinishedWork {
  readonly storedBytes: number;
  /** Null where nobody wrote down what it was to become. */
  readonly begun: BegunPack | null;
}

export interface BegunPack extends StoredAs {
  readonly id: string;
  /** Files were given, which a page cannot keep: they have to be chosen again. */
  readonly hadFiles: boolean;
  readonly addresses: PublishedAddresses;
}

export interface PackShelf {
  readonly made: readonly MadePack[];
  readonly unfinished: UnfinishedWork | null;
  /** What the browser still gives; null where it does not tell. */
  readonly freeBytes: number | null;
}

/** Makes packs from published weights, keeps them and deletes them. Every method rejects with a `VqaError`. */
export interface PackMaker {
  /** What can be made. */
  list(): Promise<readonly PublishedPack[]>;
  /** What was made. */
  shelf(): Promise<PackShelf>;
  /** Goes on where an earlier attempt stopped. */
  make(
    params: MakeParams,
    options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: MakeProgress) => void },
  ): Promise<MadePack>;
  remove(packUrl: string): Promise<void>;
  /** Deletes what was begun and not finished. */
  discard(): Promise<void>;
}

export const PACK_MAKER_METHODS = listMethods<PackMaker>({
  list: true,
  shelf: true,
  make: true,
  remove: true,
  discard: true,
});
