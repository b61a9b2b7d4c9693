/** What a file's path on the client says of it. */
export interface FileName {
  /** Without folders and extension. */
  readonly title: string;
  readonly extension: string | null;
  readonly type: string;
}

/** Extensions whose type is not the extension in capitals. */
const otherTypes: Readonly<Record<string, string>> = {
  doc: 'WORD',
  docx: 'WORD_X',
  htm: 'HTML',
  ppt: 'POWER_POINT',
  pptx: 'POWER_POINT_X',
  tif: 'TIFF',
  txt: 'TEXT',
  xls: 'EXCEL',
  xlsx: 'EXCEL_X',
};

const plainTypes = new Set(
  'avi|bmp|css|csv|gif|html|jpeg|jpg|js|json|mov|mp3|mp4|pdf|png|rtf|svg|tiff|wav|webp|xml|zip'.split(
    '|',
  ),
);

function typeOf(extension: string): string {
  const folded = extension.toLowerCase();
  return otherTypes[folded] ?? (plainTypes.has(folded) ? folded.toUpperCase() : 'UNKNOWN');
}

/** @param path as in `PathOnClient`, with slashes of either kind */
export function fileNameOf(path: string): FileName {
  const name = path.split(/[/\\]/).pop() ?? '';
  const dot = name.lastIndexOf('.');
  if (dot <= 0 || dot === name.length - 1) return { title: name, extension: null, type: 'UNKNOWN' };
  const extension = name.slice(dot + 1);
  return { title: name.slice(0, dot), extension, type: typeOf(extension) };
}
