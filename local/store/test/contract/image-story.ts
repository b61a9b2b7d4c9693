import { basic, secureHeaders, testPassword } from '../client.ts';
import { startImageServer } from '../image-server.ts';
import type { Replayer } from './replayer.ts';
import type { Step, Story } from './story.ts';

const ofMedia = {
  'body.permalink_template': 'it ends in the id',
  'body.class_list[0]': 'it ends in the id',
};
const madeMedia = (name: string, headers?: Record<string, string>): Step => ({
  path: `media/${name}.json`,
  but: ofMedia,
  ...(headers === undefined ? {} : { headers }),
});

/** What the recorded calls with images met: no product of this SKU, and no file of these names. */
async function beforeImages(replayer: Replayer): Promise<void> {
  const imageServer = await startImageServer();
  replayer.imageServer = imageServer;
  for (const path of ['products/2205?force=true', 'media/2468']) {
    await replayer.client.ask(`/local/${path}`, { method: 'DELETE' });
  }
}

function deleteMedia(replayer: Replayer, recorded: number): Promise<unknown> {
  return replayer.client.ask(`/wp-json/wp/v2/media/${replayer.own(recorded)}?force=true`, {
    method: 'DELETE',
    headers: secureHeaders(testPassword.user, testPassword.password),
  });
}

/** Images by id, by address and from the media library. */
export const images: Story = {
  title: 'images by id, by address and from the media library',
  prepare: beforeImages,
  steps: [
    'images/create-product-two-src.json',
    'images/put-same-src-again.json',
    'images/put-ids-reordered.json',
    'images/put-id-with-alt-name.json',
    'images/put-id-with-empty-alt.json',
    'images/put-id-and-src-both.json',
    'images/put-id-zero-src.json',
    'images/put-second-bad.json',
    'images/put-same-id-twice.json',
    {
      path: 'images/put-images-omitted.json',
      before: (replayer) => {
        const images = [{ id: replayer.own(2233) }, { id: replayer.own(2233) }];
        return replayer.write('PUT', `products/${replayer.own(2205)}`, { images });
      },
    },
    'images/put-images-empty.json',
    'images/put-images-null.json',
    'images/put-id-other-products-media.json',
    'images/put-id-unknown.json',
    {
      path: 'images/put-id-not-image.json',
      but: { 'body.message': 'it names the id of the product' },
    },
    'images/put-src-404.json',
    'images/put-src-500.json',
    'images/put-src-closed-port.json',
    'images/put-src-html.json',
    'images/put-src-no-extension.json',
    'images/put-src-no-extension-cd.json',
    'images/put-src-php.json',
    'images/put-src-blocked-host.json',
    'images/put-src-not-url.json',
    'images/put-src-data-url.json',
    // Its first image was a-2.png: what was fetched before the bad one stayed.
    'images/put-src-query.json',
    'images/put-src-wrong-extension.json',
    'images/put-src-redirect.json',
    'images/put-src-unicode.json',
    'images/put-src-slow-12s.json',
    'images/put-image-item-empty.json',
    madeMedia('post-png'),
    madeMedia('post-png-again-same-name'),
    madeMedia('post-jpeg'),
    madeMedia('post-webp'),
    'media/post-no-disposition.json',
    madeMedia('post-filename-unicode'),
    'media/post-filename-star.json',
    madeMedia('post-wrong-content-type'),
    'media/post-text-as-png.json',
    'media/post-not-allowed-type.json',
    'media/post-content-md5-bad.json',
    { path: 'media/post-no-auth.json', headers: { 'x-forwarded-proto': 'https' } },
    { path: 'media/post-subscriber.json', headers: secureHeaders(testPassword.user, 'other') },
    madeMedia('update-alt-title'),
    madeMedia('post-http-app-password', basic(testPassword.user, testPassword.password)),
    madeMedia('post-multipart'),
    'images/put-media-ids.json',
    'media/delete-no-force.json',
    {
      path: 'images/get-after-media-deleted.json',
      before: (replayer) => deleteMedia(replayer, 2388),
    },
    'images/variation-put-image-id.json',
    'images/variation-put-image-null.json',
    'batch/products-mixed-good-and-bad.json',
    'images/create-second-bad.json',
  ],
};
