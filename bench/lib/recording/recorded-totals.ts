import type { Step } from './recording.ts';

interface Subrequest {
  readonly url: string;
  readonly body?: { readonly records?: readonly Readonly<Record<string, unknown>>[] };
}

/** Calls of a recorded run that carry nothing but what customers ordered: those that would not have been made without. */
export function totalsCalls(steps: readonly Step[]): number {
  return steps.filter(({ side, path, body }) => {
    if (side !== 'org' || !path.endsWith('/composite')) return false;
    const { compositeRequest } = JSON.parse(body.toString()) as {
      compositeRequest: readonly Subrequest[];
    };
    return compositeRequest.every(isOfTotals);
  }).length;
}

function isOfTotals({ url, body }: Subrequest): boolean {
  const records = body?.records ?? [];
  if (records.length === 0) return false;
  return (
    /\/sobjects\/Woo_\w+_Currency__c\//.test(url) ||
    // A record that is made or changed for something else carries its key, or other fields.
    records.every((record) => 'Woo_Orders__c' in record && !('Woo_Key__c' in record))
  );
}
