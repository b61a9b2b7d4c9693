import { ForceIgnore } from '@salesforce/source-deploy-retrieve';
import { XMLParser } from 'fast-xml-parser';
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ATTRIBUTES,
  IMAGE_ATTRIBUTES,
  resolveAlias,
} from '../sidecar/src/mapping/attributes/known-attributes.ts';
import { OPERATORS } from '../sidecar/src/mapping/conditions/operators.ts';
import { KINDS } from '../sidecar/src/mapping/fields/fields.ts';
import type { Resource } from '../sidecar/src/mapping/model/record.ts';
import { REVERSIBLE, TRANSFORMS } from '../sidecar/src/mapping/values/transforms.ts';
import { NOWHERE } from './lib/install/outbound.ts';

/*
 * Rules of the house that no deploy would refuse: what an admin reads is there, the integration user may do
 * what the mappings need, and the default records agree with the fields and with the code that reads them.
 */

type Xml = Readonly<Record<string, unknown>>;

const home = join(import.meta.dirname, '..');
const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false });

function list(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

const texts = (value: unknown): readonly string[] => list(value).map(String);
const nodes = (value: unknown): readonly Xml[] =>
  list(value).filter((one): one is Xml => typeof one === 'object' && one !== null);
const node = (value: unknown): Xml => nodes(value)[0] ?? {};
const string = (value: unknown): string => (typeof value === 'string' ? value : '');

interface File {
  readonly path: string;
  /** File name without its suffixes. */
  readonly name: string;
  readonly body: Xml;
}

/** All files below the package directories that match, with the content of their root element. */
function read(pattern: string, root: string): readonly File[] {
  return globSync(pattern, { cwd: home }).map((path) => {
    const document = parser.parse(readFileSync(join(home, path), 'utf8')) as Xml;
    const name = basename(path).replace(/\.[^.]+-meta\.xml$/, '');
    return { path, name, body: node(document[root]) };
  });
}

interface Field {
  readonly object: string;
  readonly name: string;
  readonly type: string;
  readonly body: Xml;
  /** Setup does not let anybody hide it, so a permission set must not name it. */
  readonly alwaysVisible: boolean;
}

const base = 'force-app/main/default';
/** Outbound messages and the flows that send them, which name a user of the org. */
const outbound = 'config/org/main/outbound';
const fields: readonly Field[] = read(`${base}/objects/*/fields/*.xml`, 'CustomField').map(
  ({ path, name, body }) => ({
    object: basename(dirname(dirname(path))),
    name,
    type: string(body['type']),
    body,
    alwaysVisible: body['required'] === 'true' || body['type'] === 'MasterDetail',
  }),
);
const objects = read(`${base}/objects/*/*.object-meta.xml`, 'CustomObject');
const permissionSets = read(`${base}/permissionsets/*.xml`, 'PermissionSet');
/** Pages write and read it, and nobody else. */
const LOG = 'Woo_Mapping_Save__c';
const isType = (object: string): boolean => object.endsWith('__mdt');
const fullName = (field: Field): string => `${field.object}.${field.name}`;
const fieldsOf = (object: string): readonly Field[] =>
  fields.filter((field) => field.object === object);
const fieldOf = (object: string, name: string): Field | undefined =>
  fields.find((field) => field.object === object && field.name === name);

function picklist(field: Field | undefined): readonly string[] {
  const definition = node(node(field?.body['valueSet'])['valueSetDefinition']);
  return nodes(definition['value']).map((value) => string(value['fullName']));
}

interface Entry {
  readonly type: string;
  readonly name: string;
  readonly label: string;
  /** Values that are not null. */
  readonly values: ReadonlyMap<string, string>;
}

const records: readonly Entry[] = read('config/org/**/*.md-meta.xml', 'CustomMetadata').map(
  ({ name: file, body }) => {
    const [type = '', name = ''] = file.split('.');
    const values = nodes(body['values'])
      .map((pair) => [string(pair['field']), string(node(pair['value'])['#text'])] as const)
      .filter(([, value]) => value !== '');
    return { type: `${type}__mdt`, name, label: string(body['label']), values: new Map(values) };
  },
);
const recordsOf = (type: string): readonly Entry[] => records.filter((one) => one.type === type);
const value = (record: Entry | undefined, field: string): string => record?.values.get(field) ?? '';
const mappings = recordsOf('Woo_Mapping__mdt');
const fieldMappings = recordsOf('Woo_Field_Mapping__mdt');
const conditions = recordsOf('Woo_Condition__mdt');
const mappingOf = (record: Entry): Entry | undefined =>
  mappings.find(({ name }) => name === value(record, 'Mapping__c'));
const resourceOf = (record: Entry): Resource =>
  value(mappingOf(record), 'Woo_Resource__c') as Resource;

const project = JSON.parse(readFileSync(join(home, 'sfdx-project.json'), 'utf8')) as {
  packageDirectories: readonly { path: string; default?: boolean }[];
  replacements: readonly {
    filename?: string;
    glob?: string;
    stringToReplace: string;
    replaceWithEnv: string;
  }[];
};

function rights(permissionSet: string): ReadonlyMap<string, { read: boolean; edit: boolean }> {
  const found = permissionSets.find(({ name }) => name === permissionSet);
  return new Map(
    nodes(found?.body['fieldPermissions']).map((one) => [
      string(one['field']),
      { read: one['readable'] === 'true', edit: one['editable'] === 'true' },
    ]),
  );
}

describe('what an admin reads in Setup', () => {
  it.each(fields.map((field) => [fullName(field), field] as const))(
    '%s says what it is',
    (_, { body }) => {
      expect(string(body['label'])).not.toBe('');
      expect(string(body['description'])).toMatch(/^[A-Z].{20,}\.$/s);
      expect(string(body['inlineHelpText'])).toMatch(/^[A-Z].{5,}[.)]$/s);
    },
  );

  it.each(objects.map(({ name, body }) => [name, body] as const))('%s says it', (_, body) => {
    expect(string(body['description'])).toMatch(/\.$/);
    expect(string(body['pluralLabel'])).not.toBe(string(body['label']));
  });

  it.each(objects.map(({ name }) => name))('the layout of %s shows every field', (object) => {
    const [layout] = read(`${base}/layouts/${object}-*.xml`, 'Layout');
    const shown = nodes(layout?.body['layoutSections'])
      .flatMap((section) => nodes(section['layoutColumns']))
      .flatMap((column) => nodes(column['layoutItems']))
      .map((item) => item['field']);
    expect(shown).toEqual(expect.arrayContaining(fieldsOf(object).map(({ name }) => name)));
  });

  it('gives each own object a tab, in the app', () => {
    const tabs = read(`${base}/tabs/*.xml`, 'CustomTab')
      .filter(({ body }) => body['customObject'] === 'true')
      .map(({ name }) => name);
    const [app] = read(`${base}/applications/WooCommerce.app-meta.xml`, 'CustomApplication');
    const own = objects.map(({ name }) => name).filter((name) => !isType(name) && name !== LOG);
    expect(tabs.toSorted()).toEqual(own.toSorted());
    expect(texts(app?.body['tabs'])).toEqual(expect.arrayContaining(own));
  });

  it.each(['Woo_Mappings', 'Woo_Matches'])(
    'shows the page %s in the app, to admins alone',
    (page) => {
      const [app] = read(`${base}/applications/WooCommerce.app-meta.xml`, 'CustomApplication');
      expect(texts(app?.body['tabs'])).toContain(page);
      const showing = permissionSets.filter(({ body }) =>
        nodes(body['tabSettings']).some(({ tab }) => tab === page),
      );
      expect(showing.map(({ name }) => name)).toEqual(['Woo_Admin']);
    },
  );
});

