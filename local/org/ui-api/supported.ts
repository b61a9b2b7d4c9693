import { ApiError, resourceNotFound } from '../model/errors.ts';
import { toId18 } from '../model/ids.ts';
import type { OrgView } from '../model/org-view.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import { isSupported } from '../schema/ui-api-objects.ts';

/** @throws ApiError for an object that UI API does not know, also in a real org */
export function supported(object: ObjectDefinition): ObjectDefinition {
  if (isSupported(object)) return object;
  throw new ApiError(400, 'INVALID_TYPE', `Object ${object.name} is not supported in UI API`);
}

/** @throws ApiError 404 for an object that the org has not, 403 for one that the user may not see */
export function objectNamed(org: OrgView, name: string): ObjectDefinition {
  const whole = org.whole.object(name);
  if (!whole) throw resourceNotFound();
  supported(whole);
  const object = org.object(name);
  if (object) return object;
  throw new ApiError(
    403,
    'INSUFFICIENT_ACCESS',
    "You don't have access to this record. Ask your administrator for help or to request access.",
  );
}

export interface Located {
  readonly object: ObjectDefinition;
  /** 18 characters */
  readonly id: string;
}

/** @throws ApiError 404 for what is no id of an object that the user sees */
export function locate(org: OrgView, given = ''): Located {
  const id = toId18(given);
  const object = id === undefined ? undefined : org.objectOfId(id);
  if (id === undefined || !object) throw resourceNotFound();
  return { object: supported(object), id };
}
