/** A server of one file of weights on this machine, for tests: each path answers as it is told, well or badly. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** More than one write, and not a whole number of them. */
export const CONTENT = Buffer.from(
  Uint8Array.from({ length: 3_300_001 }, (_, index) => (index * 31 + (index >> 8)) % 256),
);
export const SHA256 = createHash('sha256').update(CONTENT).digest('hex');

export type Answer = (request: IncomingMessage, response: ServerResponse, from: number) => void;

export interface WeightsServer {
  /** Ends without a slash. */
  readonly url: string;
  /** What was asked, oldest first; `range` as the header says it. */
  readonly asked: { path: string; range: string | undefined; method: string; referrer: string | undefined }[];
  /** By path; a path that is not here gets what `*` says. */
  readonly answers: Map<string, Answer>;
  close(): void;
}

export async function openWeightsServer(): Promise<WeightsServer> {
  const asked: WeightsServer['asked'] = [];
  const answers = new Map<string, Answer>();
  const server = createServer((request, response) => {
    const { url: path = '', headers, method = 'GET' } = request;
    asked.push({ path, range: headers.range, method, referrer: headers.referer });
    const from = Number(/^bytes=(?<from>\d+)-$/u.exec(headers.range ?? '')?.groups?.['from'] ?? 0);
    (answers.get(path) ?? answers.get('*'))?.(request, response, from);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    asked,
    answers,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export interface Served {
  readonly ranges?: boolean;
  /** The connection breaks here. */
  readonly until?: number;
  readonly content?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export function whole({ ranges: knows = true, until, content = CONTENT, headers = {} }: Served = {}): Answer {
  return (_request, response, from) => {
    const start = knows ? from : 0;
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': content.length - start,
      ...(start > 0 && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
      ...headers,
    });
    if (until === undefined) response.end(content.subarray(start));
    else response.write(content.subarray(start, until), () => setTimeout(() => response.destroy(), 30));
  };
}

export const failing =
  (status: number, type = 'text/plain'): Answer =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': type }).end('no');

/** Sends a little and then nothing. */
export const stalls: Answer = (_request, response) => {
  response.writeHead(200, { 'content-length': CONTENT.length });
  response.write(CONTENT.subarray(0, 70_000));
};

/** Each request gets the next answer, the last one again and again. */
export function inTurn(...answers: readonly Answer[]): Answer {
  let turn = 0;
  return (...call) => {
    const next = answers[Math.min(turn, answers.length - 1)];
    turn += 1;
    next?.(...call);
  };
}