describe('values that pages read and save by Apex', () => {
  it('are of types that a deploy by Apex takes, and numbers are whole', () => {
    const types = [
      'Checkbox',
      'LongTextArea',
      'MetadataRelationship',
      'Number',
      'Picklist',
      'Text',
    ];
    const others = fields
      .filter(({ object }) => isType(object))
      .filter(
        ({ type, body }) =>
          ![...types, 'Url'].includes(type) || !['0', undefined].includes(body['scale'] as string),
      );
    expect(others.map(fullName)).toEqual([]);
  });
});

describe('keys', () => {
  it.each(['Account', 'Contact', 'Product2', 'Woo_Order__c', 'Woo_Order_Item__c', 'Woo_Refund__c'])(
    '%s can be upserted by Woo_Key__c',
    (object) => {
      expect(fieldOf(object, 'Woo_Key__c')?.body).toMatchObject({
        caseSensitive: 'true',
        externalId: 'true',
        length: '255',
        type: 'Text',
        unique: 'true',
      });
    },
  );

  it('lets an upsert name the order of items and refunds', () => {
    const details = fields.filter(({ type }) => type === 'MasterDetail');
    expect(details.map(fullName)).toEqual(['Woo_Refund__c.Order__c', 'Woo_Order_Item__c.Order__c']);
    for (const { body } of details) expect(body['reparentableMasterDetail']).toBe('true');
  });
});

