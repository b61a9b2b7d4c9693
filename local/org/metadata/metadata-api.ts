import { notEmulated } from '../api/answer.ts';
import type { MetadataApi } from './answer/request.ts';
import type { MetadataServices } from './answer/soap.ts';
import type { Jobs } from './deploy/jobs.ts';
import { Retrieves } from './retrieve/retrieves.ts';
import { metadataRoutes } from './answer/routes.ts';
import type { MetadataTarget } from './plan/target.ts';

/**
 * What answers the Metadata API of an org, by SOAP and by REST; routes.ts lists the calls.
 * @param refusalFor why a user may not use it; undefined when it may
 */
export function createMetadataApi(
  target: MetadataTarget,
  now: () => Date,
  refusalFor: MetadataServices['refusalFor'],
  jobs: Jobs,
): MetadataApi {
  const services: MetadataServices = {
    target,
    now,
    jobs,
    retrieves: new Retrieves(target, now),
    refusalFor,
  };
  return {
    handle(request, userOf) {
      for (const route of metadataRoutes) {
        if (route.method !== request.method) continue;
        const match = route.path.exec(request.path);
        if (match) return route.answer(request, match, services, userOf);
      }
      return notEmulated(request.method, request.path);
    },
  };
}
