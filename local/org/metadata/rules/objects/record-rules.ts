import type { FieldDefinition, ObjectDefinition } from '../../../model/schema.ts';
import { splitName, type Plan } from '../../plan/plan.ts';
import { fieldTarget, typeOfRecord, valuesOf, type RecordValue } from '../../plan/records.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { isAddressPart } from '../../../model/field-security.ts';
import { labelProblem, nameProblem } from '../names.ts';
import { valueProblem } from './record-values.ts';
import { notFound, refuse, repeated, type Rule } from '../rule.ts';

type RecordDraft = DraftOf<'CustomMetadata'>;
type RecordRule = Rule<'CustomMetadata'>;

const objectOf = (draft: RecordDraft, plan: Plan): ObjectDefinition | undefined => {
  const object = plan.object(typeOfRecord(draft.fullName));
  return object?.kind === 'customMetadata' ? object : undefined;
};

const typeExists: RecordRule = (draft, plan) =>
  objectOf(draft, plan)
    ? []
    : refuse(draft, notFound('fullName', 'CustomObject', typeOfRecord(draft.fullName)));

const nameAndLabelAreGood: RecordRule = (draft) => {
  const name = nameProblem(splitName(draft.fullName).name);
  const label = labelProblem('CustomMetadata', draft.body.label, 40);
  return [
    ...(name === undefined ? [] : refuse(draft, name)),
    ...(label === undefined ? [] : refuse(draft, label, 'label')),
  ];
};

/** The value's field, when the type has it. */
function fieldOf(object: ObjectDefinition, value: RecordValue): FieldDefinition | undefined {
  const wanted = value.field.toLowerCase();
  return object.fields.find((one) => one.custom && one.name.toLowerCase() === wanted);
}

const fieldsExist: RecordRule = (draft, plan) => {
  const object = objectOf(draft, plan);
  if (!object) return [];
  return valuesOf(draft).flatMap((value, index) =>
    fieldOf(object, value)
      ? []
      : refuse(
          draft,
          notFound('field', 'CustomField', `${object.name}.${value.field}`),
          'values',
          index,
        ),
  );
};

const fieldsAreDistinct: RecordRule = (draft) =>
  repeated(draft.body.values, (one) => one.field).flatMap(({ value, index }) =>
    refuse(draft, `Duplicate value for field: ${value.field}`, 'values', index),
  );

const valuesFit: RecordRule = (draft, plan) => {
  const object = objectOf(draft, plan);
  if (!object) return [];
  return valuesOf(draft).flatMap((value, index) => {
    const field = fieldOf(object, value);
    const wrong = field && valueProblem(field, value.value);
    return wrong === undefined ? [] : refuse(draft, wrong, 'values', index);
  });
};

const requiredAreGiven: RecordRule = (draft, plan) => {
  const given = new Set(
    valuesOf(draft)
      .filter(({ value }) => (value.text ?? '') !== '')
      .map(({ field }) => field.toLowerCase()),
  );
  const missing = (objectOf(draft, plan)?.fields ?? [])
    .filter((field) => field.custom && field.required && field.type !== 'boolean')
    .filter((field) => !given.has(field.name.toLowerCase()))
    .map((field) => field.name);
  return missing.length === 0
    ? []
    : refuse(draft, `Required fields are missing: [${missing.join(', ')}]`);
};

/** EntityParticle lists every field, FieldDefinition an address only as a whole. */
function isListed(plan: Plan, objectName: string, name: string, target: string): boolean {
  const object = plan.object(objectName);
  const field = plan.field(objectName, name);
  if (!object || !field) return false;
  return target === 'EntityParticle' || !isAddressPart(object, field);
}

function relationProblem(
  plan: Plan,
  object: ObjectDefinition,
  field: FieldDefinition,
  draft: RecordDraft,
  name: string,
): string | undefined {
  const [target = ''] = field.referenceTo;
  if (target === 'EntityDefinition') {
    return plan.object(name) ? undefined : notFound(field.name, 'CustomObject', name);
  }
  if (target === 'FieldDefinition' || target === 'EntityParticle') {
    const wanted = fieldTarget(object, valuesOf(draft), name);
    if (wanted.object === undefined) {
      return `${field.name}: the record names no object for the field ${name}`;
    }
    return isListed(plan, wanted.object, wanted.name, target)
      ? undefined
      : notFound(field.name, 'CustomField', `${wanted.object}.${wanted.name}`);
  }
  const record = `${target.replace(/__mdt$/, '')}.${name}`;
  return plan.has('CustomMetadata', record)
    ? undefined
    : notFound(field.name, 'CustomMetadata', record);
}

const relationsLeadSomewhere: RecordRule = (draft, plan) => {
  const object = objectOf(draft, plan);
  if (!object) return [];
  return valuesOf(draft).flatMap((value, index) => {
    const field = fieldOf(object, value);
    const name = value.value.text ?? '';
    if (!field?.metadataRelationship || name === '') return [];
    const wrong = relationProblem(plan, object, field, draft, name);
    return wrong === undefined ? [] : refuse(draft, wrong, 'values', index);
  });
};

/** What a custom metadata record must fulfil. */
export const recordRules: readonly RecordRule[] = [
  typeExists,
  nameAndLabelAreGood,
  fieldsExist,
  fieldsAreDistinct,
  valuesFit,
  requiredAreGiven,
  relationsLeadSomewhere,
];
