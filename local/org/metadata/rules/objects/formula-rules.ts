import { resolvePath } from '../../../formula/fields.ts';
import type { FormulaType } from '../../../formula/formula.ts';
import { fieldsIn, parseFormula } from '../../../formula/parse.ts';
import type { FieldDefinition } from '../../../model/schema.ts';
import { literalOf } from '../../plan/default-value.ts';
import { splitName, type Plan } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { formulaProblem } from './formulas.ts';
import { refuse, type Rule } from '../rule.ts';

type FieldDraft = DraftOf<'CustomField'>;
type FieldRule = Rule<'CustomField'>;

const resultTypes: Readonly<Record<string, FormulaType>> = {
  Checkbox: 'Boolean',
  Currency: 'Number',
  Date: 'Date',
  DateTime: 'Date/Time',
  Number: 'Number',
  Percent: 'Number',
};

const objectOf = (draft: FieldDraft): string => splitName(draft.fullName).object;

const formulaIsGood: FieldRule = (draft, plan) => {
  const { formula, type = '' } = draft.body;
  if (formula === undefined) return [];
  const use = {
    object: objectOf(draft),
    context: 'field',
    result: resultTypes[type] ?? 'Text',
  } as const;
  const wrong = formulaProblem(formula, use, plan);
  return wrong === undefined ? [] : refuse(draft, wrong, 'formula');
};

/** Fields that the field's formula reads: the lookups that it follows and what it finds there. */
function readsOf(field: FieldDefinition, objectName: string, plan: Plan) {
  const object = plan.object(objectName);
  if (field.formula === undefined || !object) return [];
  const schema = { object: (name: string) => plan.object(name), hasCustomPermission: () => true };
  return fieldsIn(parseFormula(field.formula)).flatMap((path) => {
    const steps = resolvePath(path, object, schema);
    const read = steps?.at(-1);
    const owner = steps?.at(-2)?.referenceTo[0] ?? objectName;
    return read ? [{ field: read, object: owner }] : [];
  });
}

function reaches(draft: FieldDraft, plan: Plan): boolean {
  const wanted = draft.fullName.toLowerCase();
  const seen = new Set<string>();
  const { object, name } = splitName(draft.fullName);
  const start = plan.field(object, name);
  const open = start ? readsOf(start, object, plan) : [];
  for (let one = open.pop(); one; one = open.pop()) {
    const key = `${one.object}.${one.field.name}`.toLowerCase();
    if (key === wanted) return true;
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...readsOf(one.field, one.object, plan));
  }
  return false;
}

const formulaIsNoCircle: FieldRule = (draft, plan) => {
  if (draft.body.formula === undefined || formulaIsGood(draft, plan).length > 0) return [];
  return reaches(draft, plan)
    ? refuse(
        draft,
        'Formula cannot use another formula field that directly or indirectly refers to itself. ' +
          splitName(draft.fullName).name,
        'formula',
      )
    : [];
};

const defaultIsGood: FieldRule = (draft, plan) => {
  const { type = '', defaultValue } = draft.body;
  if (defaultValue === undefined) return [];
  const use = {
    object: objectOf(draft),
    context: 'default',
    result: resultTypes[type] ?? 'Text',
  } as const;
  const wrong = formulaProblem(defaultValue, use, plan);
  if (wrong !== undefined) return refuse(draft, wrong, 'defaultValue');
  if (literalOf(defaultValue) !== undefined) return [];
  const message = `The local org does not emulate a default that is computed: ${defaultValue}`;
  return refuse(draft, message, 'defaultValue');
};

const defaultFits: FieldRule = (draft, plan) => {
  const { object, name } = splitName(draft.fullName);
  const field = plan.field(object, name);
  const value = field?.defaultValue;
  if (!field || typeof value !== 'string' || field.length === 0) return [];
  return value.length > field.length
    ? refuse(
        draft,
        `Value too long for field: defaultValue, maximum length is: ${field.length} ` +
          `(it has ${value.length})`,
        'defaultValue',
      )
    : [];
};

/** What formulas in a field must fulfil: the formula of a computed field, and the default. */
export const formulaRules: readonly FieldRule[] = [
  formulaIsGood,
  formulaIsNoCircle,
  defaultIsGood,
  defaultFits,
];
