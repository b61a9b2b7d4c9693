import type { Connection } from 'jsforce';

import { kinds, NAME } from '../connect/app-components.ts';
import { VERSION } from '../metadata-package.ts';
import { keyOf, type Named } from './project-components.ts';

/** Of what the project has brought, what the org has. */
export interface InOrg {
  readonly components: readonly Named[];
  /** What a package brought: it goes with the package alone. */
  readonly packaged: readonly Named[];
  /** Whether the app is there by which the service signs in: its policies name a permission set of ours. */
  readonly hasApp: boolean;
}

/** Most types that an org lists in one call. */
const TYPES_PER_CALL = 3;
/** Those whose components are listed folder by folder; their folders are listed under the type's own name. */
const IN_FOLDERS: ReadonlySet<string> = new Set(['Report', 'Dashboard']);

type FileProperties = Awaited<ReturnType<Connection['metadata']['list']>>[number];
type Query = { readonly type: string; readonly folder?: string };

/** Asks the org for the components of the project, and for all records of its custom metadata types. */
export async function componentsInOrg(org: Connection, ours: readonly Named[]): Promise<InOrg> {
  const found = await listed(org, [...queriesFor(ours), { type: kinds.app.type }]);
  const wanted = new Set(ours.map(keyOf));
  const types = new Set(
    ours.flatMap(({ type, fullName }) =>
      type === 'CustomObject' && fullName.endsWith('__mdt') ? [fullName.slice(0, -5)] : [],
    ),
  );
  const isOurs = (one: Named): boolean =>
    wanted.has(keyOf(one)) ||
    (one.type === 'CustomMetadata' && types.has(one.fullName.split('.', 1)[0] ?? ''));
  const byKey = new Map(found.map((one) => [keyOf(one), one]));
  const there = [...byKey.values()]
    .map((one) => ({ ...one, fullName: decodeURIComponent(one.fullName) }))
    .filter(isOurs);
  const isPackaged = ({ manageableState }: FileProperties): boolean =>
    manageableState !== undefined && manageableState !== 'unmanaged';
  const named = ({ type, fullName }: Named): Named => ({ type, fullName });
  return {
    components: there.filter((one) => !isPackaged(one)).map(named),
    packaged: there.filter(isPackaged).map(named),
    hasApp: found.some(({ type, fullName }) => type === kinds.app.type && fullName === NAME),
  };
}

function queriesFor(ours: readonly Named[]): readonly Query[] {
  const types = [...new Set(ours.map(({ type }) => type))];
  return types.flatMap((type): readonly Query[] => {
    if (!IN_FOLDERS.has(type)) return [{ type }];
    const names = ours.filter((one) => one.type === type).map(({ fullName }) => fullName);
    return [...new Set(names.map((name) => name.split('/', 1)[0] ?? ''))].map((folder) => ({
      type,
      folder,
    }));
  });
}

async function listed(org: Connection, queries: readonly Query[]) {
  const all: FileProperties[] = [];
  for (let from = 0; from < queries.length; from += TYPES_PER_CALL) {
    const some = queries.slice(from, from + TYPES_PER_CALL).map((one) => ({ ...one }));
    all.push(...(await org.metadata.list(some, VERSION)));
  }
  return all;
}
