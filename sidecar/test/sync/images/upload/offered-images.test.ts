import { beforeEach, describe, expect, it } from 'vitest';

import { systemClock } from '../../../../src/lib/clock.ts';
import {
  OfferedImages,
  type OffersParts,
} from '../../../../src/sync/images/upload/offered-images.ts';
import { png } from '../../../support/image-bytes.ts';
import { MemoryState } from '../../../support/memory-state.ts';

const MB = 1024 * 1024;
const now = new Date('2026-11-26T10:00:00Z');
const leases = { acquire: () => Promise.resolve(true), release: () => Promise.resolve() };

let reads: string[];
let state: MemoryState;
let bytesOf: Map<string, Buffer>;

beforeEach(() => {
  reads = [];
  state = new MemoryState();
  bytesOf = new Map();
});

function open(
  url: OffersParts['url'] = ({ hash, name, extension, expires }) =>
    `${hash} ${name} ${extension} ${expires.toISOString()}`,
) {
  const read = (versionId: string, most: number) => {
    reads.push(`${versionId} ${most}`);
    return Promise.resolve(bytesOf.get(versionId) ?? null);
  };
  const org = { files: { read, latestVersions: () => Promise.resolve(new Map()) } };
  const parts = { org } as unknown as Pick<OffersParts, 'org'>;
  return new OfferedImages({
    ...parts,
    state,
    leases,
    clock: { ...systemClock, now: () => now },
    url,
  });
}

const image = (hash: string, bytes = Buffer.alloc(1)) => ({
  ...({ hash, name: `tea-sf-${hash}.png`, extension: 'png', type: 'image/png', bytes } as const),
});

describe('an image on offer', () => {
  it('has an address for an hour, and none where the shops do not reach us', () => {
    expect(open().offer(image('aa'))).toBe('aa tea-sf-aa png 2026-11-26T11:00:00.000Z');
    expect(open(null).offer(image('aa'))).toBeNull();
  });

  it('is given from memory while shops come, and let go when they have it', async () => {
    const offers = open();
    await offers.withStoreLock('main', async () => {
      offers.offer(image('aa', Buffer.from('bytes')));
      expect(await offers.image('aa')).toEqual({ type: 'image/png', bytes: Buffer.from('bytes') });
    });
    expect(await offers.image('aa')).toBeNull();
    expect(reads).toEqual([]);
  });

  it('is read from Salesforce again where it does not fit into memory, or was let go', async () => {
    const offers = open();
    for (let at = 0; at < 7; at += 1) offers.offer(image(`h${at}`, Buffer.alloc(10 * MB)));
    expect(await offers.image('h1')).not.toBeNull();
    expect(await offers.image('h0')).toBeNull();
    bytesOf.set('v1', png(3, 3));
    await state.images.keepFiles([{ documentId: 'd', versionId: 'v1', hash: 'h0' }]);
    expect(await offers.image('h0')).toEqual({ type: 'image/png', bytes: png(3, 3) });
    expect(reads).toEqual([`v1 ${10 * MB}`]);
  });

  it('is none where the file is no image, or of bytes that nobody has seen', async () => {
    bytesOf.set('v1', Buffer.from('<svg xmlns=""/>'));
    await state.images.keepFiles([{ documentId: 'd', versionId: 'v1', hash: 'aa' }]);
    expect(await open().image('aa')).toBeNull();
    expect(await open().image('bb')).toBeNull();
  });
});
