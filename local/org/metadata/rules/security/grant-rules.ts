import { childOf, childrenOf } from '../../xml/parse-xml.ts';
import { problemAt } from '../../xml/read-typed.ts';
import { repeated, type Rule } from '../rule.ts';

/** Lists of a permission set, and the element that names what each entry grants. */
const grantLists = [
  ['applicationVisibilities', 'application'],
  ['classAccesses', 'apexClass'],
  ['customMetadataTypeAccesses', 'name'],
  ['customPermissions', 'name'],
  ['customSettingAccesses', 'name'],
  ['externalCredentialPrincipalAccesses', 'externalCredentialPrincipal'],
  ['externalDataSourceAccesses', 'externalDataSource'],
  ['fieldPermissions', 'field'],
  ['flowAccesses', 'flow'],
  ['objectPermissions', 'object'],
  ['pageAccesses', 'apexPage'],
  ['recordTypeVisibilities', 'recordType'],
  ['tabSettings', 'tab'],
  ['userPermissions', 'name'],
] as const;

const grantsAreDistinct: Rule<'PermissionSet'> = (draft) =>
  grantLists.flatMap(([list, element]) => {
    const grants = childrenOf(draft.element, list).map((grant) => ({
      grant,
      name: childOf(grant, element)?.text.trim() ?? '',
    }));
    return repeated(grants, ({ name }) => name).map(({ value }) =>
      problemAt(value.grant, `Duplicate ${list}: ${value.name}`),
    );
  });

/** What stands twice in a permission set: which of the two would count is chance. */
export const distinctGrantRules: readonly Rule<'PermissionSet'>[] = [grantsAreDistinct];
