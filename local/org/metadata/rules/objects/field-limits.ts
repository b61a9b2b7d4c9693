import { splitName, type Plan } from '../../plan/plan.ts';
import type { FieldDefinition, ObjectDefinition } from '../../../model/schema.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { refuse, type Rule } from '../rule.ts';

type FieldRule = Rule<'CustomField'>;

/** The object's custom fields of a kind up to this one, in the order in which they came. */
function upTo(
  draft: DraftOf<'CustomField'>,
  plan: Plan,
  isCounted: (field: FieldDefinition) => boolean,
): readonly FieldDefinition[] {
  const { object, name } = splitName(draft.fullName);
  const counted = (plan.object(object)?.fields ?? []).filter(
    (field) => field.custom && isCounted(field),
  );
  const at = counted.findIndex((field) => field.name.toLowerCase() === name.toLowerCase());
  return counted.slice(0, at + 1);
}

interface Limit {
  readonly what: string;
  readonly most: (object: ObjectDefinition) => number;
  readonly isCounted: (field: FieldDefinition) => boolean;
}

/** Limits of an Enterprise Edition org, and of custom metadata types. */
const limits: readonly Limit[] = [
  {
    what: 'custom fields',
    most: ({ kind }) => (kind === 'customMetadata' ? 100 : 500),
    isCounted: () => true,
  },
  {
    what: 'relationship fields',
    most: () => 40,
    isCounted: ({ referenceTo }) => referenceTo.length > 0,
  },
  { what: 'external id fields', most: () => 25, isCounted: ({ externalId }) => externalId },
];

const countsAreInRange: FieldRule = (draft, plan) => {
  const object = plan.object(splitName(draft.fullName).object);
  if (!object) return [];
  return limits.flatMap(({ what, most, isCounted }) =>
    upTo(draft, plan, isCounted).length > most(object)
      ? refuse(draft, `${object.name} has reached its maximum number of ${what}: ${most(object)}`)
      : [],
  );
};

const longTextLimit = 1_638_400;

const longTextIsInRange: FieldRule = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  const length = upTo(draft, plan, ({ type }) => type === 'textarea')
    .filter((field) => field.length > 255)
    .reduce((sum, field) => sum + field.length, 0);
  return length > longTextLimit
    ? refuse(
        draft,
        `The long text fields of ${object} hold ${length} characters together; at most ` +
          `${longTextLimit} are allowed.`,
        'length',
      )
    : [];
};

/** How many fields an object can have. */
export const fieldLimitRules: readonly FieldRule[] = [countsAreInRange, longTextIsInRange];