describe('permission sets', () => {
  it('let the integration user read every field and write all but formulas', () => {
    const granted = rights('Woo_Integration');
    const missing = fields
      .filter((field) => !isType(field.object) && field.object !== LOG && !field.alwaysVisible)
      .filter((field) => {
        const right = granted.get(fullName(field));
        return right?.read !== true || right.edit === (field.body['formula'] !== undefined);
      });
    expect(missing.map(fullName)).toEqual([]);
  });

  it('let the integration user write the standard fields of the default mappings', () => {
    const granted = rights('Woo_Integration');
    const always = ['Account.Name', 'Contact.FirstName', 'Contact.LastName', 'Product2.Name'];
    // Setup offers no field security for it.
    always.push('Product2.IsActive');
    const missing = fieldMappings
      .map(
        (row) => [value(row, 'Salesforce_Object__c'), value(row, 'Salesforce_Field__c')] as const,
      )
      .filter(([, field]) => !field.endsWith('__c'))
      .filter(([object]) => !object.endsWith('__c'))
      .map(([object, field]) => {
        // An address is granted whole.
        const part = /^(Billing|Mailing)(Street|City|State|PostalCode|Country)$/.exec(field);
        return `${object}.${part ? `${part[1] ?? ''}Address` : field}`;
      })
      .filter((name) => !always.includes(name) && granted.get(name)?.edit !== true);
    expect(missing).toEqual([]);
  });

  it.each(permissionSets.map(({ name }) => name))(
    '%s names no field that is always there',
    (set) => {
      const named = [...rights(set)].filter(([name, { edit }]) => {
        const field = fields.find((one) => fullName(one) === name);
        if (!field) return name.endsWith('__c') || name.endsWith('.Name');
        return field.alwaysVisible || (edit && field.body['formula'] !== undefined);
      });
      expect(named).toEqual([]);
    },
  );

  it('let product people edit what goes to the shop', () => {
    const granted = rights('Woo_Products');
    const missing = fieldMappings
      .filter((row) => value(row, 'Salesforce_Object__c') === 'Product2')
      .filter((row) => ['both', 'to_woo'].includes(value(row, 'Direction__c')))
      .map((row) => `Product2.${value(row, 'Salesforce_Field__c')}`)
      .filter((name) => name !== 'Product2.Name' && granted.get(name)?.edit !== true);
    expect(missing).toEqual([]);
  });

  it('let product people solve issues and give commands', () => {
    const set = permissionSets.find(({ name }) => name === 'Woo_Products');
    const objectRights = (object: string): Xml =>
      nodes(set?.body['objectPermissions']).find((one) => one['object'] === object) ?? {};
    expect(objectRights('Woo_Command__c')).toMatchObject({ allowCreate: 'true' });
    expect(objectRights('Woo_Sync_Issue__c')).toMatchObject({ allowEdit: 'true' });
    const granted = rights('Woo_Products');
    for (const name of ['Woo_Sync_Issue__c.Resolution__c', 'Woo_Sync_Issue__c.State__c']) {
      expect(granted.get(name)?.edit, name).toBe(true);
    }
  });

  it('bring no licence', () => {
    expect(permissionSets.filter(({ body }) => body['license'] !== undefined)).toEqual([]);
  });

  it('let the integration user read all of the configuration', () => {
    const granted = permissionSets.find(({ name }) => name === 'Woo_Integration');
    const types = nodes(granted?.body['customMetadataTypeAccesses']).map((one) => one['name']);
    const wanted = objects.map(({ name }) => name).filter(isType);
    expect(types).toEqual(wanted.toSorted());
  });
});

