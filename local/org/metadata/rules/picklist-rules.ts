import { isCustomMetadataType } from '../plan/object-definition.ts';
import { splitName } from '../plan/plan.ts';
import { labelProblem } from './names.ts';
import { refuse, repeated, type Rule } from './rule.ts';

type FieldRule = Rule<'CustomField'>;

const valuesAreInline: FieldRule = (draft) => {
  const { valueSet } = draft.body;
  if (!valueSet) return [];
  if (valueSet.valueSetName !== undefined) {
    return refuse(
      draft,
      `The local org does not emulate global value sets (${valueSet.valueSetName}); list the ` +
        'values in valueSetDefinition.',
      'valueSet',
    );
  }
  if (valueSet.controllingField !== undefined || valueSet.valueSettings.length > 0) {
    return refuse(draft, 'The local org does not emulate dependent picklists.', 'valueSet');
  }
  return valueSet.valueSetDefinition
    ? []
    : refuse(draft, 'Must specify valueSetDefinition for a picklist', 'valueSet');
};

const valuesAreGood: FieldRule = (draft) => {
  const values = draft.body.valueSet?.valueSetDefinition?.value;
  if (!values) return [];
  if (values.length === 0) {
    return refuse(draft, 'Must specify at least one value for a picklist', 'valueSet');
  }
  const bad = values.filter(({ fullName = '' }) => fullName === '' || fullName.length > 255);
  return bad.flatMap(({ fullName = '' }) =>
    refuse(draft, `A picklist value has 1 to 255 characters: '${fullName}'`, 'valueSet'),
  );
};

const valuesAreDistinct: FieldRule = (draft) => {
  const values = draft.body.valueSet?.valueSetDefinition?.value ?? [];
  const byName = repeated(values, (one) => one.fullName ?? '');
  const byLabel = repeated(values, (one) => one.label ?? one.fullName ?? '');
  return [
    ...byName.map(({ value }) => `Duplicate picklist value: ${value.fullName ?? ''}`),
    ...byLabel.map(({ value }) => `Duplicate label: ${value.label ?? value.fullName ?? ''}`),
  ].flatMap((message) => refuse(draft, message, 'valueSet'));
};

const oneDefaultAtMost: FieldRule = (draft) => {
  const values = draft.body.valueSet?.valueSetDefinition?.value ?? [];
  return values.filter((one) => one.default).length > 1
    ? refuse(draft, 'Only one value of a picklist can be its default', 'valueSet')
    : [];
};

const valuesHaveLabels: FieldRule = (draft) => {
  const values = draft.body.valueSet?.valueSetDefinition?.value ?? [];
  return values.flatMap(({ fullName = '', label }) => {
    const wrong = labelProblem(`picklist value ${fullName}`, label, 255);
    return wrong === undefined ? [] : refuse(draft, wrong, 'valueSet');
  });
};

const valuesAreFew: FieldRule = (draft) => {
  const values = draft.body.valueSet?.valueSetDefinition?.value ?? [];
  return values.length > 1000
    ? refuse(draft, `A picklist has at most 1,000 values, not ${values.length}`, 'valueSet')
    : [];
};

/** A custom metadata type has no picklist that takes other values than its own. */
const metadataIsRestricted: FieldRule = (draft) => {
  const { object } = splitName(draft.fullName);
  const { valueSet } = draft.body;
  return isCustomMetadataType(object) && valueSet && valueSet.restricted !== true
    ? refuse(draft, 'Non-strict picklists are not supported on this object', 'valueSet')
    : [];
};

/** What the values of a picklist must fulfil. */
export const picklistRules: readonly FieldRule[] = [
  valuesAreInline,
  valuesAreGood,
  valuesAreDistinct,
  oneDefaultAtMost,
  valuesHaveLabels,
  valuesAreFew,
  metadataIsRestricted,
];
