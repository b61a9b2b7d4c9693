import { AccessControl } from '../../access/access-control.ts';
import { serveFlows } from '../../flow/system-records.ts';
import { createOrgData, type OrgData } from '../../data/org-data.ts';
import { seed } from '../../data/people/seed.ts';
import { OrgHost, type Outside } from '../host/org-host.ts';
import { objectsOf } from '../host/programs.ts';
import { Savepoints } from '../host/savepoints.ts';
import { compileApex } from '../runtime/compiler.ts';
import { linkProgram } from '../runtime/link/machine.ts';
import { ApexException, LimitFault } from '../runtime/run/exception.ts';
import { within } from '../runtime/run/running.ts';
import { Transaction } from '../runtime/run/transaction.ts';
import { textOf } from '../runtime/values/text.ts';
import type { Value } from '../runtime/values/value.ts';

/** An org with its users, and nothing deployed. */
function emptyOrg(): OrgData {
  const org = createOrgData();
  seed(org, {
    adminUsername: 'admin@local-org.example',
    integrationUsername: 'woo-sync@local-org.example',
    repUsername: 'rep@local-org.example',
  });
  serveFlows(org, () => {
    throw new Error('no flows here');
  });
  return org;
}

const org = emptyOrg();
const access = new AccessControl(org);
const admin = String(
  org.db.get("SELECT Id FROM User WHERE Username = 'admin@local-org.example'")?.['Id'],
);

const sourceOf = (content: string) => {
  const [, name = 'Sample'] = /\b(?:class|interface|enum)\s+(\w+)/i.exec(content) ?? [];
  return { name, content };
};

/** What the compiler says of classes: `line:column message`. */
export function problemsIn(...classes: readonly string[]): readonly string[] {
  const { problems } = compileApex(classes.map(sourceOf), objectsOf(org));
  return Object.values(problems)
    .flat()
    .map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** What a static method `run` of the first class returns, as text; of what is thrown, its type and message. */
export function returned(...classes: readonly string[]): string {
  return textOf(outcome(classes));
}

function outcome(classes: readonly string[]): Value {
  const { program, problems } = compileApex(classes.map(sourceOf), objectsOf(org));
  const [problem] = Object.values(problems).flat();
  if (problem) throw new Error(`${problem.line}:${problem.column} ${problem.message}`);
  const linked = linkProgram(program);
  const name = sourceOf(classes[0] ?? '').name;
  const found = linked.classes.find(({ outline }) => outline.name === name);
  const outside: Outside = {
    viewOf: (userId) => access.viewOf(userId),
    savepoints: new Savepoints(org.db),
    debug: () => undefined,
    callout: () => {
      throw new Error('no callouts here');
    },
    enqueueDeployment: () => {
      throw new Error('no deploys here');
    },
  };
  const transaction = new Transaction(linked, new OrgHost(admin, outside), { isTest: true });
  org.db.begin();
  try {
    return within(transaction, () => found?.statics['m_run$']?.() ?? null);
  } catch (error) {
    if (error instanceof ApexException) return `${error.toString()}\n${error.trace}`;
    if (error instanceof LimitFault) return `${error.typeName}: ${error.message}`;
    throw error;
  } finally {
    outside.savepoints.drop();
    org.db.rollback();
  }
}

/** What the statements of a method return: `return 1 + 1;` */
export const result = (statements: string, type = 'Object'): string =>
  returned(`public class Sample { public static ${type} run() { ${statements} } }`);
