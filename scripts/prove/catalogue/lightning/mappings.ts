import type { Assumption } from '../../model/assumption.ts';
import { verdict } from '../../model/verdict.ts';
import { other } from '../gateway/stand-in.ts';

const CLASSES = 'force-app/main/default/classes';
const SAVE = [`${CLASSES}/WooMappings.cls`, `${CLASSES}/WooMappingSave.cls`];
const READ = 'WooMappings.read()';

/** How the pages of mappings read and save them. */
export const MAPPINGS: readonly Assumption[] = [
  {
    id: 'apex-reads-mappings',
    statement:
      'A query that Apex makes of what describe gives reads all custom fields of custom metadata, objects and fields by their names, also those that refer to EntityParticle; assignments of permission sets tell that somebody has _Customize Application_, by the profile too',
    places: [`${CLASSES}/WooMappingRows.cls`, SAVE[0] ?? ''],
    calls: 1,
    probe: async ({ org }) => {
      const { value } = await org.apex(
        [
          `Map<String, Object> all = ${READ};`,
          "Integer named = 0; List<Map<String, Object>> rows = (List<Map<String, Object>>) all.get('fields');",
          "for (Map<String, Object> row : rows) { Map<String, Object> v = (Map<String, Object>) row.get('values');",
          "if (v.get('Salesforce_Field__c') instanceof String && v.get('Mapping__c') instanceof String && v.containsKey('Value_Table__c')) named++; }",
          "String seen = (named > 0 && named == rows.size()) + ' ' + all.get('mayCustomize');",
        ].join(' '),
        'seen',
      );
      return verdict(value === 'true true', value);
    },
    deviation: { says: 'names of fields are left out', change: other(READ, 'false true') },
  },
  {
    id: 'apex-deploys-mappings',
    statement:
      '`Metadata.Operations.enqueueDeployment` takes relationships by name (`Woo_Order__c`, `Status__c`, `Order`), checkboxes as Boolean, numbers as Integer and null for blank; _Customize Application_ is enough, and all records are refused where one is',
    places: [...SAVE, 'local/org/apex/metadata-operations.ts'],
    person:
      'As an admin, add a row to a mapping on the Mappings page, change an interval, empty a default, and save; `sf project retrieve start -m CustomMetadata` brings what you saved. Save a row whose field was deleted in another window: the page names the row, and nothing else of that save is there.',
  },
  {
    id: 'apex-deploy-callback',
    statement:
      'The callback of a deploy has the fields that it was made with, finds the record that was inserted before the deploy was enqueued, and may write it and a command, whichever user it runs as',
    places: [`${CLASSES}/WooMappingSave.cls`, `${CLASSES}/WooMappingSaves.cls`],
    person:
      'Save a mapping on the Mappings page: within a minute the page says that it is saved, and a command _Read the configuration_ is done.',
  },
  {
    id: 'apex-deploys-in-a-row',
    statement:
      'A person who saves does not meet the limit of deploys that Apex may have waiting, for which Salesforce names no number',
    places: [`${CLASSES}/WooMappings.cls`],
    person: 'Save ten mappings within a minute: each of them is saved.',
  },
  {
    id: 'apex-deploys-from-package',
    statement:
      'Apex of an unlocked package may deploy records of the package’s types; the setting _Deploy Metadata from Non-Certified Package Versions via Apex_ is for managed packages alone',
    places: [`${CLASSES}/WooMappings.cls`, 'docs/package.md'],
    person:
      'In an org that has the project as a package, save a mapping on the Mappings page with that setting off.',
  },
  {
    id: 'apex-error-of-page',
    statement:
      'A component sees the message of an AuraHandledException as `body.message` with status 500, and a session that ended as another error than that',
    places: ['local/lightning/platform/platform/apex/apex.js', 'local/org/apex/component-calls.ts'],
    person:
      'Open a mapping in two windows, save it in one and then in the other: the second names who saved. Log out in one, save in the other: what you typed is still there.',
  },
];
