import type { Org } from '../../local/org/org.ts';
import {
  deployFiles,
  failuresOf,
  file,
  manifestOf,
  type Files,
} from '../../local/org/metadata/test/packages.ts';
import { STORE_KEYS } from '../../scripts/lib/install/store-access.ts';
import { packageOf, projectSource } from '../../local/org/metadata/test/project.ts';

/** The version before records were shared privately, products of two stores had an owner, and customers followed the shop. */
export const EARLIER_COMMIT = 'ed66770';

/** A piece of a file as it is, and as that version had it. */
export interface Difference {
  /** Below `main/default`. */
  readonly path: string;
  readonly now: string;
  readonly earlier: string;
}

const source = projectSource();
const write = (value: string) =>
  `<field>Write_When__c</field>\n        <value xsi:type="xsd:string">${value}</value>`;
const rule = (value: string) =>
  `<field>Conflict_Rule__c</field>\n        <value xsi:type="xsd:string">${value}</value>`;
const sharing = (model: string) => `<sharingModel>${model}</sharingModel>`;
const object = (name: string) => `objects/${name}/${name}.object-meta.xml`;
const picklistValue = (name: string, label: string) =>
  `            <value>
                <fullName>${name}</fullName>
                <default>false</default>
                <label>${label}</label>
            </value>\n`;

const principal = `    <externalCredentialPrincipalAccesses>
        <enabled>true</enabled>
        <externalCredentialPrincipal>Woo_Store-Woo_Keys</externalCredentialPrincipal>
    </externalCredentialPrincipalAccesses>\n`;

/** What that version had otherwise, of what a deploy leaves alone or an admin has a say in. */
export const differences: readonly Difference[] = [
  ...Object.keys(source)
    .filter((path) => /Woo_Field_Mapping\.Customer_/.test(path))
    .filter((path) => source[path]?.includes(write('unless_edited')) === true)
    .map((path) => ({ path, now: write('unless_edited'), earlier: write('on_create') })),
  ...['Customer_Account', 'Customer_Contact'].map((name) => ({
    path: `customMetadata/Woo_Mapping.${name}.md-meta.xml`,
    now: rule('ask'),
    earlier: rule('woo_wins'),
  })),
  ...['Woo_Admin', 'Woo_Integration'].map((name) => ({
    path: `permissionsets/${name}.permissionset-meta.xml`,
    now: '</description>\n    <fieldPermissions>',
    earlier: `</description>\n${principal}    <fieldPermissions>`,
  })),
  { path: object('Woo_Order__c'), now: sharing('Private'), earlier: sharing('Read') },
  { path: object('Woo_Command__c'), now: sharing('Private'), earlier: sharing('Read') },
  { path: object('Woo_Sync_Issue__c'), now: sharing('Private'), earlier: sharing('ReadWrite') },
  {
    path: 'objects/Woo_Field_Mapping__mdt/fields/Write_When__c.field-meta.xml',
    now: picklistValue('unless_edited', 'Unless it was edited in Salesforce'),
    earlier: '',
  },
];

/**
 * Files that came since, and the components that they are. Not those that classes and components of now name: the Service
 * URL of a store, which is empty as it was then, and the custom permission for commands with its validation rule.
 */
export const added: readonly (readonly [path: string, type: string, name: string])[] = [
  ...[
    'Woo_Mapping__mdt.Edits_To_All_Stores__c',
    'Woo_Field_Mapping__mdt.Active__c',
    'Woo_Condition__mdt.Active__c',
    'Woo_Field_Mapping__mdt.Value_Table__c',
    'Woo_Store_Status__c.Configuration_Read_At__c',
    'Woo_Store_Status__c.Configuration__c',
    'Woo_Store_Status__c.Last_Reconcile__c',
    'Woo_Store_Status__c.Reconcile_Result__c',
  ].map((name) => {
    const path = `objects/${name.replace('.', '/fields/')}.field-meta.xml`;
    return [path, 'CustomField', name] as const;
  }),
  [
    `permissionsets/${STORE_KEYS}.permissionset-meta.xml`,
    ...(['PermissionSet', STORE_KEYS] as const),
  ],
  [
    'sharingRules/Woo_Order__c.sharingRules-meta.xml',
    ...(['SharingOwnerRule', 'Woo_Order__c.Woo_Orders_For_All_Internal_Users'] as const),
  ],
  [
    'sharingRules/Woo_Sync_Issue__c.sharingRules-meta.xml',
    ...(['SharingOwnerRule', 'Woo_Sync_Issue__c.Woo_Issues_For_All_Internal_Users'] as const),
  ],
];

