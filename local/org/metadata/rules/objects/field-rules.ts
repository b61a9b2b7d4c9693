import { isCustomMetadataType } from '../../plan/object-definition.ts';
import { allFacets, fieldShapes, formulaShapes, type Facet } from '../../plan/field-shapes.ts';
import { splitName } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { labelProblem, nameProblem, textProblem } from '../names.ts';
import { numberFormatProblem } from './number-format.ts';
import { refuse, type Rule } from '../rule.ts';

type FieldDraft = DraftOf<'CustomField'>;
type FieldRule = Rule<'CustomField'>;

const objectOf = (draft: FieldDraft): string => splitName(draft.fullName).object;

const shapeOf = (draft: FieldDraft) =>
  (draft.body.formula === undefined ? fieldShapes : formulaShapes).get(draft.body.type ?? '');

const objectExists: FieldRule = (draft, plan) => {
  const object = objectOf(draft);
  return plan.object(object)
    ? []
    : refuse(draft, `Entity of type 'CustomObject' named '${object}' cannot be found`);
};

const isCustomField: FieldRule = (draft, plan) => {
  const { object, name } = splitName(draft.fullName);
  if (name.endsWith('__c')) return [];
  const fields = plan.before.schema.get(object.toLowerCase())?.fields ?? [];
  return refuse(
    draft,
    fields.some((one) => one.name.toLowerCase() === name.toLowerCase())
      ? `The local org does not emulate changing the standard field ${draft.fullName}.`
      : `The fullName of a custom field ends in __c: ${draft.fullName}`,
    'fullName',
  );
};

const nameIsGood: FieldRule = (draft) => {
  const wrong = nameProblem(splitName(draft.fullName).name.replace(/__c$/, ''));
  return wrong === undefined ? [] : refuse(draft, wrong, 'fullName');
};

