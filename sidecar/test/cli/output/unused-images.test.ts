import { describe, expect, it } from 'vitest';

import { describeUnused } from '../../../src/cli/output/unused-images.ts';

describe('the list of images that nothing shows', () => {
  it('names each with its id, size and address, and says that nothing was deleted', () => {
    const url = 'https://shop.example/tea-sf-0123456789abcdef.png';
    const images = [
      { id: 71, url, bytes: 1500 },
      { id: 72, url, bytes: 3 * 1024 * 1024 },
      { id: 73, url, bytes: null },
    ];
    const text = describeUnused([
      { store: 'main', pictures: images },
      { store: 'de', pictures: [] },
    ]);
    expect(text.split('\n')).toEqual([
      'Store main: images that the sidecar brought and no product or variation shows: 3, 3.0 MB.',
      `  71  2 KB  ${url}`,
      `  72  3.0 MB  ${url}`,
      `  73  ?  ${url}`,
      'Nothing was deleted. Pages, posts and categories may show them: look, and delete them in WordPress › Media.',
      '',
      'Store de: every image that the sidecar brought is shown by a product or variation.',
      '',
    ]);
  });
});
