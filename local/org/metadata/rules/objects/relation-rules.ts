import { splitName, type Plan } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { masterRules } from './master-rules.ts';
import { nameProblem } from '../names.ts';
import { notFound, refuse, type Rule } from '../rule.ts';

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

/** Whether the other field has the name by right: it was there before, or comes first in the deploy. */
function comesFirst(other: string, draft: DraftOf<'CustomField'>, plan: Plan): boolean {
  const { object, name } = splitName(other);
  const fields = plan.before.schema.get(object.toLowerCase())?.fields ?? [];
  if (fields.some((one) => one.name.toLowerCase() === name.toLowerCase())) return true;
  const order = plan.draftsOf('CustomField').map((one) => one.fullName.toLowerCase());
  return order.indexOf(other.toLowerCase()) < order.indexOf(draft.fullName.toLowerCase());
}

const listNameIsFree: FieldRule = (draft, plan) => {
  const { relationshipName, referenceTo } = draft.body;
  if (relationshipName === undefined || referenceTo === undefined) return [];
  const wanted = `${relationshipName}__r`.toLowerCase();
  const taken = plan
    .allObjects()
    .flatMap((object) =>
      object.fields
        .filter(
          (field) =>
            field.childRelationshipName?.toLowerCase() === wanted &&
            field.referenceTo.some((one) => one.toLowerCase() === referenceTo.toLowerCase()),
        )
        .map((field) => `${object.name}.${field.name}`),
    );
  const isTaken = taken.some(
    (one) => one.toLowerCase() !== draft.fullName.toLowerCase() && comesFirst(one, draft, plan),
  );
  return isTaken
    ? refuse(
        draft,
        `There is already a Child Relationship named ${relationshipName} on ${referenceTo}.`,
        'relationshipName',
      )
    : [];
};

/** A master sums up its details: a lookup is not enough. */
const summaryIsOfDetails: FieldRule = (draft, plan) => {
  const { type, summaryForeignKey = '' } = draft.body;
  if (type !== 'Summary') return [];
  const { object } = splitName(draft.fullName);
  const detail = splitName(summaryForeignKey);
  const field = plan.field(detail.object, detail.name);
  if (!field)
    return refuse(
      draft,
      notFound('summaryForeignKey', 'CustomField', summaryForeignKey),
      'summaryForeignKey',
    );
  const isMaster = field.referenceTo.some((one) => one.toLowerCase() === object.toLowerCase());
  return field.masterDetail && isMaster
    ? []
    : refuse(
        draft,
        `summaryForeignKey must be a master-detail relationship to ${object}: ${summaryForeignKey}`,
        'summaryForeignKey',
      );
};

const deletionFits: FieldRule = (draft) => {
  const { type, required, deleteConstraint = 'SetNull', referenceTo } = draft.body;
  if (type !== 'Lookup') return [];
  if (deleteConstraint === 'SetNull') {
    return required === true
      ? refuse(
          draft,
          'field integrity exception: unknown (must specify either cascade delete or restrict ' +
            'delete for required lookup foreign key)',
          'required',
        )
      : [];
  }
  if (referenceTo?.toLowerCase() === 'user') {
    const message =
      'Cannot add a lookup relationship child with cascade or restrict options to User';
    return refuse(draft, message, 'deleteConstraint');
  }
  return deleteConstraint === 'Cascade'
    ? refuse(
        draft,
        'If you want to cascade delete, please contact salesforce.com',
        'deleteConstraint',
      )
    : [];
};

const targetStays: FieldRule = (draft, plan) => {
  const before = plan.previous(draft)?.body as DraftOf<'CustomField'>['body'] | undefined;
  const [was, is] = [before?.referenceTo, draft.body.referenceTo];
  return was === undefined || is === undefined || was.toLowerCase() === is.toLowerCase()
    ? []
    : refuse(
        draft,
        `Cannot change the referenceTo of ${draft.fullName} from ${was} to ${is}`,
        'referenceTo',
      );
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
  summaryIsOfDetails,
  deletionFits,
  targetStays,
  ...masterRules,
  controllingFieldExists,
];