/** Leaves out the elements of a permission set, a layout, a list view or a record that name something. */
function withoutEntries(text: string, names: readonly string[]): string {
  return names.reduce(
    (left, name) =>
      ['fieldPermissions', 'layoutItems', 'values'].reduce(
        (all, element) => {
          const other = `(?:(?!</${element}>)[^])*`;
          const named = `<field>${name}</field>`;
          return all.replace(
            new RegExp(`\\s*<${element}>${other}${named}${other}</${element}>`),
            '',
          );
        },
        left.replace(new RegExp(`\\s*<columns>${name}</columns>`), ''),
      ),
    text,
  );
}

/** The source of that version, as far as it matters here: small, since the rest is as it is now. */
function earlierSource(): Files {
  const earlier: Record<string, string> = { ...source };
  for (const { path, now, earlier: then } of differences) {
    if (earlier[path]?.includes(now) !== true) throw new Error(`${path} does not hold ${now}`);
    earlier[path] = earlier[path].replace(now, then);
  }
  const since = new Set(added.map(([path]) => path));
  for (const path of since) {
    if (earlier[path] === undefined) throw new Error(`The project has no ${path}`);
  }
  const kept = Object.entries(earlier).filter(([path]) => !since.has(path));
  return withoutAdded(Object.fromEntries(kept));
}

/** Files without the fields that came since. Those of records too, of which that version had none. */
export function withoutAdded(files: Files): Files {
  const names = added.map(([, , name]) => name);
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      if (path.startsWith('permissionsets/')) return [path, withoutEntries(text, names)];
      const object = objectOf(path);
      const fields = names.flatMap((name) => new RegExp(`^${object}\\.(.+)`).exec(name)?.[1] ?? []);
      return [path, withoutEntries(text, fields)];
    }),
  );
}

/** The object whose fields a layout, a list view or a record names; '' for other files. */
function objectOf(path: string): string {
  const [, record] = /^customMetadata\/(\w+)\./.exec(path) ?? [];
  if (record !== undefined) return `${record}__mdt`;
  return /^(?:layouts\/(\w+)-|objects\/(\w+)\/listViews)/.exec(path)?.slice(1).join('') ?? '';
}

/** The files of a deploy that differ from those of now, but for the stores' own. @param folders in which they are */
export function earlierFiles(...folders: readonly string[]): Files {
  const now = packageOf(source);
  const changed = Object.entries(packageOf(earlierSource())).filter(
    ([path, text]) => folders.some((folder) => path.startsWith(`${folder}/`)) && now[path] !== text,
  );
  return Object.fromEntries(changed);
}

/** Classes that came since and read fields that came since. Others call them, so they stay, and do nothing. */
function emptyClasses(): Files {
  const files = ['WooGatewayOrders', 'WooGatewayCases'].map((name) => {
    const path = `classes/${name}.cls`;
    const meta = source[`${path}-meta.xml`];
    if (meta === undefined) throw new Error(`The project has no ${path}`);
    return { [path]: `public class ${name} {\n}\n`, [`${path}-meta.xml`]: meta };
  });
  return Object.assign({}, ...files) as Files;
}

const list = (types: readonly string[]) =>
  file('Package', [...types, '<version>66.0</version>'].join('\n'));

/** Gives an org that has this version the metadata of the earlier one, but for records. @throws Error with what the org refuses */
export function takeBack({ data }: Pick<Org, 'data'>): void {
  const files = { ...earlierFiles('layouts', 'objects', 'permissionsets'), ...emptyClasses() };
  // What is assigned cannot be deleted.
  data.db.run(
    'DELETE FROM PermissionSetAssignment WHERE PermissionSetId IN (SELECT Id FROM PermissionSet WHERE Name = ?)',
    STORE_KEYS,
  );
  const result = deployFiles(data, {
    ...files,
    'package.xml': manifestOf(files),
    'destructiveChangesPost.xml': list(
      added.map(
        ([, type, name]) => `<types><members>${name}</members><name>${type}</name></types>`,
      ),
    ),
  });
  if (!result.success) throw new Error([...failuresOf(result), result.errorMessage].join('\n'));
}
