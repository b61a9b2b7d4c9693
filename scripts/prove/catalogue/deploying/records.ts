import type { Assumption } from '../../model/assumption.ts';

/** Records of custom metadata in files. */
export const RECORD_FILES: readonly Assumption[] = [
  {
    id: 'files-of-a-retrieve',
    statement:
      'Files of a retrieve, as others have them in git: records of custom metadata with all fields by name, `xsi:nil` for empty ones; `&quot;` and `&apos;` in texts; empty texts as `<x></x>`, in flows and records `<x/>`',
    places: ['local/org/metadata/xml/write-xml.ts', 'local/org/metadata/retrieve/record-file.ts'],
    person: 'Run `sf project retrieve start` after a deploy, and `git diff`.',
  },
  {
    id: 'left-out-values',
    statement:
      'A value that the file of a custom metadata record leaves out is emptied by a deploy; others saw it stay, so our files name all fields',
    places: ['config/org/main/default/customMetadata'],
    person: 'Deploy a record without one of its values, and look at it in Setup.',
  },
  {
    id: 'new-checkbox',
    statement:
      'A checkbox whose default is checked, new on a custom metadata type (`Active__c`), is checked or unchecked in all records that were there, and not in some of them. The local org leaves it unchecked; while no field mapping is active, the sidecar counts all as active',
    places: [
      'force-app/main/default/objects/Woo_Field_Mapping__mdt/fields/Active__c.field-meta.xml',
      'sidecar/src/salesforce/mapping-source.ts',
    ],
    person:
      'Deploy a version without `Active__c` to a sandbox, upgrade it, and run `npx woo-salesforce check`: it has no hint that rows are off.',
  },
  {
    id: 'retrieve-of-a-checkbox',
    statement:
      'A retrieve of a custom metadata record names each checkbox of its type, one that is unchecked or new too, and none that the type lacks: by that an upgrade knows a type that had no `Active__c`, and leaves alone what an admin has unchecked since',
    places: ['scripts/lib/install/upgrade/active-checkbox.ts'],
    person:
      'In a sandbox with a version before `Active__c` run `npm run deploy -- --upgrade`, uncheck Active of a field mapping, and run it again: that one stays unchecked, and all others are checked.',
  },
];