describe('what tells the sidecar of changes', () => {
  const flows = read(`{${base},${outbound}}/flows/*.xml`, 'Flow');
  const messages = read(`${outbound}/workflows/*.xml`, 'Workflow').flatMap(({ name, body }) =>
    nodes(body['outboundMessages']).map((message) => ({ object: name, message })),
  );

  it.each(['Product2', 'Woo_Command__c'])('%s has a flow for each way of saving', (object) => {
    const starts = flows
      .map(({ body }) => node(body['start']))
      .filter((start) => start['object'] === object)
      .filter((start) => start['triggerType'] === 'RecordAfterSave')
      .map((start) => string(start['recordTriggerType']));
    expect(starts.toSorted()).toEqual(['Create', 'Update']);
  });

  it.each(flows.map((flow) => [flow.name, flow.body] as const))(
    '%s is active, and explains itself in what Salesforce keeps of it',
    (_, body) => {
      expect(body['status']).toBe('Active');
      expect(string(body['description'])).toMatch(/^[A-Z].{20,253}\.$/s);
    },
  );

  const isOfSaves = ({ body }: (typeof flows)[number]) =>
    node(body['start'])['object'] !== undefined;

  it.each(flows.filter(isOfSaves).map((flow) => [flow.name, flow.body] as const))(
    '%s is skipped for nobody but the user of the sync',
    (_, body) => {
      const { recordTriggerType, filterFormula, filters, object } = node(body['start']);
      const skipped = 'NOT({!$Permission.Woo_Sync_Bypass})';
      // The sync writes issues itself, over and over; only what a person has decided is news.
      const isIssue = object === 'Woo_Sync_Issue__c';
      const wanted = isIssue ? `AND(${skipped}, ISCHANGED({!$Record.Resolution__c}))` : skipped;
      // `woo-salesforce reload` gives a command as the user of the sync, which never makes one otherwise.
      const isGiven = object === 'Woo_Command__c' && recordTriggerType === 'Create';
      expect(filterFormula).toBe(isGiven ? undefined : wanted);
      expect(filters).toBeUndefined();
    },
  );

  it.each(flows.filter((flow) => !isOfSaves(flow)).map((flow) => [flow.name, flow.body] as const))(
    '%s runs as whoever starts it, for those whose permission set names it',
    (name, body) => {
      expect(body).toMatchObject({
        isAdditionalPermissionRequiredToRun: 'true',
        runInMode: 'DefaultMode',
      });
      const granting = permissionSets.filter(({ body: set }) =>
        nodes(set['flowAccesses']).some((one) => one['flow'] === name && one['enabled'] === 'true'),
      );
      expect(granting.map((set) => set.name)).toContain('Woo_Admin');
    },
  );

  it.each(
    flows
      .filter((flow) => !isOfSaves(flow))
      .flatMap((flow) => nodes(flow.body['variables']).map((one) => [flow.name, one] as const)),
  )('%s explains each variable to flows and agents', (_, variable) => {
    expect(string(variable['description'])).toMatch(/^[A-Za-z].{10,253}\.$/s);
  });

  it.each(['Woo_Explain_Record', 'Woo_Sync_Now'])(
    '%s names each resource that a command may be about',
    (name) => {
      const flow = flows.find((one) => one.name === name);
      const resource = nodes(flow?.body['variables']).find((one) => one['name'] === 'resource');
      const named = string(resource?.['description']).match(/[a-z_]+/g);
      const choices = picklist(fieldOf('Woo_Command__c', 'Resource__c'));
      expect(choices.length).toBeGreaterThan(0);
      expect(named).toEqual(expect.arrayContaining([...choices]));
    },
  );

  it.each(messages.map((one) => [string(one.message['name']), one] as const))(
    '%s takes neither a session nor what its user may not read along',
    (_, { object, message }) => {
      expect(message).toMatchObject({ includeSessionId: 'false', useDeadLetterQueue: 'false' });
      const granted = rights('Woo_Integration');
      const unreadable = texts(message['fields'])
        .filter((field) => field.endsWith('__c'))
        .filter((field) => granted.get(`${object}.${field}`)?.read !== true);
      expect(unreadable).toEqual([]);
    },
  );

  it('is sent where, and as whom, the deploy says', () => {
    const found = messages.map(({ message }) => [
      message['endpointUrl'],
      message['integrationUser'],
    ]);
    const placeholders = project.replacements
      .filter(({ glob = '' }) => glob.startsWith(`${outbound}/workflows/`))
      .map(({ replaceWithEnv, stringToReplace }) => [replaceWithEnv, stringToReplace] as const);
    expect(placeholders.map(([variable]) => variable)).toEqual([
      'WOO_SYNC_ENDPOINT',
      'WOO_SYNC_USERNAME',
    ]);
    const wanted = placeholders.map(([, text]) => text);
    expect(found).toEqual([wanted, wanted, wanted]);
    expect(wanted[0]).toBe(NOWHERE);
  });
});

