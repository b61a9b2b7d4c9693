import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

import type { Exchange } from '../../model/exchange.ts';

const ZIP = /(?<=<zipFile>)[^<]+(?=<)/;

/** Changes the records of custom metadata in what a retrieve gives. */
export const inRetrieved =
  (change: (text: string) => string) =>
  (exchange: Exchange): void => {
    if (exchange.side !== 'org' || typeof exchange.body !== 'string') return;
    const [zip] = ZIP.exec(exchange.body) ?? [];
    if (zip === undefined) return;
    const files = Object.entries(unzipSync(Buffer.from(zip, 'base64')));
    const texts = files.map(([path, bytes]) => [path, strFromU8(bytes)] as const);
    const changed = texts.map(
      ([path, text]) => [path, path.endsWith('.md') ? change(text) : text] as const,
    );
    if (changed.every(([, text], at) => text === texts[at]?.[1])) return;
    const packed = zipSync(
      Object.fromEntries(changed.map(([path, text]) => [path, strToU8(text)])),
    );
    exchange.body = exchange.body.replace(ZIP, Buffer.from(packed).toString('base64'));
  };
