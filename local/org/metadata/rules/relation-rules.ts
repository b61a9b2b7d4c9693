import { splitName, type Plan } from '../plan/plan.ts';
import type { DraftOf } from '../read/kinds.ts';
import { nameProblem } from './names.ts';
import { notFound, refuse, type Rule } from './rule.ts';

type FieldRule = Rule<'CustomField'>;

/** Objects that only metadata relationships may lead to. */
const definitions = new Set(['EntityDefinition', 'FieldDefinition', 'EntityParticle']);

function isTarget(draft: DraftOf<'CustomField'>, plan: Plan): boolean {
  const { type, referenceTo = '' } = draft.body;
  const target = plan.object(referenceTo);
  if (!target) return false;
  const isMetadata = target.kind === 'customMetadata' || definitions.has(target.name);
  if (type === 'MetadataRelationship') return isMetadata;
  return !isMetadata;
}

const targetExists: FieldRule = (draft, plan) => {
  const { referenceTo } = draft.body;
  return referenceTo === undefined || isTarget(draft, plan)
    ? []
    : refuse(
        draft,
        `referenceTo value of '${referenceTo}' does not resolve to a valid sObject type`,
        'referenceTo',
      );
};

const metadataNamesOtherType: FieldRule = (draft) => {
  const { referenceTo = '' } = draft.body;
  const { object } = splitName(draft.fullName);
  return draft.body.type === 'MetadataRelationship' &&
    referenceTo.toLowerCase() === object.toLowerCase()
    ? refuse(draft, `A custom metadata type can't have a relationship to itself`, 'referenceTo')
    : [];
};

const listNameIsGood: FieldRule = (draft) => {
  const { relationshipName } = draft.body;
  const wrong = relationshipName === undefined ? undefined : nameProblem(relationshipName);
  return wrong === undefined ? [] : refuse(draft, wrong, 'relationshipName');
};

const listNameIsFree: FieldRule = (draft, plan) => {
  const { relationshipName, referenceTo } = draft.body;
  if (relationshipName === undefined || referenceTo === undefined) return [];
  const wanted = `${relationshipName}__r`.toLowerCase();
  const taken = plan
    .allObjects()
    .some((object) =>
      object.fields.some(
        (field) =>
          field.childRelationshipName?.toLowerCase() === wanted &&
          field.referenceTo.some((one) => one.toLowerCase() === referenceTo.toLowerCase()) &&
          `${object.name}.${field.name}`.toLowerCase() !== draft.fullName.toLowerCase(),
      ),
    );
  return taken
    ? refuse(
        draft,
        `There is already a Child Relationship named ${relationshipName} on ${referenceTo}.`,
        'relationshipName',
      )
    : [];
};

const requiredLookupKeepsItsValue: FieldRule = (draft) => {
  const { type, required, deleteConstraint } = draft.body;
  const clears = deleteConstraint === undefined || deleteConstraint === 'SetNull';
  return type === 'Lookup' && required === true && clears
    ? refuse(
        draft,
        'A required lookup needs the deleteConstraint Restrict or Cascade, not SetNull',
        'required',
      )
    : [];
};

const detailIsCustom: FieldRule = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  return draft.body.type === 'MasterDetail' && plan.object(object)?.kind === 'standard'
    ? refuse(draft, `The standard object ${object} can't be the detail of another object`, 'type')
    : [];
};

const controllingFieldExists: FieldRule = (draft, plan) => {
  const { referenceTo, metadataRelationshipControllingField: controlling } = draft.body;
  const element = 'metadataRelationshipControllingField';
  const isField = referenceTo === 'FieldDefinition' || referenceTo === 'EntityParticle';
  if (!isField) {
    return controlling === undefined
      ? []
      : refuse(
          draft,
          `Can not specify '${element}' unless referenceTo is FieldDefinition`,
          element,
        );
  }
  if (controlling === undefined) {
    return refuse(draft, `Must specify '${element}' for a relationship to ${referenceTo}`);
  }
  const { object } = splitName(draft.fullName);
  const named = controlling.includes('.') ? splitName(controlling) : { object, name: controlling };
  const field = plan.field(named.object, named.name);
  const isRight =
    named.object.toLowerCase() === object.toLowerCase() &&
    field?.referenceTo.includes('EntityDefinition');
  return isRight
    ? []
    : refuse(draft, notFound(element, 'CustomField', `${named.object}.${named.name}`), element);
};

/** What a field that leads to another object must fulfil. */
export const relationRules: readonly FieldRule[] = [
  targetExists,
  metadataNamesOtherType,
  listNameIsGood,
  listNameIsFree,
  requiredLookupKeepsItsValue,
  detailIsCustom,
  controllingFieldExists,
];
