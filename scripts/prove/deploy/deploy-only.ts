import type { AdminSession } from '../../lib/install/admin-session.ts';
import { root, type SfCli } from '../../lib/sf.ts';
import type { Assumption } from '../model/assumption.ts';
import { member } from '../sides/answers.ts';
import type { RunResult } from '../run/run-probes.ts';
import { redacted } from '../report/redact.ts';
import { PERSON_ACCOUNTS, ProjectCopy, type Part } from './parts.ts';
import { validate, type Validation } from './validation.ts';
import { outcomesOf, type TriedPart } from './verdicts.ts';

interface DeployOnlyOptions {
  /** Runs the Apex tests too, once. */
  readonly tests: boolean;
  /** An org that takes no deploy without them. */
  readonly production: boolean;
  readonly stopped: AbortSignal;
  /** Told what is tried next. */
  readonly tell: (what: string) => void;
}

/** Folders that every deploy of the project has. */
const BASE: readonly Part[] = ['force-app', 'config/org'];
const JAPANESE: Part = 'config/japanese';

/** Whether the org has Person Accounts: their field is there then. @throws Error where it does not say */
async function hasPersons(session: AdminSession): Promise<boolean> {
  const path = '/services/data/v66.0/sobjects/Account/describe';
  const { status, body } = await session.request('GET', path);
  const fields = member(body, 'fields');
  if (status !== 200 || !Array.isArray(fields))
    throw new Error(`The org does not describe Account: ${status}`);
  return fields.some((field) => member(field, 'name') === 'IsPersonAccount');
}

/** Validates the project in an org that need not have it: nothing is kept there. */
export async function deployOnly(
  sf: SfCli,
  session: AdminSession,
  assumptions: readonly Assumption[],
  { tests, production, stopped, tell }: DeployOnlyOptions,
): Promise<RunResult> {
  const persons = await hasPersons(session);
  const copy = new ProjectCopy(root);
  try {
    const { username } = session;
    const one = (folders: readonly Part[], what: string, withTests: boolean) => {
      tell(what);
      return validate(sf, copy, folders, { username, tests: withTests, stopped });
    };
    const base = await one(BASE, BASE.join(' and '), tests || production);
    const japanese = await one([...BASE, JAPANESE], JAPANESE, production);
    const recipes = copy.addRecipes(persons ? [] : [PERSON_ACCOUNTS]);
    const all = await one(BASE, `${recipes.length} recipes`, production);
    const parts: readonly TriedPart[] = [
      ...[...BASE, JAPANESE, ...recipes].map((part) => ({ part, untried: null })),
      ...(persons
        ? []
        : [{ part: PERSON_ACCOUNTS, untried: 'The org has no Person Accounts; not tried.' }]),
    ];
    return resultOf(parts, [base, japanese, all], assumptions, [copy.folder, username]);
  } finally {
    copy.remove();
  }
}

function resultOf(
  parts: readonly TriedPart[],
  validations: readonly Validation[],
  assumptions: readonly Assumption[],
  known: readonly string[],
): RunResult {
  const ran = validations.map(({ tests }) => tests).filter((one) => one !== null);
  const outcomes = outcomesOf(
    parts,
    validations.flatMap(({ failures }) => failures),
    ran.length === 0 ? null : [...new Set(ran.flat())],
    assumptions,
  );
  return {
    outcomes: outcomes.map((one) => ({ ...one, detail: redacted(one.detail, known) })),
    calls: validations.length + 1,
    mark: '',
    hosts: [],
    leftBehind: null,
  };
}
