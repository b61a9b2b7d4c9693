import { type Answer, notEmulated, refusal, refusalOf } from '../api/answer.ts';
import type { Call } from '../api/call.ts';
import type { Match, Route } from '../api/route.ts';
import { graphqlRoute } from '../graphql/route.ts';
import { ApiError, resourceNotFound } from '../model/errors.ts';
import { objectInfoRoutes } from '../ui-api/object-infos.ts';
import { uiRecordRoutes } from '../ui-api/records.ts';
import { aboutRoutes } from './about.ts';
import { blobRoutes } from './blobs.ts';
import { collectionRoutes } from './collections.ts';
import { compositeRoute } from './composite.ts';
import { apexActionRoutes } from './apex-actions.ts';
import { flowActionRoutes } from './flow-actions.ts';
import { namedCredentialRoutes } from './named-credentials.ts';
import { queryRoutes } from './query.ts';
import { recordRoutes } from './records.ts';
import { reportRoutes } from './reports/routes.ts';

interface Compiled {
  readonly route: Route;
  readonly segments: readonly string[];
}

const split = (path: string): readonly string[] => path.split('/').filter((part) => part !== '');

/** Fixed addresses come before those with a name in the same place. */
const table: readonly Compiled[] = [
  ...aboutRoutes,
  ...queryRoutes,
  compositeRoute({ dispatch, routeOf }),
  ...collectionRoutes,
  ...blobRoutes,
  ...recordRoutes,
  ...namedCredentialRoutes,
  ...apexActionRoutes,
  ...flowActionRoutes,
  ...reportRoutes,
  ...uiRecordRoutes,
  ...objectInfoRoutes,
  graphqlRoute,
].map((route) => ({ route, segments: split(route.pattern) }));

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) throw resourceNotFound();
    throw error;
  }
}

function paramsOf(
  pattern: readonly string[],
  path: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== path.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    const given = path[at] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decoded(given);
    else if (part !== given) return undefined;
  }
  return params;
}

function matches(path: string): readonly Match[] {
  if (isOtherResource(path)) return [];
  const segments = split(path);
  return table.flatMap(({ route, segments: pattern }) => {
    const params = paramsOf(pattern, segments);
    return params ? [{ route, params }] : [];
  });
}

/** Names after an object that a real org takes for a resource, never for an id or an external id field. */
const otherResources = new Set([
  'approvalLayouts',
  'compactLayouts',
  'defaultValues',
  'deleted',
  'eventSchema',
  'listviews',
  'namedLayouts',
  'quickActions',
  'updated',
]);

function isOtherResource(path: string): boolean {
  const [first, , third = '', fourth] = split(path);
  if (first !== 'sobjects') return false;
  return otherResources.has(third) || (third === 'describe' && fourth !== undefined);
}

/** The route that answers a method and path below the version; undefined when none does. */
export function routeOf(method: string, path: string): Match | undefined {
  return matches(path).find(({ route }) => route.method === method);
}

function unanswered(call: Call): Answer {
  const allowed = [...new Set(matches(call.path).map(({ route }) => route.method))];
  if (allowed.length === 0)
    return notEmulated(call.method, `/services/data/${call.version}${call.path}`);
  return {
    ...refusal(
      405,
      'METHOD_NOT_ALLOWED',
      `HTTP Method '${call.method}' not allowed. Allowed are ${allowed.join(',')}`,
    ),
    headers: { Allow: allowed.join(',') },
  };
}

/** Answers a call; refusals become answers, so that a composite call can go on. */
export function dispatch(call: Call): Answer {
  try {
    const match = routeOf(call.method, call.path);
    return match ? match.route.handle(call, match.params) : unanswered(call);
  } catch (error) {
    if (error instanceof ApiError) return refusalOf(error);
    throw error;
  }
}
