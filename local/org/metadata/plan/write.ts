import type { DeployTarget } from '../../model/deploy-target.ts';
import type { FieldDefinition, ObjectDefinition } from '../../model/schema.ts';
import { defaultPolicies } from './client-apps.ts';
import { componentOf } from './component.ts';
import type { Draft, DraftOf } from '../read/kinds.ts';
import type { Plan } from './plan.ts';
import { splitName } from './plan.ts';
import { typeOfRecord, valuesOf } from './records.ts';

/** Record ids of the components that are rows, by `type:fullName`. */
export type RowIds = ReadonlyMap<string, string>;

type RecordDraft = DraftOf<'CustomMetadata'>;

const keyOf = (draft: Draft): string => `${draft.type}:${draft.fullName}`;

function typed(field: FieldDefinition, text: string | undefined): string | number | boolean | null {
  if (field.type === 'boolean') return text === 'true';
  if (text === undefined || text === '') return null;
  return ['double', 'int', 'percent', 'currency'].includes(field.type) ? Number(text) : text;
}

/** All custom fields of the record: one that the file leaves out is emptied. */
function rowOf(draft: RecordDraft, object: ObjectDefinition): Record<string, unknown> {
  const given = new Map(
    valuesOf(draft).map(({ field, value }) => [field.toLowerCase(), value.text] as const),
  );
  const fields = object.fields
    .filter((field) => field.custom)
    .map((field) => [field.name, typed(field, given.get(field.name.toLowerCase()))] as const);
  const { label } = draft.body;
  return { MasterLabel: label, Label: label, NamespacePrefix: null, ...Object.fromEntries(fields) };
}

/** Custom metadata types that a type's records name. */
function referredTypes(object: ObjectDefinition): readonly string[] {
  return object.fields
    .filter((field) => field.metadataRelationship)
    .flatMap((field) => field.referenceTo)
    .filter((name) => name.endsWith('__mdt'));
}

/** Records in an order in which those that others name come first. */
function inOrderOfReference(records: readonly RecordDraft[], plan: Plan): readonly RecordDraft[] {
  const types = new Map<string, RecordDraft[]>();
  for (const record of records) {
    const type = typeOfRecord(record.fullName).toLowerCase();
    types.set(type, [...(types.get(type) ?? []), record]);
  }
  const done = new Set<string>();
  const ordered: RecordDraft[] = [];
  const visit = (type: string): void => {
    if (done.has(type)) return;
    done.add(type);
    const object = plan.object(type);
    for (const name of object ? referredTypes(object) : []) visit(name.toLowerCase());
    ordered.push(...(types.get(type) ?? []));
  };
  for (const type of types.keys()) visit(type);
  return ordered;
}

function putRecord(draft: RecordDraft, plan: Plan, target: DeployTarget): string {
  const object = plan.object(typeOfRecord(draft.fullName));
  if (!object) throw new Error(`The plan has no type for the record ${draft.fullName}`);
  const { name } = splitName(draft.fullName);
  return target.putSystemRow(object.name, { DeveloperName: name }, rowOf(draft, object));
}

function putPermissionSet(draft: DraftOf<'PermissionSet'>, target: DeployTarget): string {
  const { label, description, hasActivationRequired, userPermissions } = draft.body;
  const gives = (permission: string): boolean =>
    userPermissions.some(({ name, enabled }) => name === permission && enabled);
  return target.putSystemRow(
    'PermissionSet',
    { Name: draft.fullName },
    {
      Label: label,
      Description: description ?? null,
      HasActivationRequired: hasActivationRequired ?? false,
      PermissionsCustomizeApplication: gives('CustomizeApplication'),
      PermissionsViewSetup: gives('ViewSetup'),
      IsCustom: true,
      IsOwnedByProfile: false,
      Type: 'Regular',
    },
  );
}

function putRecordType(draft: DraftOf<'RecordType'>, target: DeployTarget): string {
  const { object, name } = splitName(draft.fullName);
  const { label, active, description } = draft.body;
  return target.putSystemRow(
    'RecordType',
    { SobjectType: object, DeveloperName: name },
    { Name: label, IsActive: active, Description: description ?? null },
  );
}

/** With a row for each object that the queue takes; those that it takes no more are gone. */
function putQueue({ fullName, body }: DraftOf<'Queue'>, target: DeployTarget): string {
  const id = target.putSystemRow(
    'Group',
    { DeveloperName: fullName },
    {
      Name: body.name,
      Type: 'Queue',
      Email: body.email ?? null,
      DoesSendEmailToMembers: body.doesSendEmailToMembers ?? false,
    },
  );
  target.removeSystemRow('QueueSobject', { QueueId: id });
  for (const { sobjectType } of body.queueSobject) {
    const SobjectType = target.schema().get(sobjectType.toLowerCase())?.name ?? sobjectType;
    target.putSystemRow('QueueSobject', { QueueId: id, SobjectType }, {});
  }
  return id;
}

function putStaticResource(
  { fullName, body }: DraftOf<'StaticResource'>,
  target: DeployTarget,
): string {
  const { contentType, cacheControl, description, content } = body;
  return target.putSystemRow(
    'StaticResource',
    { Name: fullName },
    {
      ContentType: contentType,
      CacheControl: cacheControl,
      Description: description ?? null,
      BodyLength: Buffer.byteLength(content ?? ''),
    },
  );
}

function putNotificationType(
  { fullName, body }: DraftOf<'CustomNotificationType'>,
  target: DeployTarget,
): string {
  const { customNotifTypeName, masterLabel, description, desktop, mobile } = body;
  return target.putSystemRow(
    'CustomNotificationType',
    { DeveloperName: fullName },
    {
      CustomNotifTypeName: customNotifTypeName,
      MasterLabel: masterLabel,
      Description: description ?? null,
      Desktop: desktop,
      Mobile: mobile,
    },
  );
}

/** Puts a checked plan into the org; begin and commit are the caller's. */
export function write(plan: Plan, target: DeployTarget): RowIds {
  target.putObjects(plan.changedObjects());
  target.putComponents(plan.drafts.map((draft) => componentOf(draft, plan)));
  target.putComponents(defaultPolicies(plan));
  const ids = new Map<string, string>();
  for (const draft of plan.draftsOf('RecordType')) {
    ids.set(keyOf(draft), putRecordType(draft, target));
  }
  for (const draft of plan.draftsOf('Queue')) ids.set(keyOf(draft), putQueue(draft, target));
  for (const draft of plan.draftsOf('PermissionSet')) {
    ids.set(keyOf(draft), putPermissionSet(draft, target));
  }
  for (const draft of plan.draftsOf('StaticResource')) {
    ids.set(keyOf(draft), putStaticResource(draft, target));
  }
  for (const draft of plan.draftsOf('CustomNotificationType')) {
    ids.set(keyOf(draft), putNotificationType(draft, target));
  }
  for (const draft of inOrderOfReference(plan.draftsOf('CustomMetadata'), plan)) {
    ids.set(keyOf(draft), putRecord(draft, plan, target));
  }
  return ids;
}