const textsFit: FieldRule = (draft) => {
  const { label, description, inlineHelpText, relationshipLabel, displayFormat } = draft.body;
  const wrong = {
    label: labelProblem('CustomField', label, 40),
    description: textProblem('description', description, 1000),
    inlineHelpText: textProblem('inlineHelpText', inlineHelpText, 510),
    relationshipLabel: textProblem('relationshipLabel', relationshipLabel, 80),
    displayFormat: textProblem('displayFormat', displayFormat, 30),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

const typeIsEmulated: FieldRule = (draft) => {
  const { type, formula } = draft.body;
  if (type === undefined) return refuse(draft, 'Required field is missing: type');
  if (shapeOf(draft)) return [];
  const what = formula === undefined ? `the field type ${type}` : `formula fields of type ${type}`;
  return refuse(draft, `The local org does not emulate ${what}.`, 'type');
};

const isGiven = (draft: FieldDraft, facet: Facet): boolean => {
  const value = draft.body[facet];
  return value !== undefined && value !== false;
};

const facetsFitType: FieldRule = (draft) => {
  const shape = shapeOf(draft);
  if (!shape) return [];
  const { type } = draft.body;
  return allFacets.flatMap((facet) => {
    const isNeeded = shape.needs.includes(facet);
    if (isNeeded && draft.body[facet] === undefined) {
      return refuse(draft, `Must specify '${facet}' for a CustomField of type ${type ?? ''}`);
    }
    if (isNeeded || shape.may.includes(facet) || !isGiven(draft, facet)) return [];
    return refuse(
      draft,
      `Can not specify '${facet}' for a CustomField of type ${type ?? ''}`,
      facet,
    );
  });
};

const lengths: Readonly<Record<string, readonly [number, number]>> = {
  Text: [1, 255],
  LongTextArea: [256, 131_072],
  Html: [256, 131_072],
};

const lengthIsInRange: FieldRule = (draft) => {
  const { type = '', length } = draft.body;
  const range = lengths[type];
  if (!range || length === undefined) return [];
  const [low, high] = range;
  return Number.isInteger(length) && length >= low && length <= high
    ? []
    : refuse(
        draft,
        `The length of a ${type} field must be ${low} to ${high}, not ${length}`,
        'length',
      );
};

const digitsAreInRange: FieldRule = (draft) => {
  const { precision, scale } = draft.body;
  if (precision === undefined || scale === undefined) return [];
  if (!Number.isInteger(precision) || precision < 1 || precision > 18) {
    return refuse(draft, `precision must be 1 to 18, not ${precision}`, 'precision');
  }
  return Number.isInteger(scale) && scale >= 0 && scale <= precision
    ? []
    : refuse(draft, `scale must be 0 to the precision (${precision}), not ${scale}`, 'scale');
};

const linesAreInRange: FieldRule = (draft) => {
  const { type, visibleLines: lines } = draft.body;
  // The editor of rich text has no room in fewer lines.
  const low = type === 'Html' ? 10 : 2;
  return lines === undefined || (lines >= low && lines <= 50)
    ? []
    : refuse(draft, `visibleLines must be ${low} to 50, not ${lines}`, 'visibleLines');
};

const numberFormatIsGood: FieldRule = (draft) => {
  const { displayFormat } = draft.body;
  const wrong = displayFormat === undefined ? undefined : numberFormatProblem(displayFormat);
  return wrong === undefined ? [] : refuse(draft, wrong, 'displayFormat');
};

/** Never empty, so that a real org takes not even `<required>false</required>`. */
const neverEmpty = ['Checkbox', 'MasterDetail'];

const requiredIsNotSaid: FieldRule = (draft) => {
  const { type = '', required } = draft.body;
  return required === false && neverEmpty.includes(type)
    ? refuse(draft, `Can not specify 'required' for a CustomField of type ${type}`, 'required')
    : [];
};

const typeStays: FieldRule = (draft, plan) => {
  const before = plan.previous(draft)?.body as FieldDraft['body'] | undefined;
  if (!before) return [];
  const kind = (body: FieldDraft['body']): string =>
    body.formula === undefined ? (body.type ?? '') : `formula (${body.type ?? ''})`;
  return kind(before) === kind(draft.body)
    ? []
    : refuse(
        draft,
        `Cannot change the field type of ${draft.fullName} from ${kind(before)} to ` +
          `${kind(draft.body)}: the field may hold data. Add a field with another name.`,
        'type',
      );
};

/** Field types that a custom metadata type may have. */
const metadataFieldTypes = new Set([
  'MetadataRelationship',
  'Checkbox',
  'Date',
  'DateTime',
  'Email',
  'LongTextArea',
  'Number',
  'Percent',
  'Phone',
  'Picklist',
  'Text',
  'TextArea',
  'Url',
]);

const typeFitsObject: FieldRule = (draft) => {
  const { type = '', formula, fieldManageability } = draft.body;
  if (isCustomMetadataType(objectOf(draft))) {
    return formula === undefined && metadataFieldTypes.has(type)
      ? []
      : refuse(
          draft,
          `A custom metadata type can't have a ${formula === undefined ? type : 'formula'} field`,
          'type',
        );
  }
  if (type === 'MetadataRelationship') {
    return refuse(draft, 'Only custom metadata types can have MetadataRelationship fields', 'type');
  }
  return fieldManageability === undefined
    ? []
    : refuse(
        draft,
        'Can not specify fieldManageability for a field of a custom object',
        'fieldManageability',
      );
};

/** What every field must fulfil by itself; those on formulas, picklists and relations come beside. */
export const fieldRules: readonly FieldRule[] = [
  objectExists,
  isCustomField,
  nameIsGood,
  textsFit,
  typeIsEmulated,
  facetsFitType,
  lengthIsInRange,
  digitsAreInRange,
  linesAreInRange,
  numberFormatIsGood,
  requiredIsNotSaid,
  typeStays,
  typeFitsObject,
];
