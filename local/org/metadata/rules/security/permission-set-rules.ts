import type { ExternalCredential } from '@salesforce/types/metadata';
import { splitName, type Plan } from '../../plan/plan.ts';
import { childOf, childrenOf } from '../../xml/parse-xml.ts';
import { problemAt, type Problem } from '../../xml/read-typed.ts';
import { canBeGranted, isAlwaysGranted } from '../../../model/field-security.ts';
import { labelProblem, nameProblem, textProblem } from '../names.ts';
import { distinctGrantRules } from './grant-rules.ts';
import { notFound, refuse, type Rule } from '../rule.ts';
import { objectRightRules } from './object-right-rules.ts';
import { isTab } from '../views/tabs.ts';
import { userPermissionRules } from './user-permission-rules.ts';

type SetRule = Rule<'PermissionSet'>;

const namesAreGood: SetRule = (draft) => {
  const wrong = {
    fullName: nameProblem(draft.fullName, 80),
    label: labelProblem('PermissionSet', draft.body.label, 80),
    description: textProblem('description', draft.body.description, 255),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

/** The licence of full users, which every org has; of others the local org knows nothing. */
const KNOWN_LICENSE = 'Salesforce';

const licenseIsEmulated: SetRule = (draft) => {
  const { license } = draft.body;
  return license === undefined || license === KNOWN_LICENSE
    ? []
    : refuse(draft, notFound('license', 'UserLicense', license), 'license');
};

function fieldProblem(
  plan: Plan,
  fullName: string,
  access: { readonly editable: boolean; readonly readable: boolean },
): string | undefined {
  const { object, name } = splitName(fullName);
  const definition = plan.object(object);
  const field = plan.field(object, name);
  if (!definition || !field || !canBeGranted(definition, field)) {
    return notFound('field', 'CustomField', fullName);
  }
  if (isAlwaysGranted(definition, field)) {
    return `You cannot deploy to a required field: ${fullName}`;
  }
  if (access.editable && !access.readable) {
    return `Field ${fullName} can't be editable without being readable`;
  }
  const isComputed = field.formula !== undefined || field.autoNumber !== undefined;
  return access.editable && isComputed
    ? `Field ${fullName} is calculated or numbered by the org and can't be editable`
    : undefined;
}

const fieldsCanBeGranted: SetRule = (draft, plan) =>
  draft.body.fieldPermissions.flatMap((grant, index) => {
    const { field, editable, readable = false } = grant;
    const wrong = fieldProblem(plan, field, { editable, readable });
    return wrong === undefined ? [] : refuse(draft, wrong, 'fieldPermissions', index);
  });

const tabsExist: SetRule = (draft, plan) =>
  draft.body.tabSettings.flatMap(({ tab }, index) =>
    isTab(plan, tab) ? [] : refuse(draft, notFound('tab', 'CustomTab', tab), 'tabSettings', index),
  );

const metadataTypesExist: SetRule = (draft, plan) =>
  draft.body.customMetadataTypeAccesses.flatMap(({ name }, index) =>
    plan.object(name)?.kind === 'customMetadata'
      ? []
      : refuse(draft, notFound('name', 'CustomObject', name), 'customMetadataTypeAccesses', index),
  );

/** Grants on other components: list of the permission set, the element that names, what it names. */
const componentGrants = [
  ['applicationVisibilities', 'application', 'CustomApplication'],
  ['classAccesses', 'apexClass', 'ApexClass'],
  ['customPermissions', 'name', 'CustomPermission'],
  ['customSettingAccesses', 'name', 'CustomObject'],
  ['externalCredentialPrincipalAccesses', 'externalCredentialPrincipal', 'ExternalCredential'],
  ['externalDataSourceAccesses', 'externalDataSource', 'ExternalDataSource'],
  ['flowAccesses', 'flow', 'Flow'],
  ['pageAccesses', 'apexPage', 'ApexPage'],
  ['recordTypeVisibilities', 'recordType', 'RecordType'],
] as const;

/** A principal is named after its credential: `Woo-WooPrincipal`. */
function hasPrincipal(plan: Plan, name: string): boolean {
  const at = Math.max(name.indexOf('-'), 0);
  const body = plan.bodyOf('ExternalCredential', name.slice(0, at)) as
    | ExternalCredential
    | undefined;
  return (body?.externalCredentialParameters ?? []).some(
    (one) => one.parameterType === 'NamedPrincipal' && one.parameterName === name.slice(at + 1),
  );
}

const componentsExist: SetRule = (draft, plan) =>
  componentGrants.flatMap(([list, element, type]) =>
    childrenOf(draft.element, list).flatMap((grant): Problem[] => {
      const name = childOf(grant, element)?.text ?? '';
      const isKnown =
        type === 'ExternalCredential'
          ? hasPrincipal(plan, name)
          : plan.has(type, name) || name.startsWith('standard__');
      return isKnown ? [] : [problemAt(grant, notFound(element, type, name))];
    }),
  );

/** What a permission set must fulfil. */
export const permissionSetRules: readonly SetRule[] = [
  namesAreGood,
  licenseIsEmulated,
  ...objectRightRules,
  fieldsCanBeGranted,
  ...distinctGrantRules,
  tabsExist,
  metadataTypesExist,
  componentsExist,
  ...userPermissionRules,
];
