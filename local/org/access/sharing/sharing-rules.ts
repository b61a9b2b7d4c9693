import type { SharingOwnerRule } from '@salesforce/types/metadata';
import type { Component } from '../../model/deploy-target.ts';

const isRule = (one: Component): one is Component & { readonly body: SharingOwnerRule } =>
  one.type === 'SharingOwnerRule';

/**
 * What the sharing rules of an object give; a deploy takes only those from and to all internal users, who are
 * all users that there are.
 */
export const accessLevels = (
  components: readonly Component[],
  object: string,
): readonly string[] => {
  const prefix = `${object}.`.toLowerCase();
  return components
    .filter(isRule)
    .filter(({ fullName }) => fullName.toLowerCase().startsWith(prefix))
    .map(({ body }) => body.accessLevel);
};
