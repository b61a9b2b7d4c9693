import { type Answer, ok } from '../api/answer.ts';
import { type Call, objectAt } from '../api/call.ts';
import type { RequestKind } from '../api/request-log.ts';
import type { Route } from '../api/route.ts';
import type { ObjectRights } from '../model/access.ts';
import { NEWEST_VERSION } from '../model/api-version.ts';
import { resourceNotFound } from '../model/errors.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import { describeObject, describeSummary } from '../schema/describe.ts';
import { recordTypeInfos } from './record-types.ts';

/** Releases that the org says it speaks; older ones work too, as in a real org. */
const releases = [
  ['Spring ’26', '66.0'],
  ['Summer ’26', '67.0'],
  ['Winter ’27', '68.0'],
] as const;
const oldest = 31;

/** The answer to `/services/data`, which needs no session. */
export function versions(): Answer {
  return ok(
    releases.map(([label, version]) => ({ label, url: `/services/data/v${version}`, version })),
  );
}

export function isVersion(text: string): boolean {
  const number = Number(/^v(\d+)\.0$/.exec(text)?.[1]);
  return number >= oldest && number <= NEWEST_VERSION;
}

const get = (pattern: string, kind: RequestKind, handle: Route['handle']): Route => ({
  method: 'GET',
  pattern,
  kind,
  writes: false,
  handle,
});

function resources(call: Call): Answer {
  const root = `/services/data/${call.version}`;
  const names = ['sobjects', 'query', 'queryAll', 'limits', 'composite', 'metadata'];
  const { organizationId } = call.services;
  return ok({
    identity: `${call.base}/id/${organizationId()}/${call.session.user.id}`,
    ...Object.fromEntries(names.map((name) => [name, `${root}/${name}`])),
  });
}

function limits(call: Call): Answer {
  const { log } = call.services;
  const { dailyLimit } = log;
  const remaining = Math.max(0, dailyLimit - log.totals().billed);
  return ok({
    DailyApiRequests: { Max: dailyLimit, Remaining: remaining },
    // A scratch org's. What records take is not counted.
    DataStorageMB: { Max: 200, Remaining: 200 },
    FileStorageMB: { Max: 20, Remaining: 20 },
  });
}

const rightsOf = (call: Call, object: ObjectDefinition): ObjectRights | undefined =>
  call.services.data.access?.rights(object);

function sobjects(call: Call): Answer {
  const all = [...call.services.data.schema().values()];
  return ok({
    encoding: 'UTF-8',
    maxBatchSize: 200,
    sobjects: all.map((object) => describeSummary(object, call.version, rightsOf(call, object))),
  });
}

function sobject(call: Call, params: Readonly<Record<string, string>>): Answer {
  const object = objectAt(call, params['object']);
  const objectDescribe = describeSummary(object, call.version, rightsOf(call, object));
  return ok({ objectDescribe, recentItems: [] });
}

function describe(call: Call, params: Readonly<Record<string, string>>): Answer {
  const object = objectAt(call, params['object']);
  const rights = rightsOf(call, object);
  const described = describeObject(call.services.data.schema(), object, call.version, rights);
  return ok({ ...described, recordTypeInfos: recordTypeInfos(call.services.data, object) });
}

export const aboutRoutes: readonly Route[] = [
  get('/', 'other', resources),
  get('/limits', 'limits', limits),
  get('/sobjects', 'describe', sobjects),
  get('/sobjects/:object', 'describe', sobject),
  get('/sobjects/:object/describe', 'describe', describe),
  // The CLI asks whether changes in Setup are tracked; this org tracks none, as production does not.
  get('/tooling/sobjects/SourceMember/describe', 'describe', () => {
    throw resourceNotFound();
  }),
];
