import { connect, openStore } from '../app/open-sidecar.ts';
import { check, type CheckReport } from '../diagnostics/check/check.ts';
import { type Finding, ofError, type Severity } from '../diagnostics/check/finding.ts';
import { CodedError } from '../errors/coded-error.ts';
import type { StoreRow } from '../mapping/model/config-rows.ts';
import { lookAtClaim } from '../state/state-owner.ts';
import { lookAtState, ofOrg } from './look-at-state.ts';
import { describeCheck } from './output/check.ts';
import { checkCertificate } from './sign-in-certificate.ts';

export interface CheckFlags {
  readonly json?: boolean;
  /** Warnings fail the check too. */
  readonly strict?: boolean;
  /** Looks at one list of each store. */
  readonly quick?: boolean;
}

/**
 * Checks the configuration and prints what it found.
 * @returns whether nothing is wrong
 * @throws CodedError as a sign-in, or where the org cannot be asked at all
 */
export async function runCheck(
  env: NodeJS.ProcessEnv,
  { json, strict, quick = false }: CheckFlags,
  out: NodeJS.WritableStream,
): Promise<boolean> {
  const { config, org } = connect(env);
  // First, and once: a refused sign-in counts towards the lockout of the user.
  await org.signIn();
  const looked = await ofOrg(await lookAtState(config.state), org.organizationId);
  const state = looked instanceof CodedError ? null : looked;
  const openRow = async (row: StoreRow, rows: readonly StoreRow[]) => {
    if (state !== null) await lookAtClaim(state, row, config.movedStores);
    return openStore({ config, org, rows }, row);
  };
  const twoWay = looked instanceof CodedError ? looked : (looked?.twoWay ?? null);
  let report: CheckReport;
  try {
    const found = await check({
      org,
      openStore: openRow,
      twoWay,
      quick,
      userId: () => org.userId(),
    });
    const certificate = checkCertificate(config.salesforce, env['SF_JWT_KEY_FILE'], new Date());
    report = { ...found, setup: [...found.setup, ...certificate, ...refusedState(looked)] };
  } finally {
    await state?.close();
  }
  const { error: errors, warning: warnings, hint: hints } = count(report);
  const passed = errors === 0 && !(strict && warnings > 0);
  if (json) {
    const { setup, mappings, inactive } = report;
    // The records that were looked at are customers' data, and no part of the answer.
    const stores = report.stores.map(({ store, url, findings }) => ({ store, url, findings }));
    const numbers = { passed, errors, warnings, hints, apiCalls: org.calls };
    out.write(`${JSON.stringify({ ...numbers, setup, stores, mappings, inactive }, null, 2)}\n`);
  } else {
    out.write(describeCheck(report, { errors, warnings, hints, apiCalls: org.calls }));
  }
  return passed;
}

/** What keeps the service from its state; one that a running service has is as it should be. */
export function refusedState(looked: unknown): readonly Finding[] {
  if (!(looked instanceof CodedError) || looked.code === 'STATE_LOCKED') return [];
  return [ofError('the state', looked)];
}

function count({ setup, stores, mappings }: CheckReport): Record<Severity, number> {
  const counts = { error: 0, warning: 0, hint: 0 };
  const all: readonly Finding[] = [
    setup,
    ...[...stores, ...mappings].map((one) => one.findings),
  ].flat();
  for (const { severity } of all) counts[severity] += 1;
  return counts;
}
