import type { Answer } from '../../api/answer.ts';
import type { MetadataRequest } from './request.ts';
import type { OrgUser } from '../../api/sessions.ts';
import { deployStatusByRest, startDeployByRest, startValidatedByRest } from './rest.ts';
import { handleMetadataSoap, type MetadataServices } from './soap.ts';

/** One kind of Metadata call. REST routes get the signed-in user, SOAP finds it by itself. */
export interface MetadataRoute {
  readonly method: string;
  readonly path: RegExp;
  answer(
    request: MetadataRequest,
    match: readonly string[],
    services: MetadataServices,
    userOf: (token: string) => OrgUser | undefined,
  ): Answer;
}

/** @throws ApiError for a user who may not use the Metadata API */
function signedIn(request: MetadataRequest, services: MetadataServices): OrgUser {
  const { user } = request;
  if (user) {
    const refused = services.refusalFor(user);
    if (refused) throw refused;
    return user;
  }
  throw new Error('The gateway lets no REST call without a session through to the Metadata API.');
}

/** All Metadata calls that the local org answers. */
export const metadataRoutes: readonly MetadataRoute[] = [
  {
    method: 'POST',
    path: /^\/services\/Soap\/m\/\d+(?:\.0)?(?:\/\w+)?$/,
    answer: (request, _match, services, userOf) =>
      handleMetadataSoap(request.body.toString('utf8'), services, userOf),
  },
  {
    method: 'POST',
    path: /^\/services\/data\/v\d+\.0\/metadata\/deployRequest\/?$/,
    answer: (request, _match, services) => {
      const { body, headers } = request;
      const type = headers['content-type'] ?? '';
      const user = signedIn(request, services);
      return type.startsWith('application/json')
        ? startValidatedByRest(body, user, services)
        : startDeployByRest(body, type, user, services);
    },
  },
  {
    method: 'GET',
    path: /^\/services\/data\/v\d+\.0\/metadata\/deployRequest\/(\w+)$/,
    answer: (request, [, id = ''], services) => {
      signedIn(request, services);
      return deployStatusByRest(id, request.query.get('includeDetails') === 'true', services);
    },
  },
];
