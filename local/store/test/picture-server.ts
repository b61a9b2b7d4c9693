import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { startListening, stopListening } from '../../shared/listener.ts';
import { samplePicture } from './pictures.ts';

/** Where the shop fetches images from, with the paths of the recorded one. */
export interface PictureServer {
  url: string;
  host: string;
  /** paths that were asked for */
  asked: string[];
  /** further paths and their answers */
  paths: Map<string, (response: ServerResponse) => void>;
  close: () => Promise<void>;
}

export async function startPictureServer(): Promise<PictureServer> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    pictures.asked.push(path);
    const answer = pictures.paths.get(path);
    if (answer === undefined) {
      response.writeHead(404).end('no');
    } else {
      answer(response);
    }
  });
  const url = await startListening(server, 0, '127.0.0.1');
  const pictures: PictureServer = {
    url,
    host: new URL(url).host,
    asked: [],
    paths: new Map(recordedPaths()),
    close: () => stopListening(server),
  };
  return pictures;
}

type Answer = (response: ServerResponse) => void;

/** An answer with an image, whatever its path is called. */
export function picture(bytes: Buffer, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(200, headers).end(bytes);
  };
}

function recordedPaths(): [string, Answer][] {
  const png = picture(samplePicture('a.png'), { 'content-type': 'image/png' });
  const named = { 'content-disposition': 'attachment; filename="x.png"' };
  return [
    ['/a.png', png],
    ['/b.jpg', picture(samplePicture('b.jpg'))],
    ['/c.webp', picture(samplePicture('c.webp'))],
    ['/a.png?v=1&x=y', png],
    ['/slow.png', png],
    ['/%E6%97%A5%E6%9C%AC.png', png],
    ['/wrongext.jpg', png],
    ['/noext', png],
    ['/noext-cd', picture(samplePicture('a.png'), named)],
    ['/img.php?id=3', picture(samplePicture('b.jpg'), { 'content-type': 'image/jpeg' })],
    ['/html.png', picture(Buffer.from('<html></html>'), { 'content-type': 'image/png' })],
    ['/s500.png', (response) => response.writeHead(500).end()],
    ['/redir.png', (response) => response.writeHead(302, { location: '/a.png' }).end()],
  ];
}
