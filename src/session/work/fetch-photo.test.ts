import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchPhoto } from './fetch-photo.ts';

const ADDRESS = 'https://photos.example.org/summer/my%20dog.jpg?size=large';

function bring(address: string, fetchImage: typeof fetch, signal = new AbortController().signal) {
  return fetchPhoto(address, { fetchImage, signal });
}

const answering =
  (init: ResponseInit, body: BodyInit | null = 'bytes') =>
  async () =>
    new Response(body, init);
const jpeg = { headers: { 'content-type': 'image/jpeg; charset=binary' } };

/** What a browser does with a site that sends no CORS headers. */
const withoutCors: typeof fetch = async (_, init) => {
  if (init?.mode === 'no-cors') return new Response();
  throw new TypeError('Failed to fetch');
};
const unreachable: typeof fetch = async () => {
  throw new TypeError('Failed to fetch');
};

afterEach(() => vi.unstubAllGlobals());

describe('a photo on the web', () => {
  it('comes with its type and a name for people', async () => {
    const { blob, name } = await bring(`  ${ADDRESS}\n`, answering(jpeg));
    expect(await blob.text()).toBe('bytes');
    expect(blob.type).toBe('image/jpeg');
    expect(name).toBe('my dog.jpg');
  });

  it.each([
    ['https://example.org/', 'example.org'],
    ['https://example.org/50%.jpg', '50%.jpg'],
    ['data:image/png;base64,AA==', 'photo'],
  ])('at %s is called %s', async (address, expected) => {
    const { name } = await bring(address, answering(jpeg));
    expect(name).toBe(expected);
  });

  it('may come from a server that does not know its type', async () => {
    const octets = { headers: { 'content-type': 'application/octet-stream' } };
    await expect(bring(ADDRESS, answering(octets))).resolves.toMatchObject({ name: 'my dog.jpg' });
  });

  it('is asked for without cookies', async () => {
    const fetchImage = vi.fn(answering(jpeg));
    await bring(ADDRESS, fetchImage);
    expect(fetchImage).toHaveBeenCalledWith(
      new URL(ADDRESS),
      expect.objectContaining({ credentials: 'omit' }),
    );
  });
});

describe('a failure', () => {
  it.each([
    ['not an address', '“not an address” is not a web address.'],
    ['', '“” is not a web address.'],
    ['www.example.org/dog.jpg', '“www.example.org/dog.jpg” lacks the https:// at its beginning.'],
    ['example.org/dog.jpg', '“example.org/dog.jpg” lacks the https:// at its beginning.'],
    ['ftp://example.org/dog.jpg', 'A page cannot fetch addresses that start with ftp:'],
  ])('%j is no address', async (address, message) => {
    await expect(bring(address, unreachable)).rejects.toMatchObject({ code: 'image-url-invalid', message });
  });

  it.each([
    'C:\\Users\\me\\dog.jpg',
    'file:///photos/dog.jpg',
    '\\\\server\\photos\\dog.jpg',
    '/photos/dog.jpg',
    '~/dog.jpg',
  ])('%j is a place on a disk', async (address) => {
    await expect(bring(address, unreachable)).rejects.toMatchObject({
      code: 'image-url-local',
      message: `“${address}” is a place on a disk, where a page cannot look.`,
    });
  });

  it('of the policy names the host', async () => {
    await expect(bring(ADDRESS, withoutCors)).rejects.toMatchObject({
      code: 'image-url-blocked',
      message: 'photos.example.org does not allow other sites to read its images.',
    });
  });

  it('of the network names the host', async () => {
    await expect(bring(ADDRESS, unreachable)).rejects.toMatchObject({
      code: 'image-url-failed',
      message: 'photos.example.org could not be reached.',
    });
  });

  it('on an isolated page admits that it may be either', async () => {
    vi.stubGlobal('crossOriginIsolated', true);
    await expect(bring(ADDRESS, unreachable)).rejects.toMatchObject({
      code: 'image-url-blocked',
      message: 'photos.example.org does not allow other sites to read its images, or cannot be reached.',
    });
  });

  it('without a network says so', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    await expect(bring(ADDRESS, unreachable)).rejects.toMatchObject({ message: 'This device is offline.' });
  });

  it('of a secure page that fetches over http says so', async () => {
    vi.stubGlobal('location', { protocol: 'https:' });
    await expect(bring('http://example.org/dog.jpg', unreachable)).rejects.toMatchObject({
      code: 'image-url-blocked',
      message: 'The browser does not let a secure page fetch from example.org over http.',
    });
  });

  it('of the server has its status', async () => {
    await expect(bring(ADDRESS, answering({ status: 404 }))).rejects.toMatchObject({
      code: 'image-url-failed',
      message: 'photos.example.org answered with status 404.',
    });
  });

  it('to be an image has the type that came instead', async () => {
    const html = { headers: { 'content-type': 'text/html; charset=utf-8' } };
    await expect(bring(ADDRESS, answering(html))).rejects.toMatchObject({
      code: 'image-url-failed',
      message: 'The address leads to text/html, not to an image.',
    });
  });

  it('by size is known before the body is read', async () => {
    const huge = { headers: { 'content-type': 'image/jpeg', 'content-length': '80000000' } };
    await expect(bring(ADDRESS, answering(huge))).rejects.toMatchObject({
      code: 'image-too-large',
      message: 'The file at photos.example.org has 80 MB or more; the limit is 50 MB.',
    });
  });

  it('by size is noticed when the server did not say it', async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(10_000_000));
      },
    });
    await expect(bring(ADDRESS, answering(jpeg, endless))).rejects.toMatchObject({ code: 'image-too-large' });
    expect(sent).toBeLessThan(9);
  });

  it('in the middle says how far it came', async () => {
    const cut = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(5)),
      pull: (controller) => controller.error(new TypeError('network error')),
    });
    await expect(bring(ADDRESS, answering(jpeg, cut))).rejects.toMatchObject({
      code: 'image-url-failed',
      message: 'The photo from photos.example.org broke off after 5 bytes.',
    });
  });

  it('that was wanted is cancelled, without a second request', async () => {
    const fetchImage = vi.fn(async () => {
      throw new DOMException('stopped', 'AbortError');
    });
    await expect(bring(ADDRESS, fetchImage, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(fetchImage).toHaveBeenCalledOnce();
  });
});

/** A site that takes the request: never an answer, or the first bytes of one. */
const silent: typeof fetch = (_, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
  });
const stalling: typeof fetch = async () => {
  const body = new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(3)) });
  return new Response(body, jpeg);
};

describe('a site that falls silent', () => {
  it.each([
    ['before it answers', silent, 'photos.example.org took the request and said nothing for'],
    ['in the middle', stalling, 'The photo from photos.example.org stopped after 3 bytes: nothing came for'],
  ])('%s is not waited for', async (_, fetchImage, message) => {
    const { signal } = new AbortController();
    const fetching = fetchPhoto(ADDRESS, { fetchImage, signal, stallMs: 50 });
    await expect(fetching).rejects.toMatchObject({
      code: 'image-url-failed',
      message: expect.stringContaining(message),
    });
  });
});
