import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { ShopClock } from '../core/clock.ts';
import { headersOf } from '../core/hosting.ts';
import type { Hosting } from '../core/hosting.ts';
import type { MediaFiles } from '../media/files.ts';
import type { Shop } from '../shop/shop.ts';
import type { RequestCount } from '../rest/request-count.ts';

interface FileParts {
  shop: Shop;
  files: MediaFiles;
  requests: RequestCount;
  clock: ShopClock;
  hosting: Hosting;
}

const UPLOADS = '/wp-content/uploads/';

/**
 * Sends a stored image. Its smaller sizes have the bytes of the image itself: this store measures images and
 * does not draw them. Recorded images are known by name only, so they are not found.
 * @returns false for what is no file below the uploads
 */
export async function sendFile(
  { shop, files, requests, clock, hosting }: FileParts,
  response: ServerResponse,
  method: string,
  path: string,
): Promise<boolean> {
  if (!path.startsWith(UPLOADS) || !['GET', 'HEAD'].includes(method)) {
    return false;
  }
  const media = shop.media.ownerOf(path.slice(UPLOADS.length));
  const date = new Date(clock.now() * 1000).toUTCString();
  const found = media?.sha256 !== undefined;
  requests.add(method, path, found ? 200 : 404);
  if (!found) {
    const type = 'text/html; charset=UTF-8';
    response.writeHead(404, headersOf(hosting, { date, 'content-type': type }));
    response.end('Not found');
    return true;
  }
  const { mimeType, filesize } = media;
  const headers = { date, 'content-type': mimeType, 'content-length': filesize };
  response.writeHead(200, headersOf(hosting, headers));
  if (method === 'HEAD') {
    response.end();
  } else {
    // A reader that leaves early is nobody's mistake.
    await pipeline(await files.read(media.id), response).catch(() => response.destroy());
  }
  return true;
}
