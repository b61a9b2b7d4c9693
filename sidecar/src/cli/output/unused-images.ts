/** The images of a store that nothing shows. */
export interface Unused {
  readonly store: string;
  readonly pictures: readonly {
    readonly id: number;
    readonly url: string;
    /** Null where the shop does not say. */
    readonly bytes: number | null;
  }[];
}

/** The list for a person. */
export function describeUnused(stores: readonly Unused[]): string {
  return stores.map(describeStore).join('\n');
}

function describeStore({ store, pictures: images }: Unused): string {
  if (images.length === 0)
    return `Store ${store}: every image that the sidecar brought is shown by a product or variation.\n`;
  const known = images.flatMap(({ bytes }) => bytes ?? []);
  const sum = known.reduce((all, bytes) => all + bytes, 0);
  const size = known.length === 0 ? '' : `, ${sizeText(sum)}`;
  const lines = images.map(
    ({ id, url, bytes }) => `  ${id}  ${bytes === null ? '?' : sizeText(bytes)}  ${url}`,
  );
  return [
    `Store ${store}: images that the sidecar brought and no product or variation shows: ${images.length}${size}.`,
    ...lines,
    'Nothing was deleted. Pages, posts and categories may show them: look, and delete them in WordPress › Media.',
    '',
  ].join('\n');
}

function sizeText(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.ceil(bytes / 1024)} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
