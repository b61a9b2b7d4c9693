import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './lib/sf.ts';

/* docs/store-settings.md has each setting of a store and of a recipient, and no other, as the fields have them. */

const page = readFileSync(join(root, 'docs/store-settings.md'), 'utf8');

/** Cells of the tables below a heading, by API name. */
function rowsBelow(text: string, heading: string): ReadonlyMap<string, readonly string[]> {
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  const rows = [...own.matchAll(/^\| (?!-+ |setting)(.*) \|$/gm)].map(([, row = '']) =>
    row.split(' | ').map((cell) => cell.trim()),
  );
  return new Map(rows.map((cells) => [(cells[1] ?? '').replaceAll('`', ''), cells]));
}

const inXml = (xml: string, element: string): string | undefined =>
  new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];

function fieldsOf(type: string): ReadonlyMap<string, string> {
  const folder = join(root, 'force-app/main/default/objects', type, 'fields');
  const paths = globSync('*.field-meta.xml', { cwd: folder });
  return new Map(
    paths.map((path) => [
      basename(path, '.field-meta.xml'),
      readFileSync(join(folder, path), 'utf8'),
    ]),
  );
}

/** What a row says that the field does not, or leaves out. */
function deviations(cells: readonly string[], xml: string): readonly string[] {
  const [label, name = '', does = '', blank = ''] = cells;
  const isCheckbox = inXml(xml, 'type') === 'Checkbox';
  const isChecked = inXml(xml, 'defaultValue') === 'true';
  const minutes = /Blank for (\d+)/.exec(inXml(xml, 'inlineHelpText') ?? '')?.[1];
  const words = [...xml.matchAll(/<value>\s*<fullName>([^<]+)</g)].map(([, word = '']) => word);
  const isRequired = inXml(xml, 'required') === 'true';
  const saysChecked = does.includes('has it checked');
  const wrong: readonly (readonly [boolean, string])[] = [
    [label !== inXml(xml, 'label'), `is called ${inXml(xml, 'label')}`],
    [(blank === 'required') !== isRequired, 'is required or not'],
    [isCheckbox && isChecked !== saysChecked, `is ${isChecked ? '' : 'un'}checked in a new record`],
    [minutes !== undefined && blank !== minutes, `is ${minutes} where it is blank`],
    ...words.map((word) => [!does.includes(`\`${word}\``), `may be ${word}`] as const),
  ];
  return wrong.flatMap(([isWrong, what]) => (isWrong ? [`${name} ${what}`] : []));
}

describe.each([
  ['Woo Store', 'Woo_Store__mdt'],
  ['Woo Recipient', 'Woo_Recipient__mdt'],
])('the table of %s', (heading, type) => {
  const rows = rowsBelow(page, heading);
  const fields = fieldsOf(type);

  it('has each field, and no other', () => {
    expect([...rows.keys()].toSorted()).toEqual([...fields.keys()].toSorted());
    expect(rows.size).toBeGreaterThan(9);
  });

  it('says of each what the field says', () => {
    const found = [...rows].flatMap(([name, cells]) => deviations(cells, fields.get(name) ?? ''));
    expect(found).toEqual([]);
  });
});

it('finds what is wrong, so that the page cannot rot', () => {
  const xml = fieldsOf('Woo_Store__mdt').get('Silent_Minutes__c') ?? '';
  const cells = ['Quiet Minutes', '`Silent_Minutes__c`', '', '30'];
  expect(deviations(cells, xml)).toEqual([
    '`Silent_Minutes__c` is called Silent Minutes',
    '`Silent_Minutes__c` is 60 where it is blank',
  ]);
  const route = fieldsOf('Woo_Store__mdt').get('Route__c') ?? '';
  expect(deviations(['Route', 'Route__c', '`direct`', ''], route)).toEqual([
    'Route__c may be named_credential',
  ]);
});
