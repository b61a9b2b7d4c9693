import { z } from 'zod';
import type { AdminSession } from './admin-session.ts';
import { rowsOf } from './query.ts';

const organization = z.object({ NamespacePrefix: z.string().nullable() });

/** What is wrong with an org that has a namespace: what is deployed gets a prefix, by which the sidecar does not find it. */
export function namespaceProblem(namespace: string | null): string | null {
  if (namespace === null || namespace === '') return null;
  return `The org has the namespace ${namespace}: the gateway would be at /services/apexrest/${namespace}/woo, and objects would be called ${namespace}__Woo_Order__c, where the sidecar does not look for them. Nothing was changed. Take an org without a namespace (docs/package.md).`;
}

/** @throws Error where the org has a namespace of its own */
export async function mustHaveNoNamespace(session: AdminSession): Promise<void> {
  const [org] = await rowsOf(session, 'SELECT NamespacePrefix FROM Organization', organization);
  const problem = namespaceProblem(org?.NamespacePrefix ?? null);
  if (problem !== null) throw new Error(problem);
}

/** Looks before the rest of a package is deployed. @returns what to do where the package is not in the org */
export async function packageProblem(
  session: Pick<AdminSession, 'request'>,
): Promise<string | null> {
  const { status } = await session.request(
    'GET',
    '/services/data/v66.0/sobjects/Woo_Mapping__mdt/describe',
  );
  return status === 404
    ? 'The package is not in the org: install it first (docs/package.md), or leave --packaged out.'
    : null;
}

/** @throws Error where the package is not in the org */
export async function mustBeInstalled(session: AdminSession): Promise<void> {
  const problem = await packageProblem(session);
  if (problem !== null) throw new Error(`${problem} Nothing was changed.`);
}
