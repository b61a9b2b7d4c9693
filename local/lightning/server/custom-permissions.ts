import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { filesEnding, type Project } from '../metadata/project.ts';
import { parseMetadata } from '../metadata/xml.ts';
import type { OrgClient } from './org-client.ts';

const SUFFIX = '.permissionset-meta.xml';

interface Assignments {
  readonly records: readonly { readonly PermissionSet: { readonly Name: string } | null }[];
}

/**
 * The custom permissions that a user has by permission sets of the project: an org has no simpler answer.
 * @throws OrgUnreachable, or Error where the org refuses
 */
export async function customPermissionsOf(
  org: OrgClient,
  project: Project,
  userId: string,
): Promise<readonly string[]> {
  const soql = `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE AssigneeId = '${userId}'`;
  const path = `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
  const { records } = await org.get<Assignments>(path);
  const assigned = new Set(records.map(({ PermissionSet: set }) => set?.Name));
  const files = filesEnding(project, SUFFIX).filter((file) => assigned.has(basename(file, SUFFIX)));
  return [...new Set(files.flatMap(grantedBy))];
}

function grantedBy(file: string): readonly string[] {
  const { customPermissions = [] } = parseMetadata(readFileSync(file, 'utf8'), file);
  return customPermissions.flatMap((one) => {
    if (typeof one === 'string' || one['enabled']?.[0] !== 'true') return [];
    return (one['name'] ?? []).filter((name): name is string => typeof name === 'string');
  });
}
