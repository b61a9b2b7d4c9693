import { notEmulated, ok } from '../api/answer.ts';
import type { Route } from '../api/route.ts';

const VERSIONS = /^SELECT Definition\.DeveloperName, VersionNumber FROM Flow$/i;

/** The one query of the Tooling API that this org answers: which versions flows have. Each has one. */
export const flowVersionsRoute: Route = {
  method: 'GET',
  pattern: '/tooling/query',
  kind: 'query',
  writes: false,
  handle: (call) => {
    if (!VERSIONS.test(call.query.get('q')?.trim() ?? '')) {
      return notEmulated(call.method, call.path);
    }
    const flows = call.services.data.whole.components().filter(({ type }) => type === 'Flow');
    const records = flows.map(({ fullName }) => ({
      Definition: { DeveloperName: fullName },
      VersionNumber: 1,
    }));
    return ok({ size: records.length, totalSize: records.length, done: true, records });
  },
};
