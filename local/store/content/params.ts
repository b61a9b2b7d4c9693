import { recordedFile } from '../core/recordings.ts';
import type { ParamSpecs } from '../rest/request/params.ts';

const recorded = recordedFile('schema/wordpress-params.json') as Record<string, ParamSpecs>;

/** The recorded rules for a read of WordPress' own routes, by the last part of the list's path; `post`, `term`, `user` and `type` are single reads. */
export function wordPressParams(name: string): ParamSpecs {
  const specs = recorded[name];
  if (specs === undefined) {
    throw new Error(`The recordings hold no parameters for ${name}.`);
  }
  return specs;
}
