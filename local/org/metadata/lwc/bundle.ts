import type { LightningComponentBundle } from '@salesforce/types/metadata';

/** One file of a bundle. */
export interface BundleFile {
  /** Path in the package, such as `lwc/wooOrder/wooOrder.html`. */
  readonly path: string;
  /** `html`, `js`, `css` … */
  readonly extension: string;
  readonly source: string;
}

const extensionOf = (path: string): string => /\.([^./]+)$/.exec(path)?.[1] ?? '';

/** The files of a bundle, its settings among them. */
export function filesOf(body: LightningComponentBundle): readonly BundleFile[] {
  return (body.lwcResources?.lwcResource ?? []).map(({ filePath, source }) => ({
    path: filePath,
    extension: extensionOf(filePath),
    source,
  }));
}

/** The file that has the name of the bundle, such as its template or its class. */
export const mainFile = (
  body: LightningComponentBundle,
  name: string,
  extension: string,
): BundleFile | undefined =>
  filesOf(body).find(({ path }) => path === `lwc/${name}/${name}.${extension}`);
