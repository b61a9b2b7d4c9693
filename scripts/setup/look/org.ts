import { z } from 'zod';

import { refusalIn, type AdminSession } from '../../lib/install/admin-session.ts';
import { isConfigured } from '../../lib/install/install.ts';
import { countOf, ifShown, rowsOf } from '../../lib/install/query.ts';
import { namespaceProblem, packageProblem } from '../../lib/install/package-checks.ts';
import type { Looked } from './looked.ts';

export type AskedOrg = Pick<AdminSession, 'request' | 'instanceUrl' | 'username'>;

/** The version that the metadata and all calls are of. */
const API_VERSION = 66;

/** Editions that run no Apex of their own, and in part have no API. */
const WITHOUT_APEX =
  /^(?:Professional|Group|Team|Contact Manager|Essentials|Starter|Base|Personal|Pro Suite)\b/;

/** Rights that the set-up uses, by the fields of UserPermissionAccess. */
const RIGHTS: Readonly<Record<string, string>> = {
  PermissionsApiEnabled: 'API Enabled',
  PermissionsModifyMetadata: 'Modify Metadata Through Metadata API Functions',
  PermissionsCustomizeApplication: 'Customize Application',
  PermissionsAuthorApex: 'Author Apex',
  PermissionsManageUsers: 'Manage Users',
  PermissionsAssignPermissionSets: 'Assign Permission Sets',
};

export interface OrgLook extends Looked {
  /** The store that the set-up is for; null in an org that has none yet. */
  readonly store: KnownStore | null;
  /** Whether it has Person Accounts. */
  readonly hasPersons: boolean;
}

const storeRow = z.object({ URL__c: z.string(), Route__c: z.string() });
const serviceRow = z.object({ Service_URL__c: z.string().nullable() });
const MAIN = "FROM Woo_Store__mdt WHERE Key__c = 'main'";

/** A store as the org has it. */
export interface KnownStore {
  readonly url: string;
  /** Where webhooks may go; null where it is blank, or an earlier version has no such field. */
  readonly serviceUrl: string | null;
}

/**
 * Looks whether the org is as the set-up needs it. Reads alone.
 * @param packaged whether the package is to be there
 */
export async function lookAtOrg(session: AskedOrg, packaged = false): Promise<OrgLook> {
  const answer = await session.request('GET', queryOf(ORGANIZATION));
  if (answer.status !== 200) return only(sessionProblem(session, refusalIn(answer)));
  const { edition, namespace } = kindOf(answer.body);
  const versions = await session.request('GET', '/services/data');
  const missing = [
    versionProblem(versions.body),
    edition !== null && WITHOUT_APEX.test(edition)
      ? `The org is a ${edition}, which runs no Apex of its own: take one of Enterprise, Unlimited, Performance or Developer Edition.`
      : null,
    namespaceProblem(namespace),
    await rightsProblem(session),
    packaged ? await packageProblem(session) : null,
  ].filter((sentence) => sentence !== null);
  // What is ours is not asked of an org that cannot have it.
  if (missing.length > 0) return { ...only(), missing };
  const hasPersons = (await ifShown(countOf(session, 'RecordType WHERE IsPersonType = true'))) ?? 0;
  return { ...(await storeIn(session)), notes: [], hasPersons: hasPersons > 0 };
}

const only = (...missing: readonly string[]): OrgLook => ({
  missing,
  notes: [],
  store: null,
  hasPersons: false,
});

const ORGANIZATION = 'SELECT OrganizationType, NamespacePrefix FROM Organization';
const queryOf = (q: string): string =>
  `/services/data/v66.0/query?${new URLSearchParams({ q }).toString()}`;

const sessionProblem = ({ username, instanceUrl }: AskedOrg, refusal: string): string =>
  `The Salesforce CLI's session of ${username} is over, or may not use the API (${refusal}): sign in again with npx sf org login web --instance-url ${instanceUrl}.`;

const organization = z.object({
  OrganizationType: z.string(),
  NamespacePrefix: z.string().nullable(),
});

function kindOf(body: unknown): {
  readonly edition: string | null;
  readonly namespace: string | null;
} {
  const [row] = z.object({ records: z.array(organization) }).safeParse(body).data?.records ?? [];
  return { edition: row?.OrganizationType ?? null, namespace: row?.NamespacePrefix ?? null };
}

function versionProblem(body: unknown): string | null {
  const found = z.array(z.object({ version: z.string() })).safeParse(body).data ?? [];
  const newest = Math.max(...found.map(({ version }) => Number(version)));
  return found.length === 0 || newest >= API_VERSION
    ? null
    : `The newest version of the org's API is ${newest}, and this project needs ${API_VERSION}: wait until Salesforce has upgraded the org.`;
}

async function rightsProblem(session: AskedOrg): Promise<string | null> {
  const soql = `SELECT ${Object.keys(RIGHTS).join(', ')} FROM UserPermissionAccess`;
  const rows = await ifShown(rowsOf(session, soql, z.record(z.string(), z.unknown())));
  // An org that does not tell is not taken for one that refuses.
  const [has = {}] = rows ?? [];
  const lacking = Object.entries(RIGHTS).filter(([field]) => has[field] === false);
  if (lacking.length === 0) return null;
  const names = lacking.map(([, name]) => `"${name}"`).join(', ');
  return `${session.username} lacks ${names}: sign in as a System Administrator, or have these rights given.`;
}

async function storeIn(session: AskedOrg): Promise<Pick<OrgLook, 'missing' | 'store'>> {
  if (!(await isConfigured(session))) return { missing: [], store: null };
  const [row] = await rowsOf(session, `SELECT URL__c, Route__c ${MAIN}`, storeRow);
  if (row === undefined)
    return {
      missing: [
        'The org has stores, and none with the key main: connect one more as docs/stores.md says.',
      ],
      store: null,
    };
  const services = await ifShown(rowsOf(session, `SELECT Service_URL__c ${MAIN}`, serviceRow));
  const store = { url: row.URL__c, serviceUrl: services?.[0]?.Service_URL__c ?? null };
  const missing =
    row.Route__c === 'direct'
      ? [
          'The store main is on the direct route, which has its keys where the service runs: go on as docs/connect.md says.',
        ]
      : [];
  return { missing, store };
}
