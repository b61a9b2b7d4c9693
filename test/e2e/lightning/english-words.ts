import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/sf.ts';

const unescaped = (text: string): string =>
  text.replaceAll('&apos;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');

function wordsOf(pattern: string, element: RegExp): readonly string[] {
  return globSync(pattern, { cwd: join(root, 'force-app/main/default') })
    .map((path) => readFileSync(join(root, 'force-app/main/default', path), 'utf8'))
    .flatMap((xml) => [...xml.matchAll(element)].map(([, word = '']) => unescaped(word)));
}

/** Names that are the same in every language, those of mappings that come with the project, and the platform's words. */
const SAME = ['SKU', 'WooCommerce', 'Webhooks', 'Orders', 'Refunds', 'required'];

/** Every English word of ours that pages show and that has another in Japanese: labels, fields, values, objects, tabs. */
export const ENGLISH_WORDS: ReadonlySet<string> = new Set(
  [
    ...wordsOf('labels/*.xml', /<value>([^<]+)<\/value>/g),
    ...wordsOf('{objects/*/fields,tabs}/*.xml', /<label>([^<]+)<\/label>/g),
    ...wordsOf('objects/*/*.object-meta.xml', /<(?:label|pluralLabel)>([^<]+)</g),
  ].filter((word) => /[a-z]{3}/i.test(word) && !SAME.includes(word)),
);