describe('default records', () => {
  it('have names and labels that Salesforce takes', () => {
    const odd = records.filter(
      ({ name, label }) =>
        !/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(name) || name.length > 40 || label.length > 40,
    );
    expect(odd.map(({ name }) => name)).toEqual([]);
  });

  it.each(records.map((one) => [`${one.type} ${one.name}`, one] as const))(
    '%s fits its type',
    (_, record) => {
      const known = fieldsOf(record.type);
      const required = known.filter(({ alwaysVisible }) => alwaysVisible).map(({ name }) => name);
      expect(known.map(({ name }) => name)).toEqual(
        expect.arrayContaining([...record.values.keys()]),
      );
      expect([...record.values.keys()]).toEqual(expect.arrayContaining(required));
      for (const field of known.filter(({ type }) => type === 'Picklist')) {
        if (record.values.has(field.name)) {
          expect(picklist(field)).toContain(value(record, field.name));
        }
      }
    },
  );

  it.each(mappings.map((one) => [one.name, one] as const))('%s maps fields', (name, mapping) => {
    const rows = fieldMappings.filter((row) => value(row, 'Mapping__c') === name);
    expect(rows).not.toEqual([]);
    const object = value(mapping, 'Salesforce_Object__c');
    for (const row of rows) expect(value(row, 'Salesforce_Object__c')).toBe(object);
    const own = [...rows.map((row) => value(row, 'Salesforce_Field__c'))]
      .concat(value(mapping, 'External_Id_Field__c'), value(mapping, 'Delete_Field__c'))
      .filter((field) => field.endsWith('__c'));
    for (const field of own) expect(fieldOf(object, field)).toBeDefined();
  });

  it.each(mappings.map((one) => [one.name, one] as const))(
    '%s has its conditions',
    (name, mapping) => {
      const positions = conditions
        .filter((one) => value(one, 'Mapping__c') === name)
        .map((one) => Number(value(one, 'Position__c')));
      const logic = value(mapping, 'Condition_Logic__c').match(/\d+/g)?.map(Number);
      expect(positions.toSorted()).toEqual(logic ?? positions.map((_, index) => index + 1));
    },
  );

  it.each([...fieldMappings, ...conditions].map((one) => [one.name, one] as const))(
    '%s names an attribute of its resource',
    (_, row) => {
      const attribute = value(row, 'Woo_Attribute__c');
      if (value(row, 'Kind__c') === 'static') {
        expect(value(row, 'Static_Value__c')).not.toBe('');
      } else if (!IMAGE_ATTRIBUTES.has(attribute)) {
        const [first = ''] = resolveAlias(resourceOf(row), attribute).split('.');
        expect([...ATTRIBUTES[resourceOf(row)]]).toContain(first);
      }
    },
  );

  it('lose nothing of a field that goes both ways', () => {
    const lossy = fieldMappings
      .filter((row) => value(row, 'Direction__c') === 'both')
      .filter(
        (row) =>
          value(row, 'Overflow__c') === 'truncate' || !REVERSIBLE.has(value(row, 'Transform__c')),
      );
    expect(lossy.map(({ name }) => name)).toEqual([]);
  });

  it('map every own field that comes from the shop', () => {
    const mapped = new Set(fieldMappings.map((row) => value(row, 'Salesforce_Field__c')));
    const written = ['Woo_Key__c', 'Woo_Sync_State__c'];
    const left = ['Woo_Order__c', 'Woo_Order_Item__c', 'Woo_Refund__c', 'Product2']
      .flatMap(fieldsOf)
      .filter(({ name }) => !mapped.has(name) && !written.includes(name));
    expect(left.map(fullName)).toEqual([]);
  });
});

