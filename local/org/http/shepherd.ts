import { toId18 } from '../model/ids.ts';
import type { OrgView } from '../model/org-view.ts';
import { notEmulated, type Answer } from '../api/answer.ts';
import { compile } from '../soql/compile.ts';
import { bytesOf } from '../data/file-bytes.ts';
import { contentTypeOf, isImage } from './content-type.ts';

/** Where the pages of an org find files: no API, and asked by the browser itself. */
export const shepherdRoot = '/sfc/servlet.shepherd/';

interface File {
  readonly title: string;
  readonly extension: string | null;
  readonly bytes: Buffer;
}

const thumbnails = new Set(['THUMB120BY90', 'THUMB240BY180', 'THUMB720BY480']);

const noFile: Answer = {
  status: 404,
  body: '<html><head><title>File not found</title></head><body>The file does not exist.</body></html>',
  headers: { 'content-type': 'text/html;charset=UTF-8' },
};

/** The version that the user sees under that id: of a document its latest. */
function fileAt(org: OrgView, given: string): File | undefined {
  const id = toId18(given);
  if (id === undefined) return undefined;
  const name = org.objectOfId(id)?.name;
  if (name !== 'ContentVersion' && name !== 'ContentDocument') return undefined;
  const key = name === 'ContentVersion' ? 'Id' : 'LatestPublishedVersionId';
  const soql = `SELECT ${key}, Title, FileExtension FROM ${name} WHERE Id = '${id}'`;
  const { sql, values } = compile(org, soql, false);
  const row = org.db.get(sql, ...values);
  const bytes = row && bytesOf(org.db, String(row['c1']));
  if (!bytes) return undefined;
  const extension = row['c3'];
  const isText = typeof extension === 'string';
  return { title: String(row['c2']), extension: isText ? extension : null, bytes };
}

/** The name under which a file is saved, in plain letters and as it is. */
function disposition({ title, extension }: File): string {
  const name = extension === null ? title : `${title}.${extension}`;
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}

function sent(file: File, headers: Readonly<Record<string, string>>): Answer {
  const type = contentTypeOf(file.extension);
  return {
    status: 200,
    body: file.bytes,
    headers: { 'content-type': type, 'x-content-type-options': 'nosniff', ...headers },
  };
}

/** The local org scales no images: a thumbnail is the image itself. */
function rendition(org: OrgView, query: URLSearchParams): Answer {
  const asked = query.get('rendition') ?? '';
  if (!thumbnails.has(asked)) return notEmulated('GET', `the rendition "${asked}" of a file`);
  const file = fileAt(org, query.get('versionId') ?? '');
  return file && isImage(file.extension) ? sent(file, {}) : noFile;
}

/**
 * Answers the address of a thumbnail, or of a version (068…) or document (069…) to save.
 * @param org as the user of the session sees it
 */
export function shepherd(org: OrgView, method: string, url: URL): Answer {
  const path = url.pathname.slice(shepherdRoot.length);
  if (method !== 'GET') return notEmulated(method, url.pathname);
  if (path === 'version/renditionDownload') return rendition(org, url.searchParams);
  const [, kind, id = ''] = /^(version|document)\/download\/([^/]+)$/.exec(path) ?? [];
  if (kind === undefined) return notEmulated(method, url.pathname);
  const file = id.startsWith(kind === 'version' ? '068' : '069') ? fileAt(org, id) : undefined;
  return file ? sent(file, { 'content-disposition': disposition(file) }) : noFile;
}
