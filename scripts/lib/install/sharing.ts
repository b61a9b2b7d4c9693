import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { CodedError } from '../../../sidecar/src/errors/coded-error.ts';
import { refusalIn, type AdminSession } from './admin-session.ts';
import { root } from '../sf.ts';

/** Organization-wide defaults by object, such as `Private`. */
export type SharingModels = ReadonlyMap<string, string>;

/** From closed to open. */
const MODELS: Readonly<Record<string, string>> = {
  Private: 'Private',
  Read: 'Public Read Only',
  ReadWrite: 'Public Read/Write',
  ReadWriteTransfer: 'Public Read/Write/Transfer',
};
const openness = (model: string): number => Object.keys(MODELS).indexOf(model);

/** Objects that ship private, and the variable by which a deploy leaves the wider model of an org as it is. */
const KEPT_BY: Readonly<Record<string, string>> = {
  Woo_Order__c: 'WOO_ORDER_SHARING',
  Woo_Sync_Issue__c: 'WOO_ISSUE_SHARING',
  Woo_Command__c: 'WOO_COMMAND_SHARING',
};
const KEPT_MODELS = ['Read', 'ReadWrite'];

const OBJECTS = 'force-app/main/default/objects';

/** The models that a deploy of force-app brings, of objects that have one of their own. */
export function shippedModels(): SharingModels {
  const files = globSync(`${OBJECTS}/*/*.object-meta.xml`, { cwd: root });
  return new Map(
    files.flatMap((file) => {
      const [, model] = /<sharingModel>(\w+)</.exec(readFileSync(join(root, file), 'utf8')) ?? [];
      const name = basename(file, '.object-meta.xml');
      return model === undefined || model === 'ControlledByParent' ? [] : [[name, model] as const];
    }),
  );
}

const definitions = z.object({
  records: z.array(z.object({ QualifiedApiName: z.string(), InternalSharingModel: z.string() })),
});

/** The models that the org has; objects that it has not yet are missing. @throws Error where it does not say */
export async function orgModels(session: AdminSession): Promise<SharingModels> {
  const names = [...shippedModels().keys()].map((name) => `'${name}'`).join(', ');
  const q = `SELECT QualifiedApiName, InternalSharingModel FROM EntityDefinition WHERE QualifiedApiName IN (${names})`;
  const path = `/services/data/v66.0/query?${new URLSearchParams({ q }).toString()}`;
  const answer = await session.request('GET', path);
  const found = definitions.safeParse(answer.body).data;
  if (answer.status !== 200 || found === undefined) {
    throw new Error(`The org does not say how its objects are shared: ${refusalIn(answer)}`);
  }
  return new Map(
    found.records.map((one) => [one.QualifiedApiName, one.InternalSharingModel] as const),
  );
}

/** What a deploy does about sharing. */
export interface SharingPlan {
  /** For the CLI: models of the org that stay. */
  readonly env: Readonly<Record<string, string>>;
  /** What is to be read before anything is written, a line each. */
  readonly notes: readonly string[];
}

/**
 * Compares before a deploy. An upgrade changes no model; a deploy of the whole may close, never open.
 * @throws CodedError that names the object, both models and the cure
 */
export function planSharing(
  org: SharingModels,
  shipped: SharingModels,
  upgrade: boolean,
): SharingPlan {
  const env: Record<string, string> = {};
  const notes: string[] = [];
  for (const [object, ours] of shipped) {
    const theirs = org.get(object);
    if (theirs === undefined || theirs === ours) continue;
    const variable = KEPT_BY[object];
    if (upgrade && variable !== undefined && KEPT_MODELS.includes(theirs)) {
      env[variable] = theirs;
      notes.push(
        `${object} stays ${nameOf(theirs)}, as it is in the org. New installations have it ${nameOf(ours)}: to close it, set it in Setup › Sharing Settings.`,
      );
    } else if (upgrade || openness(ours) > openness(theirs)) {
      throw refusal(object, theirs, ours);
    } else {
      notes.push(
        `${object} becomes ${nameOf(ours)}, with the sharing rules of config/org; it is ${nameOf(theirs)} now.`,
      );
    }
  }
  return { env, notes };
}

const nameOf = (model: string): string => MODELS[model] ?? model;

const refusal = (object: string, theirs: string, ours: string): CodedError =>
  new CodedError(
    'DEPLOY_SHARING_DIFFERS',
    `${object} is ${nameOf(theirs)} in the org, and this deploy would make it ${nameOf(ours)}. Nothing was deployed.`,
    `Write <sharingModel>${theirs}</sharingModel> into ${OBJECTS}/${object}/${object}.object-meta.xml, and deploy again.`,
  );
