import { randomBytes } from 'node:crypto';

import type { Assumption } from '../../model/assumption.ts';
import { eachObject } from '../../model/exchange.ts';
import { CannotTell, isSame, verdict } from '../../model/verdict.ts';
import { member } from '../../sides/answers.ts';
import { PNG } from '../picture.ts';

const LIBRARY = '/wp-json/wp/v2/media';

export const MEDIA: readonly Assumption[] = [
  {
    id: 'shop-media-size',
    statement:
      '`_fields=media_details.filesize` gives the size of an image (WordPress 6.0 and later)',
    places: ['sidecar/src/woo/media/media-response.ts'],
    calls: 0,
    probe: async (probing) => {
      const shop = probing.direct();
      const path =
        '/wp-json/wp/v2/media?per_page=1&media_type=image&_fields=id,media_details.filesize';
      const { status, body } = await shop.open('GET', path);
      const [image] = Array.isArray(body) ? (body as unknown[]) : [];
      if (status !== 200 || !image) throw new CannotTell(`The media library answered ${status}.`);
      const size = member(member(image, 'media_details'), 'filesize');
      return verdict(Number.isInteger(size), size);
    },
    deviation: {
      says: 'the size is missing',
      change: ({ side, path, body }) => {
        if (side !== 'shop' || !path.includes('/wp/v2/media')) return;
        eachObject(body, (one) => {
          delete one['filesize'];
        });
      },
    },
  },
  {
    id: 'media-search',
    statement:
      'The search of `wp/v2/media` finds an image by the piece of the checksum in its file name: WordPress makes the title of the file name, and searches titles',
    places: [
      'sidecar/src/woo/media/media-library.ts',
      'sidecar/src/sync/images/upload/media-index.ts',
    ],
    calls: 0,
    probe: async (probing) => {
      const shop = probing.direct();
      const authorization = probing.mediaAccess();
      const piece = randomBytes(6).toString('hex');
      const made = await shop.open('POST', LIBRARY, PNG, {
        authorization,
        'content-type': 'image/png',
        'content-disposition': `attachment; filename="${probing.name()}-${piece}.png"`,
      });
      if (made.status !== 201) throw new CannotTell(`No image could be uploaded: ${made.status}.`);
      const path = `${LIBRARY}?search=${piece}&_fields=id`;
      const { body } = await shop.open('GET', path, undefined, { authorization });
      const found = Array.isArray(body) ? body.map((image) => member(image, 'id')) : [];
      return verdict(isSame(found, [member(made.body, 'id')]), `${found.length} images`);
    },
    deviation: {
      says: 'the host searches no titles',
      change: (exchange) => {
        const isSearch = exchange.path.includes('/wp/v2/media?search=');
        if (exchange.side === 'shop' && isSearch) exchange.body = [];
      },
    },
  },
  {
    id: 'media-search-of-fetched-images',
    statement:
      'The title of an image that the shop fetched is the title of the Salesforce file, so it is found where the host searches file names too (not WordPress VIP)',
    places: ['sidecar/src/sync/images/upload/media-index.ts'],
    person:
      'Sync an image, forget the state, sync again, and count the images in the media library.',
  },
];
