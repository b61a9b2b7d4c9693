import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { startListening, stopListening } from '../../shared/listener.ts';
import { sampleImage } from './sample-image.ts';

/** Where the shop fetches images from, with the paths of the recorded one. */
export interface ImageServer {
  url: string;
  host: string;
  /** paths that were asked for */
  asked: string[];
  /** further paths and their answers */
  paths: Map<string, (response: ServerResponse) => void>;
  close: () => Promise<void>;
}

export async function startImageServer(): Promise<ImageServer> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    imageServer.asked.push(path);
    const answer = imageServer.paths.get(path);
    if (answer === undefined) {
      response.writeHead(404).end('no');
    } else {
      answer(response);
    }
  });
  const url = await startListening(server, 0, '127.0.0.1');
  const imageServer: ImageServer = {
    url,
    host: new URL(url).host,
    asked: [],
    paths: new Map(recordedPaths()),
    close: () => stopListening(server),
  };
  return imageServer;
}

type Answer = (response: ServerResponse) => void;

/** An answer with an image, whatever its path is called. */
export function image(bytes: Buffer, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(200, headers).end(bytes);
  };
}

function recordedPaths(): [string, Answer][] {
  const png = image(sampleImage('a.png'), { 'content-type': 'image/png' });
  const named = { 'content-disposition': 'attachment; filename="x.png"' };
  return [
    ['/a.png', png],
    ['/b.jpg', image(sampleImage('b.jpg'))],
    ['/c.webp', image(sampleImage('c.webp'))],
    ['/a.png?v=1&x=y', png],
    ['/slow.png', png],
    ['/%E6%97%A5%E6%9C%AC.png', png],
    ['/wrongext.jpg', png],
    ['/noext', png],
    ['/noext-cd', image(sampleImage('a.png'), named)],
    ['/img.php?id=3', image(sampleImage('b.jpg'), { 'content-type': 'image/jpeg' })],
    ['/html.png', image(Buffer.from('<html></html>'), { 'content-type': 'image/png' })],
    ['/s500.png', (response) => response.writeHead(500).end()],
    ['/redir.png', (response) => response.writeHead(302, { location: '/a.png' }).end()],
  ];
}
