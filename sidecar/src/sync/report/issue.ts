import { classOf, explanationOf } from '../../errors/catalogue.ts';
import type { ErrorClass } from '../../errors/explanation.ts';
import { parseKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import { changeFor } from '../../ports/change-for.ts';
import type { IssueSeen } from '../../ports/issues.ts';
import type { ErrorKind } from '../../ports/org.ts';
import { issueKey } from './issue-key.ts';
import type { HeardFailure } from './run-report.ts';

/** The issue that a failure of a record is, as far as this one failure tells. */
export function issueOf(mapping: Mapping, failure: HeardFailure): IssueSeen {
  const { resource, object } = mapping;
  const { key, recordKey, recordId = null, field = null, message } = failure;
  const codes = [...new Set(failure.code.split(', '))];
  return {
    key: issueKey(resource, object, recordKey, failure.aspect),
    ...openIssueOf(codes, failure.errorKind),
    store: parseKey(recordKey).store,
    resource,
    recordKey,
    object,
    recordId,
    field,
    wooValue: failure.wooValue ?? null,
    salesforceValue: failure.salesforceValue ?? null,
    code: codes.join(', '),
    // A guest's address is cut to what helps to find the person, where the record's key tells nothing.
    reason: key === recordKey ? message : `${key}: ${message}`,
    cure: cureOf(codes),
    change:
      failure.untilDecided === true
        ? null
        : changeFor(resource, recordKey, failure.parentKey ?? null),
    wholeKey: failure.wholeKey,
  };
}

/** What one code says of the whole failure: that it will not pass by itself, before that it may. */
const WORST_FIRST: readonly ErrorClass[] = ['permanent', 'setup', 'limit', 'login', 'retry'];

const RETRIES: Readonly<Record<ErrorClass, IssueSeen['retry']>> = {
  permanent: 'never',
  setup: 'hourly',
  limit: 'hourly',
  login: 'hourly',
  config: 'hourly',
  retry: 'backoff',
  usage: 'backoff',
};

const OF_KIND: Readonly<Record<ErrorKind, ErrorClass>> = {
  permanent: 'permanent',
  setup: 'setup',
  reference: 'retry',
  retry: 'retry',
  changed: 'retry',
};

/**
 * What kind of issue codes make, and when the record is tried again.
 * @param said what the org made of its errors: it knows more than their codes, such as the lock behind a trigger
 */
export function openIssueOf(
  codes: readonly string[],
  said?: ErrorKind,
): Pick<IssueSeen, 'kind' | 'retry'> {
  const classes = codes.map(classOf);
  const worst =
    said === undefined ? WORST_FIRST.find((one) => classes.includes(one)) : OF_KIND[said];
  const retry = RETRIES[worst ?? 'retry'];
  if (codes.includes('MATCH_AMBIGUOUS')) return { kind: 'ambiguous', retry };
  if (codes.some((code) => code.startsWith('CONFLICT_'))) return { kind: 'conflict', retry };
  return { kind: retry === 'hourly' ? 'setup' : 'failed', retry };
}

const UNKNOWN_CURE =
  'The reason is in the words of the system that refused the record. It is tried again for some days, and then only when it changes.';

function cureOf(codes: readonly string[]): string {
  const cures = new Set(codes.flatMap((code) => explanationOf(code)?.cure ?? []));
  return cures.size === 0 ? UNKNOWN_CURE : [...cures].join(' ');
}
