/** The worker's side of making packs: each call runs at once, for listing must not wait behind a download. */
import { asVqaError } from '../core/errors.ts';
import type { PackMaker } from '../core/published.ts';
import type {
  MakerClientMessage,
  MakerMethod,
  MakerParams,
  MakerRequest,
  MakerResults,
  MakerServerMessage,
  MakerSettings,
} from './maker-protocol.ts';
import type { Endpoint } from './protocol.ts';

export function serveMaker(
  open: (settings: MakerSettings) => Promise<PackMaker>,
  client: Endpoint<MakerServerMessage, MakerClientMessage>,
): void {
  const unfinished = new Map<number, AbortController>();

  client.addEventListener('message', ({ data: message }) => {
    if (message.type === 'cancel') unfinished.get(message.id)?.abort();
    else void answer(message);
  });
  client.start?.();

  /** Never rejects. */
  async function answer({
    id,
    request,
    settings,
  }: Extract<MakerClientMessage, { readonly type: 'call' }>): Promise<void> {
    const controller = new AbortController();
    unfinished.set(id, controller);
    try {
      const maker = await open(settings);
      const result = await invoke(maker, request, {
        signal: controller.signal,
        onProgress: (progress) => client.postMessage({ type: 'progress', id, progress }, []),
      });
      client.postMessage({ type: 'result', id, result }, []);
    } catch (thrown) {
      const error = asVqaError(thrown, 'checkpoint-invalid').toReport();
      client.postMessage({ type: 'failure', id, error }, []);
    } finally {
      unfinished.delete(id);
    }
  }
}

type Options = Required<NonNullable<Parameters<PackMaker['make']>[1]>>;

/** `PackMaker` as a table by method, so that the checker keeps each method with its own parameters. */
type Handlers = {
  readonly [M in MakerMethod]: (params: MakerParams[M], options: Options) => Promise<MakerResults[M]>;
};

function invoke<M extends MakerMethod>(
  handlers: Handlers,
  { method, params }: MakerRequest<M>,
  options: Options,
): Promise<MakerResults[M]> {
  return handlers[method](params, options);
}
