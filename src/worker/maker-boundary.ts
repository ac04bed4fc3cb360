/** A `PackMaker` behind a thread that lives as long as it has something to do. */
import { asVqaError } from '../core/errors.ts';
import { PACK_MAKER_METHODS, type PackMaker } from '../core/published.ts';
import { cancelled, fromReport, lostWorker } from './engine-boundary.ts';
import {
  connect,
  serve,
  type ClientEndpoint,
  type ClientMessage,
  type Endpoint,
  type ServerMessage,
} from './rpc.ts';

/** Where recipes and weights lie; a page says it with every call, for the worker keeps nothing. */
export interface MakerSettings {
  /** Absolute URL of the folder of recipes, ending in `/`. */
  readonly publishedUrl: string;
  /** Tried in turn. */
  readonly hubUrls: readonly string[];
}

export function connectMaker(open: () => ClientEndpoint, settings: MakerSettings): PackMaker {
  return connect<PackMaker>({
    methods: PACK_MAKER_METHODS,
    open,
    context: settings,
    failure: fromReport,
    aborted: cancelled,
    lost: (reason) => lostWorker('The worker that makes packs has stopped', reason),
    // The worker closes its files before it answers: a cancelled call ends when it says so.
    abort: 'when-done',
    idle: 'end',
  }).service;
}

/** Each call runs at once, for listing must not wait behind a download. */
export function serveMaker(
  open: (settings: MakerSettings) => Promise<PackMaker>,
  client: Endpoint<ServerMessage, ClientMessage>,
): void {
  serve<PackMaker>(client, {
    methods: PACK_MAKER_METHODS,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    open: (settings) => open(settings as MakerSettings),
    order: 'at-once',
    report: (thrown) => asVqaError(thrown, 'checkpoint-invalid').toReport(),
  });
}
