import type { Assumption } from '../model/assumption.ts';
import type { Outcome } from '../run/run-probes.ts';
import type { Part } from './parts.ts';
import type { ComponentFailure } from './validation.ts';

/** A part of the project, and why it was not tried; null where it was. */
export interface TriedPart {
  readonly part: Part;
  readonly untried: string | null;
}

/** How an org refuses what belongs to a feature that is off. */
const FEATURE_OFF = 'Not available for deploy for this organization';

const SAYS_OFF = `${FEATURE_OFF}: a feature is off`;

const sayOf = ({ type, fullName, problem }: ComponentFailure): string =>
  `${type} ${fullName}: ${problem}`;

const isOff = ({ problem }: ComponentFailure): boolean => problem.startsWith(FEATURE_OFF);

/** The assumption that the failure answers: the first that knows its type and words. */
const answeredBy = (
  { type, problem }: ComponentFailure,
  assumptions: readonly Assumption[],
): Assumption | undefined =>
  assumptions.find(({ refusals = [] }) =>
    refusals.some(({ types, says }) => types.includes(type) && (says?.test(problem) ?? true)),
  );

/** A row that docs/unproven.md does not have yet, for the report. */
const newRow = ({ type, fullName, place }: ComponentFailure): Assumption => ({
  id: `new: ${type} ${fullName}`,
  statement: `An org takes the ${type} ${fullName}`,
  places: [place?.file ?? type],
  person: 'Send the report: the row is added to docs/unproven.md.',
});

/** One line for each assumption that failures answer. */
function rowsOf(
  failures: readonly ComponentFailure[],
  assumptions: readonly Assumption[],
): readonly Outcome[] {
  const byId = Map.groupBy(
    failures.map((failure) => ({
      failure,
      assumption: answeredBy(failure, assumptions) ?? newRow(failure),
    })),
    ({ assumption }) => assumption.id,
  );
  return [...byId.values()].flatMap((hits): readonly Outcome[] => {
    const assumption = hits[0]?.assumption;
    if (!assumption) return [];
    // A feature that is off says nothing of what the project takes for true.
    if (hits.every(({ failure }) => isOff(failure)))
      return [{ assumption, kind: 'cannot tell', detail: SAYS_OFF }];
    const detail = hits.map(({ failure }) => sayOf(failure)).join('; ');
    return [{ assumption, kind: 'differs', detail }];
  });
}

function partOutcome({ part, untried }: TriedPart, failures: readonly ComponentFailure[]): Outcome {
  const assumption: Assumption = {
    id: part,
    statement: `An org takes ${part} as it is`,
    places: [part],
    person: 'Deploy it.',
  };
  if (untried !== null) return { assumption, kind: 'cannot tell', detail: untried };
  const own = failures.filter(({ place }) => place?.part === part);
  if (own.length === 0) return { assumption, kind: 'holds', detail: '' };
  return own.every(isOff)
    ? { assumption, kind: 'cannot tell', detail: SAYS_OFF }
    : { assumption, kind: 'differs', detail: `${own.length} components are refused` };
}

/** The tests of the deploy, as the rows that they answer. */
function testOutcomes(
  tests: readonly string[] | null,
  assumptions: readonly Assumption[],
): readonly Outcome[] {
  const assumption = assumptions.find(({ id }) => id === 'apex-tests-pass');
  if (tests === null || !assumption) return [];
  return [
    {
      assumption,
      kind: tests.length === 0 ? 'holds' : 'differs',
      detail: tests.join('; '),
    },
  ];
}

const keyOf = (failure: ComponentFailure): string =>
  `${sayOf(failure)} ${failure.place?.file ?? ''}`;

/**
 * What validations say of the project's parts, and of the rows of docs/unproven.md that their failures answer.
 * @param failures of all validations: one that several of them tell counts once
 */
export function outcomesOf(
  parts: readonly TriedPart[],
  failures: readonly ComponentFailure[],
  tests: readonly string[] | null,
  assumptions: readonly Assumption[],
): readonly Outcome[] {
  const distinct = [...new Map(failures.map((one) => [keyOf(one), one])).values()];
  return [
    ...parts.map((part) => partOutcome(part, distinct)),
    ...rowsOf(distinct, assumptions),
    ...testOutcomes(tests, assumptions),
  ];
}
