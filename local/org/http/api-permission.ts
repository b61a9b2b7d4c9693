import type { AccessControl } from '../access/access-control.ts';
import { ApiError } from '../model/errors.ts';
import type { OrgUser } from '../api/sessions.ts';

/** Why the user may not use any API; it is the user who lacks it, though the message blames the org. */
export function apiRefusal(access: AccessControl, user: OrgUser): ApiError | undefined {
  if (access.viewOf(user.id).access.has('ApiEnabled')) return undefined;
  return new ApiError(
    403,
    'API_DISABLED_FOR_ORG',
    'The REST API is not enabled for this Organization.',
  );
}

/** Why the user may not use the Metadata API. */
export function metadataRefusal(access: AccessControl, user: OrgUser): ApiError | undefined {
  const rights = access.viewOf(user.id).access;
  if (rights.has('ModifyAllData') || rights.has('ModifyMetadata')) {
    return apiRefusal(access, user);
  }
  return new ApiError(
    403,
    'INSUFFICIENT_ACCESS',
    'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions',
  );
}
