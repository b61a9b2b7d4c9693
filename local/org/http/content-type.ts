const types: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  gif: 'image/gif',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  webp: 'image/webp',
  xml: 'text/xml',
  zip: 'application/zip',
};

/** The content type for a file's extension, `application/octet-stream` for one that is not known. */
export const contentTypeOf = (extension: string | null): string =>
  types[extension?.toLowerCase() ?? ''] ?? 'application/octet-stream';

const images = new Set(['gif', 'jpeg', 'jpg', 'png', 'webp']);

/** Whether there are thumbnails of files with that extension. */
export const isImage = (extension: string | null): boolean =>
  images.has(extension?.toLowerCase() ?? '');
