import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mappingQueries } from '../../src/salesforce/custom-metadata.ts';
import { toMappingSource } from '../../src/salesforce/mapping-source.ts';

const objects = join(import.meta.dirname, '../../../force-app/main/default/objects');

/** For the gateway in Apex; for flows, and asked by `check` alone; the last only narrows the fields that Setup offers. */
const NOT_READ: readonly string[] = [
  'Woo_Store__mdt.Service_URL__c',
  'Woo_Store__mdt.Sender__c',
  'Woo_Field_Mapping__mdt.Salesforce_Object__c',
];

/** The paths that a query asks for. */
function asked(soql: string): ReadonlySet<string> {
  return new Set(/^SELECT (.+?) FROM /.exec(soql)?.[1]?.split(', '));
}

/** A row that remembers which paths are read of it. */
function row(read: Set<string>, path: readonly string[] = []): Record<string, unknown> {
  return new Proxy<Record<string, unknown>>(
    {},
    {
      get: (_, step) => {
        const here = [...path, String(step)];
        if (String(step).endsWith('__r')) return row(read, here);
        read.add(here.join('.'));
        return undefined;
      },
    },
  );
}

describe('each query of the configuration', () => {
  const names = Object.keys(mappingQueries) as (keyof typeof mappingQueries)[];

  it.each(names)('asks for what is read of its rows, and for nothing else: %s', (name) => {
    const read = new Set<string>();
    const none = {
      stores: [],
      mappings: [],
      fields: [],
      conditions: [],
      every: [],
      transitions: [],
    };
    toMappingSource({ ...none, [name]: [row(read)] });
    expect(read).toEqual(asked(mappingQueries[name]));
    expect(read.size).toBeGreaterThan(3);
  });

  it.each(['Woo_Store', 'Woo_Mapping', 'Woo_Field_Mapping', 'Woo_Condition'])(
    'asks for every field of %s that is deployed',
    (type) => {
      const files = globSync(`${type}__mdt/fields/*.field-meta.xml`, { cwd: objects });
      expect(files.length).toBeGreaterThan(3);
      const queries = Object.values(mappingQueries).filter((soql) =>
        soql.includes(` FROM ${type}__mdt `),
      );
      const fields = new Set(
        queries
          .flatMap((soql) => [...asked(soql)])
          .map((path) => path.split('.')[0]?.replace(/__r$/, '__c')),
      );
      const missing = files
        .map((file) => basename(file, '.field-meta.xml'))
        .filter((field) => !fields.has(field) && !NOT_READ.includes(`${type}__mdt.${field}`));
      expect(missing).toEqual([]);
    },
  );
});
