import { ApiError } from '../model/errors.ts';
import { groups } from './run/groups.ts';
import { mutate, type Mutating } from './run/mutate.ts';
import { fetchProblem, GraphqlProblem, shownProblem, type ShownProblem } from './problem.ts';
import { RecordList } from './run/records.ts';
import { prepare, type GraphqlRequest } from './request.ts';
import type { Selected } from './run/select.ts';

const maxSubqueries = 10;

/** The body of an answer; always 200, whatever is in `errors`. */
export interface GraphqlAnswer {
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors: readonly ShownProblem[];
}

type Data = Readonly<Record<string, unknown>>;

const isSubquery = ({ source }: Selected): boolean =>
  source?.kind === 'records' || source?.kind === 'groups' || source?.kind === 'children';

const subqueriesIn = (fields: readonly Selected[]): number =>
  fields.reduce((sum, one) => sum + subqueriesIn(one.fields) + (isSubquery(one) ? 1 : 0), 0);

function read(reading: Mutating, selected: Selected): unknown {
  const { source } = selected;
  if (source?.kind === 'records') return new RecordList(reading, selected, source.object).of();
  if (source?.kind === 'groups') return groups(reading, source.object, selected);
  return selected.owner;
}

/** Runs what stands below `uiapi { query { … } }`; one that fails is null, and the others are read. */
function readAll(
  reading: Mutating,
  fields: readonly Selected[],
  path: readonly string[],
  problems: ShownProblem[],
): Data {
  return Object.fromEntries(
    fields.map((one): readonly [string, unknown] => {
      const paths = [...path, one.key];
      if (!isSubquery(one) && one.fields.length > 0) {
        return [one.key, readAll(reading, one.fields, paths, problems)];
      }
      try {
        return [one.key, read(reading, one)];
      } catch (error) {
        problems.push(...problemsOfRead(error, one).map((shown) => ({ ...shown, paths })));
        return [one.key, null];
      }
    }),
  );
}

function problemsOfRead(error: unknown, { node }: Selected): readonly ShownProblem[] {
  if (error instanceof GraphqlProblem) return error.shown;
  if (error instanceof ApiError)
    return [shownProblem('DataFetchingException', error.message, [node])];
  throw error;
}

function query(reading: Mutating, fields: readonly Selected[]): GraphqlAnswer {
  const subqueries = subqueriesIn(fields);
  if (subqueries > maxSubqueries) {
    throw fetchProblem(
      `A query has at most ${maxSubqueries} subqueries, lists of children among them, and this one has ${subqueries}.`,
    );
  }
  const errors: ShownProblem[] = [];
  return { data: readAll(reading, fields, [], errors), errors };
}

function mutation(mutating: Mutating, fields: readonly Selected[]): GraphqlAnswer {
  const results = fields.map((one) => {
    if (one.name === '__typename') return { key: one.key, answer: one.owner, problems: [] };
    return { key: one.key, ...mutate(mutating, one) };
  });
  return {
    data: Object.fromEntries(results.map(({ key, answer }) => [key, answer])),
    errors: results.flatMap(({ problems }) => problems),
  };
}

/** Answers a request as its user; what is refused is in `errors`, and then `data` is empty. */
export function answerGraphql(mutating: Mutating, request: GraphqlRequest): GraphqlAnswer {
  try {
    const { kind, fields } = prepare(mutating.org, request);
    return kind === 'mutation' ? mutation(mutating, fields) : query(mutating, fields);
  } catch (error) {
    if (!(error instanceof GraphqlProblem)) throw error;
    return { data: {}, errors: error.shown };
  }
}
