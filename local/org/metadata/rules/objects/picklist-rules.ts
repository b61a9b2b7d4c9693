import { isCustomMetadataType } from '../../plan/object-definition.ts';
import { splitName } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { elementsAt } from '../../xml/parse-xml.ts';
import { problemAt, type Problem } from '../../xml/read-typed.ts';
import { labelProblem } from '../names.ts';
import { refuse, repeated, type Rule } from '../rule.ts';

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

type Value = NonNullable<
  NonNullable<DraftOf<'CustomField'>['body']['valueSet']>['valueSetDefinition']
>['value'][number];

const valuesOf = (draft: DraftOf<'CustomField'>): readonly Value[] =>
  draft.body.valueSet?.valueSetDefinition?.value ?? [];

/** A refusal at the n-th value of the picklist. */
function refuseValue(draft: DraftOf<'CustomField'>, index: number, message: string): Problem[] {
  const places = elementsAt(draft.element, 'valueSet', 'valueSetDefinition', 'value');
  return [problemAt(places[index] ?? draft.element, message)];
}

const valuesAreGiven: FieldRule = (draft) =>
  draft.body.valueSet?.valueSetDefinition?.value.length === 0
    ? refuse(draft, 'Must specify at least one value for a picklist', 'valueSet')
    : [];

const valuesHaveNames: FieldRule = (draft) =>
  valuesOf(draft).flatMap(({ fullName = '' }, index) =>
    fullName === '' || fullName.length > 255
      ? refuseValue(draft, index, `A picklist value has 1 to 255 characters: '${fullName}'`)
      : [],
  );

const valuesAreDistinct: FieldRule = (draft) => {
  const values = valuesOf(draft);
  const labelOf = ({ label, fullName = '' }: Value): string => label ?? fullName;
  return [
    ...repeated(values, ({ fullName = '' }) => fullName).flatMap(({ value, index }) =>
      refuseValue(draft, index, `Duplicate picklist value: ${value.fullName ?? ''}`),
    ),
    ...repeated(values, labelOf).flatMap(({ value, index }) =>
      refuseValue(draft, index, `Duplicate label: ${labelOf(value)}`),
    ),
  ];
};

const oneDefaultAtMost: FieldRule = (draft) => {
  const values = valuesOf(draft);
  const first = values.findIndex((one) => one.default);
  const second = values.findIndex((one, index) => one.default && index > first);
  return second < 0
    ? []
    : refuseValue(draft, second, 'Only one value of a picklist can be its default');
};

const valuesHaveLabels: FieldRule = (draft) =>
  valuesOf(draft).flatMap(({ fullName = '', label }, index) => {
    const wrong = labelProblem(`picklist value ${fullName}`, label, 255);
    return wrong === undefined ? [] : refuseValue(draft, index, wrong);
  });

const valuesAreFew: FieldRule = (draft) => {
  const values = valuesOf(draft);
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
  valuesAreGiven,
  valuesHaveNames,
  valuesAreDistinct,
  oneDefaultAtMost,
  valuesHaveLabels,
  valuesAreFew,
  metadataIsRestricted,
];
