import type { Caller } from '../model/caller.ts';
import type { Call } from './call.ts';

const firstVersionWithDuplicateHeader = 52;

/** `allowSave=true; includeRecordDetails=false` as pairs, names in lower case. */
function parts(header: string): ReadonlyMap<string, string> {
  return new Map(
    header.split(/[;,]/).map((part) => {
      const [name = '', value = ''] = part.split('=');
      return [name.trim().toLowerCase(), value.trim().toLowerCase()];
    }),
  );
}

/** Who writes in this call, and what its headers say about duplicates. */
export function callerOf(call: Call): Caller {
  const number = Number(call.version.slice(1));
  const header = number < firstVersionWithDuplicateHeader ? '' : duplicateHeader(call);
  const asked = parts(header);
  return {
    userId: call.session.user.id,
    saveDuplicates: asked.get('allowsave') === 'true',
    duplicateDetails: asked.get('includerecorddetails') === 'true',
    version: call.version,
  };
}

const duplicateHeader = (call: Call): string => call.headers['sforce-duplicate-rule-header'] ?? '';
