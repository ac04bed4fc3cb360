/** A `CacheStorage` in memory with a quota, for tests. */

/** The part of a `Cache` that the pack cache uses. */
class MemoryCache implements Cache {
  readonly entries = new Map<string, { readonly body: Uint8Array<ArrayBuffer>; readonly headers: Headers }>();
  private readonly quotaBytes: number;

  constructor(quotaBytes: number) {
    this.quotaBytes = quotaBytes;
  }

  async put(request: RequestInfo | URL, response: Response): Promise<void> {
    const body = new Uint8Array(await response.arrayBuffer());
    const used = [...this.entries.values()].reduce((sum, entry) => sum + entry.body.length, 0);
    if (used + body.length > this.quotaBytes) {
      throw new DOMException('the quota has been exceeded', 'QuotaExceededError');
    }
    this.entries.set(urlOf(request), { body, headers: new Headers(response.headers) });
  }

  match(request: RequestInfo | URL): Promise<Response | undefined> {
    const entry = this.entries.get(urlOf(request));
    return Promise.resolve(entry && new Response(entry.body, { headers: entry.headers }));
  }

  matchAll(): Promise<Response[]> {
    return Promise.resolve(
      [...this.entries.values()].map(({ body, headers }) => new Response(body, { headers })),
    );
  }

  keys(): Promise<Request[]> {
    return Promise.resolve([...this.entries.keys()].map((url) => new Request(url)));
  }

  delete(request: RequestInfo | URL): Promise<boolean> {
    return Promise.resolve(this.entries.delete(urlOf(request)));
  }

  add(): Promise<void> {
    return Promise.reject(new Error('not used'));
  }

  addAll(): Promise<void> {
    return this.add();
  }
}

export class MemoryCacheStorage implements CacheStorage {
  readonly caches = new Map<string, MemoryCache>();
  private readonly quotaBytes: number;

  constructor(quotaBytes = Infinity) {
    this.quotaBytes = quotaBytes;
  }

  open(name: string): Promise<Cache> {
    const cache = this.caches.get(name) ?? new MemoryCache(this.quotaBytes);
    this.caches.set(name, cache);
    return Promise.resolve(cache);
  }

  delete(name: string): Promise<boolean> {
    return Promise.resolve(this.caches.delete(name));
  }

  has(name: string): Promise<boolean> {
    return Promise.resolve(this.caches.has(name));
  }

  keys(): Promise<string[]> {
    return Promise.resolve([...this.caches.keys()]);
  }

  match(): Promise<undefined> {
    return Promise.reject(new Error('not used'));
  }

  /** Every key of every cache. */
  urls(): string[] {
    return [...this.caches.values()].flatMap((cache) => Array.from(cache.entries.keys()));
  }

  /** Turns one byte of the stored entry whose key contains `part`. */
  damage(part: string): void {
    for (const cache of this.caches.values()) {
      for (const [url, { body }] of cache.entries) if (url.includes(part)) body[0] = (body[0] ?? 0) ^ 1;
    }
  }
}

function urlOf(request: RequestInfo | URL): string {
  return request instanceof Request ? request.url : String(request);
}
