import { quoted, Refusal } from '../model/refusal.ts';

/** Ids that people take for those of files, by their first three characters. */
const OTHERS: Readonly<Record<string, string>> = {
  '068': 'the id of a version of a file',
  '05T': 'the id of a file’s delivery',
  '06A': 'the id of the link between a file and a record',
  '00P': 'the id of an attachment, which is no file',
  '015': 'the id of a document of the classic folders, which is no file',
  '01t': 'the id of a product',
};

const COPY = 'open the file in Salesforce and copy the part of its address that begins with 069';

/**
 * The id of a file in its form of 18 characters, from one of 15 or 18. One of 18 may have lost its capitals on
 * the way, in a spreadsheet for example: its last three characters tell them.
 * @returns null for an empty piece
 */
export function fileId(piece: string): string | Refusal | null {
  const text = piece.trim();
  if (text === '') return null;
  if (!/^[a-z\d]+$/i.test(text)) return wrong(text, `which is no id of a file: ${COPY}`);
  const prefix = text.slice(0, 3);
  if (prefix !== '069') {
    const other = Object.entries(OTHERS).find(([known]) => known === prefix)?.[1];
    const what = other ?? 'which is no id of a file (those begin with 069)';
    return wrong(text, `${what}: ${COPY}`);
  }
  if (text.length !== 15 && text.length !== 18) {
    return wrong(text, `which has ${text.length} characters, and ids have 15 or 18: ${COPY}`);
  }
  const id = text.length === 15 ? text : withCapitals(text);
  const whole = `${id}${checksum(id)}`;
  if (text.length === 15 || whole.slice(15) === text.slice(15).toUpperCase()) return whole;
  return wrong(text, `whose last three characters do not fit the others: copy it again`);
}

function wrong(text: string, what: string): Refusal {
  return new Refusal('IMAGE_ID', `holds ${quoted(text)}, ${what}`);
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The last three characters: each tells which of five others are capitals. */
function checksum(id: string): string {
  const five = [0, 5, 10].map((from) => id.slice(from, from + 5));
  return five.map((part) => LETTERS.charAt(capitals(part))).join('');
}

function capitals(part: string): number {
  let bits = 0;
  for (let at = 0; at < part.length; at += 1) {
    if (/[A-Z]/.test(part.charAt(at))) bits |= 1 << at;
  }
  return bits;
}

/** The first 15 characters with the capitals that the last three tell. */
function withCapitals(text: string): string {
  const told = text.slice(15).toUpperCase();
  return text.slice(0, 15).replace(/./g, (one, at: number) => {
    const bits = LETTERS.indexOf(told.charAt(Math.floor(at / 5)));
    return (bits & (1 << (at % 5))) === 0 ? one.toLowerCase() : one.toUpperCase();
  });
}