describe('choices offered in Setup', () => {
  const offered = (field: string, type = 'Woo_Field_Mapping__mdt'): readonly string[] =>
    picklist(fieldOf(type, field)).toSorted();

  it('are the transforms that the mapping has', () => {
    expect(offered('Transform__c')).toEqual(TRANSFORMS.toSorted());
    const page = readFileSync(join(home, 'docs/mapping.md'), 'utf8');
    const [, told = ''] = /^## Transforms\n([^]*?)(?=^## )/m.exec(page) ?? [];
    expect(TRANSFORMS.filter((name) => name !== 'none' && !told.includes(`\`${name}\``))).toEqual(
      [],
    );
  });

  it('are the kinds of field mappings', () => {
    expect(offered('Kind__c')).toEqual(KINDS.toSorted());
  });

  it('are the operators that conditions have', () => {
    expect(offered('Operator__c', 'Woo_Condition__mdt')).toEqual(OPERATORS.toSorted());
  });

  it('are the resources that can be mapped', () => {
    expect(offered('Woo_Resource__c', 'Woo_Mapping__mdt')).toEqual(
      Object.keys(ATTRIBUTES).toSorted(),
    );
  });

  it('are attributes that some resource has', () => {
    const resources = Object.keys(ATTRIBUTES) as Resource[];
    const unknown = offered('Woo_Attribute__c')
      .filter((attribute) => !IMAGE_ATTRIBUTES.has(attribute))
      .filter(
        (attribute) =>
          !resources.some((resource) => {
            const [first = ''] = resolveAlias(resource, attribute).split('.');
            return ATTRIBUTES[resource].has(first);
          }),
      );
    expect(unknown).toEqual([]);
  });
});

it('mappings can be deployed without the address of the shop', () => {
  const folder = 'config/org/main/default/customMetadata';
  const wanted = project.replacements.map(({ filename = '', glob = '' }) => filename || glob);
  expect(wanted.filter((path) => path.startsWith(folder))).toEqual([]);
  expect(globSync(`${folder}/Woo_Mapping.*.md-meta.xml`, { cwd: home })).not.toEqual([]);
});

it('the address of the shop is filled in when the configuration is deployed', () => {
  const [replacement] = project.replacements;
  expect(replacement?.replaceWithEnv).toBe('WOO_STORE_URL');
  const store = readFileSync(join(home, replacement?.filename ?? ''), 'utf8');
  expect(store).toContain(`>${replacement?.stringToReplace ?? '?'}<`);
});

