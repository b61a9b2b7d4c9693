import { METADATA_CALLS } from '../../sides/metadata-side.ts';
import type { Assumption } from '../../model/assumption.ts';
import { asks, type Exchange } from '../../model/exchange.ts';
import { isSame, verdict } from '../../model/verdict.ts';
import { recordsIn } from '../../sides/answers.ts';
import { CHECKBOX, deployType, retrieveRecord } from './own-files.ts';
import { inRetrieved } from './retrieved.ts';

/** A deploy and a retrieve may take a minute each. */
const SECONDS = 240;

/** Changes the rows of a query of a run's own type. */
const inRows =
  (field: string, change: (rows: Record<string, unknown>[]) => void) => (exchange: Exchange) => {
    if (!asks(exchange, `SELECT ${field} FROM Woo_Prove_`)) return;
    change([...recordsIn(exchange.body)]);
  };

/** Records of custom metadata in files. */
export const RECORD_FILES: readonly Assumption[] = [
  {
    id: 'files-of-a-retrieve',
    statement:
      'Files of a retrieve, as others have them in git: `&quot;` and `&apos;` in texts; empty texts as `<x></x>`, in flows `<x/>`',
    places: ['local/org/metadata/xml/write-xml.ts'],
    person: 'Run `sf project retrieve start` after a deploy, and `git diff`.',
  },
  {
    id: 'record-of-a-retrieve',
    statement:
      'The file of a custom metadata record that a retrieve gives has all fields of its type by name, empty ones with `xsi:nil`, and `&quot;` and `&apos;` in texts',
    places: ['local/org/metadata/retrieve/record-file.ts'],
    calls: 2 * METADATA_CALLS,
    seconds: SECONDS,
    probe: async ({ components }) => {
      const type = components.name();
      await deployType(components, type, { One: { Note__c: '&quot;it&apos;s&quot;' } });
      const text = await retrieveRecord(components, `${type}.One`);
      const [note, other] = text.split('<field>Other__c</field>');
      const isSo =
        /<field>Note__c<.field>\s*<value xsi:type="xsd:string">&quot;it&apos;s&quot;</.test(
          note ?? '',
        ) && /^\s*<value xsi:nil="true"/.test(other ?? '');
      return verdict(isSo, text);
    },
    deviation: {
      says: 'empty fields are left out',
      change: inRetrieved((text) => text.replace(/<values>\s*<field>Other__c<.*?<.values>/s, '')),
    },
  },
  {
    id: 'left-out-values',
    statement:
      'A value that the file of a custom metadata record leaves out is emptied by a deploy; others saw it stay, so our files name all fields',
    places: ['config/org/main/default/customMetadata'],
    calls: 2 * METADATA_CALLS + 1,
    seconds: SECONDS,
    probe: async ({ org, components }) => {
      const type = components.name();
      await deployType(components, type, { One: { Note__c: 'a', Other__c: 'b' } });
      await deployType(components, type, { One: { Note__c: 'c' } });
      const [row] = await org.rows(`SELECT Note__c, Other__c FROM ${type}__mdt`);
      const kept = [row?.['Note__c'], row?.['Other__c']];
      return verdict(isSame(kept, ['c', null]), kept);
    },
    deviation: {
      says: 'the value stays',
      change: inRows('Note__c, Other__c', (rows) => {
        for (const one of rows) one['Other__c'] ??= 'b';
      }),
    },
  },
  {
    id: 'new-checkbox',
    statement:
      'A checkbox whose default is checked, new on a custom metadata type (`Active__c`), is checked or unchecked in all records that were there, and not in some of them. The local org leaves it unchecked; while no field mapping is active, the sidecar counts all as active',
    places: [
      'force-app/main/default/objects/Woo_Field_Mapping__mdt/fields/Active__c.field-meta.xml',
      'sidecar/src/salesforce/mapping-source.ts',
    ],
    calls: 2 * METADATA_CALLS + 1,
    seconds: SECONDS,
    probe: async ({ org, components }) => {
      const type = components.name();
      await deployType(components, type, { One: { Note__c: 'a' }, Two: {} });
      await deployType(components, type, {}, CHECKBOX);
      const rows = await org.rows(`SELECT Active__c FROM ${type}__mdt`);
      const values = rows.map((row) => row['Active__c']);
      const isSo = values.length === 2 && typeof values[0] === 'boolean';
      return verdict(isSo && values[0] === values[1], values);
    },
    deviation: {
      says: 'it is checked in the first of them',
      change: inRows('Active__c', ([first]) => {
        if (first) first['Active__c'] = true;
      }),
    },
  },
  {
    id: 'retrieve-of-a-checkbox',
    statement:
      'A retrieve of a custom metadata record names each checkbox of its type, one that is unchecked or new too, and none that the type lacks: by that an upgrade knows a type that had no `Active__c`, and leaves alone what an admin has unchecked since',
    places: ['scripts/lib/install/upgrade/active-checkbox.ts'],
    calls: 4 * METADATA_CALLS,
    seconds: SECONDS,
    probe: async ({ components }) => {
      const type = components.name();
      await deployType(components, type, { One: { Note__c: 'a' } });
      const before = await retrieveRecord(components, `${type}.One`);
      await deployType(components, type, {}, CHECKBOX);
      const after = await retrieveRecord(components, `${type}.One`);
      const named = [before, after].map((text) => text.includes('<field>Active__c</field>'));
      return verdict(isSame(named, [false, true]), named);
    },
    deviation: {
      says: 'one that is new is not named',
      change: inRetrieved((text) => text.replace(/<values>\s*<field>Active__c<.*?<.values>/s, '')),
    },
  },
];
