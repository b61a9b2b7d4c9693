import { maskEmails } from '../../../lib/redact.ts';
import { cut, cutAtWord, cutBefore, type OwnRow, pageText } from '../own-objects.ts';
import type { Attention, Matter } from './attention.ts';

/** Characters that the fields of Woo_Attention__c take. */
export const ATTENTION_LENGTHS = {
  Cause_Key__c: 255,
  Store__c: 40,
  Code__c: 80,
  About__c: 80,
  Title__c: 250,
  Body__c: 750,
} as const;

/** The line that says that it is solved begins with this, and has to fit as well. */
const SOLVED = 'Solved: ';

/** The row of Woo_Attention__c, but for when it opened. */
export function attentionRow(attention: Attention): OwnRow {
  const { key, cause, store, title, body, code, about, records } = attention;
  const { Title__c, Body__c, ...short } = ATTENTION_LENGTHS;
  const names = { Store__c: store, Code__c: code, About__c: about } as const;
  const fitted = Object.entries(names).map(([field, text]) => [
    field,
    text && cut(maskEmails(text), short[field as keyof typeof names]),
  ]);
  return {
    Cause_Key__c: key,
    Cause__c: cause,
    Records__c: records,
    State__c: 'open',
    ...(Object.fromEntries(fitted) as OwnRow),
    Title__c: cutAtWord(shown(title), Title__c - SOLVED.length),
    Body__c: bodyText(body, Body__c),
  };
}

const shown = (text: string): string => pageText(maskEmails(text));

/** As many whole lines as fit, how many are left out, and at least what to do of the first. */
function bodyText(matters: readonly Matter[], length: number): string {
  const all = matters.map(({ why, cure }) => ({ why: shown(why), cure: shown(cure) }));
  const lines: string[] = [];
  for (const { why, cure } of all) {
    const left = all.length - lines.length - 1;
    const room = length - [...lines, more(left)].join('\n').length - 1;
    const line = [why, cure].filter((part) => part !== '').join(' ');
    if (line.length <= room) lines.push(line);
    else if (lines.length === 0) lines.push(cutBefore(cure, why, room));
    else break;
  }
  return [...lines, more(all.length - lines.length)].filter((line) => line !== '').join('\n');
}

const more = (count: number): string => (count === 0 ? '' : `${count} more: see the open issues.`);
