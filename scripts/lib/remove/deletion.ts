import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';

import { refusalIn, type AdminSession } from '../install/admin-session.ts';
import { typesOf, VERSION, type Members, type MetadataFile } from '../metadata-package.ts';
import type { RunOptions, SfCli } from '../sf.ts';
import type { Named } from './project-components.ts';

/** A folder of reports is named among them. */
const LISTED_AS: Readonly<Record<string, string>> = {
  ReportFolder: 'Report',
  DashboardFolder: 'Dashboard',
};

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

const manifest = (members: Members): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Package ${NAMESPACE}>${typesOf(members)}<version>${VERSION}</version></Package>\n`;

function membersOf(components: readonly Named[]): Members {
  const byType = Map.groupBy(components, ({ type }) => LISTED_AS[type] ?? type);
  return Object.fromEntries(
    [...byType].map(([type, all]) => [type, all.map(({ fullName }) => fullName).toSorted()]),
  );
}

interface Change {
  readonly files?: readonly MetadataFile[];
  readonly members?: Members;
  readonly removed?: Members;
}

/** One deploy, all or none. @throws Error where the org refuses it; what it refuses is printed then */
async function deployed(
  sf: SfCli,
  { files = [], members = {}, removed }: Change,
  options: RunOptions,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-remove-'));
  try {
    const all: readonly MetadataFile[] = [
      ['package.xml', manifest(members)],
      ...(removed === undefined
        ? []
        : [['destructiveChangesPost.xml', manifest(removed)] as const]),
      ...files,
    ];
    for (const [path, text] of all) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    await sf.must(
      // What is gone already is a warning.
      ['project', 'deploy', 'start', '--metadata-dir', folder, '--ignore-warnings', '--concise'],
      options,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Leaves the flows among the components without an active version: an org deletes no active flow. */
export async function deactivateFlows(
  sf: SfCli,
  components: readonly Named[],
  options: RunOptions,
): Promise<void> {
  const flows = flowsOf(components);
  if (flows.length === 0) return;
  const definition = `<?xml version="1.0" encoding="UTF-8"?>\n<FlowDefinition ${NAMESPACE}><activeVersionNumber>0</activeVersionNumber></FlowDefinition>\n`;
  const files = flows.map(
    (name) => [`flowDefinitions/${name}.flowDefinition`, definition] as const,
  );
  await deployed(sf, { files, members: { FlowDefinition: flows } }, options);
}

/** Deletes flows first, version by version, since they keep what they name, and permission sets, which keep flows; then all the rest at once. */
export async function deleteComponents(
  sf: SfCli,
  session: Pick<AdminSession, 'request'>,
  components: readonly Named[],
  options: RunOptions,
): Promise<void> {
  const versions = await versionsOf(session, flowsOf(components));
  const sets = membersOf(components.filter(({ type }) => type === 'PermissionSet'));
  const first = { ...sets, ...(versions.length > 0 ? { Flow: versions } : {}) };
  if (Object.keys(first).length > 0) await deployed(sf, { removed: first }, options);
  const rest = components.filter(({ type }) => type !== 'Flow' && type !== 'PermissionSet');
  if (rest.length > 0) await deployed(sf, { removed: membersOf(rest) }, options);
}

const flowsOf = (components: readonly Named[]): readonly string[] =>
  components.filter(({ type }) => type === 'Flow').map(({ fullName }) => fullName);

const versionRows = z.object({
  done: z.literal(true),
  records: z.array(
    z.object({ Definition: z.object({ DeveloperName: z.string() }), VersionNumber: z.number() }),
  ),
});

/** All versions of flows, as a deletion names them: `Name-3`. @throws Error where the org does not say all */
async function versionsOf(
  session: Pick<AdminSession, 'request'>,
  flows: readonly string[],
): Promise<readonly string[]> {
  if (flows.length === 0) return [];
  const q = 'SELECT Definition.DeveloperName, VersionNumber FROM Flow';
  const path = `/services/data/v66.0/tooling/query?${new URLSearchParams({ q }).toString()}`;
  const answer = await session.request('GET', path);
  const found = versionRows.safeParse(answer.body).data;
  if (answer.status !== 200 || found === undefined)
    throw new Error(`The org does not say which versions its flows have: ${refusalIn(answer)}`);
  const ours = new Set(flows);
  return found.records
    .filter(({ Definition: { DeveloperName: name } }) => ours.has(name))
    .map(({ Definition, VersionNumber }) => `${Definition.DeveloperName}-${VersionNumber}`);
}
