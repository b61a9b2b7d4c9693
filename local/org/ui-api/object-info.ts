import { createHash } from 'node:crypto';
import type { OrgView } from '../model/org-view.ts';
import { describeObject } from '../schema/describe.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import { fieldInfo, type DescribedField } from './field-info.ts';
import { nameFieldsOf } from './name-fields.ts';
import { masterRecordType, recordTypesOf, type RecordTypeInfo } from './record-types.ts';

interface DescribedChild {
  readonly childSObject: string;
  readonly field: string;
  readonly junctionIdListNames: readonly string[];
  readonly junctionReferenceTo: readonly string[];
  readonly relationshipName: string | null;
}

interface Described {
  readonly fields: readonly DescribedField[];
  readonly childRelationships: readonly DescribedChild[];
  readonly [name: string]: unknown;
}

/** Taken over as describe says them. */
const sameInBoth = [
  'createable',
  'custom',
  'deletable',
  'feedEnabled',
  'keyPrefix',
  'label',
  'labelPlural',
  'layoutable',
  'mruEnabled',
  'queryable',
  'searchable',
  'updateable',
] as const;

function childInfos(children: readonly DescribedChild[]): readonly unknown[] {
  return children
    .filter(({ relationshipName }) => relationshipName !== null)
    .map((child) => ({
      childObjectApiName: child.childSObject,
      fieldName: child.field,
      junctionIdListNames: child.junctionIdListNames,
      junctionReferenceTo: child.junctionReferenceTo,
      relationshipName: child.relationshipName,
    }));
}

const defaultOf = (types: readonly RecordTypeInfo[]): string =>
  types.find((one) => one.defaultRecordTypeMapping)?.recordTypeId ?? masterRecordType;

/** What UI API says of an object and those of its fields that the user sees, out of what describe says. */
export function objectInfo(
  org: OrgView,
  object: ObjectDefinition,
  version: string,
): Readonly<Record<string, unknown>> {
  const schema = org.schema();
  const rights = org.access?.rights(object);
  const described = describeObject(schema, object, version, rights) as Described;
  const types = recordTypesOf(org, object);
  const byName = new Map(described.fields.map((field) => [field.name, field]));
  const fields = object.fields.flatMap((field) => {
    const same = byName.get(field.name);
    return same ? [[field.name, fieldInfo(schema, object, field, same)] as const] : [];
  });
  const info = {
    ...Object.fromEntries(sameInBoth.map((name) => [name, described[name]])),
    apiName: object.name,
    associateEntityType: null,
    associateParentEntity: null,
    childRelationships: childInfos(described.childRelationships),
    defaultRecordTypeId: defaultOf(types),
    dependentFields: {},
    fields: Object.fromEntries(fields),
    nameFields: nameFieldsOf(object),
    recordTypeInfos: Object.fromEntries(types.map((one) => [one.recordTypeId, one])),
    themeInfo: null,
  };
  return { ...info, eTag: createHash('md5').update(JSON.stringify(info)).digest('hex') };
}