/* What a real org refuses or does otherwise, and the local org may not. */
describe('what a real org is told', () => {
  it('is an empty text where one is meant, no name of a constant', () => {
    const named = globSync(`{${base},${outbound}}/flows/*.xml`, { cwd: home }).filter((path) =>
      readFileSync(join(home, path), 'utf8').includes('$GlobalConstant'),
    );
    expect(named).toEqual([]);
  });

  it('is that reports are shared with the organization, not with a public group', () => {
    const shares = read(`${base}/reports/*.xml`, 'ReportFolder').flatMap(({ body }) =>
      nodes(body['folderShares']),
    );
    expect(shares.map(({ sharedToType }) => sharedToType)).toEqual(['Organization']);
  });

  it('is no total over several currencies', () => {
    const totals = read(`${base}/reports/*/*.xml`, 'Report').filter(
      ({ body }) => body['showGrandTotal'] === 'true',
    );
    expect(totals.map(({ name }) => name)).toEqual(['Woo_Open_Issues']);
  });

  it('is no View All or Modify All of objects that have neither', () => {
    const sets = ['force-app', 'config', 'test/e2e'].flatMap((folder) =>
      read(`${folder}/**/permissionsets/*.xml`, 'PermissionSet'),
    );
    const all = sets.flatMap(({ name, body }) =>
      nodes(body['objectPermissions'])
        .filter(({ viewAllRecords, modifyAllRecords }) =>
          [viewAllRecords, modifyAllRecords].includes('true'),
        )
        .map(({ object }) => `${name} ${string(object)}`),
    );
    expect(all.filter((one) => /Product2|Pricebook/.test(one))).toEqual([]);
    expect(all).toContain('Woo_Integration Account');
  });

  it('is the value of each property that a component must have', () => {
    const required = read(`${base}/lwc/*/*.js-meta.xml`, 'LightningComponentBundle').flatMap(
      ({ path, body }) =>
        nodes(node(body['targetConfigs'])['targetConfig'])
          .flatMap((config) => nodes(config['property']))
          .filter((property) => property['@_required'] === 'true')
          .map((property) => [basename(dirname(path)), property['@_name']] as const),
    );
    expect(required).not.toEqual([]);
    const instances = read(`${base}/flexipages/*.xml`, 'FlexiPage')
      .flatMap(({ body }) => nodes(body['flexiPageRegions']))
      .flatMap((region) => nodes(region['itemInstances']))
      .map((item) => node(item['componentInstance']));
    for (const [component, property] of required) {
      const given = instances
        .filter(({ componentName }) => componentName === component)
        .map((one) => nodes(one['componentInstanceProperties']).map(({ name }) => name));
      expect(given).not.toEqual([]);
      for (const names of given) expect(names, component).toContain(property);
    }
  });

  it('is that whoever edits products or gives commands may send outbound messages', () => {
    for (const set of ['Woo_Admin', 'Woo_Products']) {
      const body = permissionSets.find(({ name }) => name === set)?.body;
      expect(nodes(body?.['userPermissions'])).toEqual([
        { enabled: 'true', name: 'EnableNotifications' },
      ]);
    }
  });

  it('is no choice of a person that nothing acts on', () => {
    const choices = [
      fieldOf('Woo_Sync_Issue__c', 'Resolution__c'),
      fieldOf('Woo_Command__c', 'Type__c'),
    ];
    for (const choice of choices) {
      expect(node(choice?.body['valueSet'])['restricted']).toBe('true');
    }
  });

  it('is no formula of a flow that is worked out over and over', () => {
    const [flow] = read(`${base}/flows/Woo_Product_Images.flow-meta.xml`, 'Flow');
    const formulas = new Map(
      nodes(flow?.body['formulas']).map((one) => [string(one['name']), string(one['expression'])]),
    );
    // A formula that another one names is computed anew at each place where it stands.
    const cost = (name: string): number =>
      [...(formulas.get(name) ?? '').matchAll(/\{!(\w+)\}/g)]
        .map(([, named = '']) => (formulas.has(named) ? cost(named) : 0))
        .reduce((sum, one) => sum + one, 1);
    expect(Math.max(...[...formulas.keys()].map(cost))).toBeLessThan(8);
  });

  it('keeps the records of custom metadata when they are retrieved', () => {
    const ignore = ForceIgnore.findAndCreate(home);
    // The retrieved zip names records so, before the CLI gives them their names of the project.
    const record = 'customMetadata/Woo_Store.Main_Store.md';
    expect(ignore.denies(join(home, record))).toBe(false);
    expect(ignore.denies(join(home, 'unpackaged', record))).toBe(false);
    expect(ignore.denies(join(home, 'force-app/README.md'))).toBe(true);
  });

  it('is every field of a record, by name, as an org gives them: a retrieve then shows edits alone', () => {
    const files = read('config/{org,second-store,recipes}/**/*.md-meta.xml', 'CustomMetadata');
    expect(files).not.toEqual([]);
    for (const { path, name, body } of files) {
      const given = nodes(body['values']).map((pair) => string(pair['field']));
      const all = fieldsOf(`${name.split('.')[0] ?? ''}__mdt`).map((field) => field.name);
      expect([path, given]).toEqual([path, all.toSorted()]);
    }
  });

  it('says of a home without a store’s status that the service has not run, and to admins how it does', () => {
    const shown = (pattern: string, root: string, text: string, names: string) => {
      const labels = nodes(node(read(pattern, root)[0]?.body)[names]);
      return (name: string) =>
        string(labels.find((one) => [one['fullName'], one['name']].includes(name))?.[text]);
    };
    const english = shown(
      'force-app/**/CustomLabels.labels-meta.xml',
      'CustomLabels',
      'value',
      'labels',
    );
    const japanese = shown('config/japanese/**/ja.*.xml', 'Translations', 'label', 'customLabels');
    expect(english('Woo_Health_Nothing')).toBe('The sync service has not run yet');
    expect(japanese('Woo_Health_Nothing')).toContain('同期サービス');
    for (const text of [english, japanese]) {
      const cure = text('Woo_Health_Nothing_Cure');
      expect(cure.indexOf('npm start')).toBeGreaterThanOrEqual(0);
      expect(cure.indexOf('docs/operate.md')).toBeLessThan(cure.indexOf('Woo Store'));
    }
  });

  it('puts what is new in Setup beside what is the admin’s own', () => {
    const byDefault = project.packageDirectories.filter((one) => one.default === true);
    expect(byDefault.map(({ path }) => path)).toEqual(['config/org']);
  });
});
