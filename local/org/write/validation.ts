import type { ValidationRule } from '@salesforce/types/metadata';
import type { Component } from '../model/deploy-target.ts';
import { FormulaFault } from '../formula/formula.ts';
import type { Caller } from '../model/caller.ts';
import { saveError, type SaveError } from '../model/errors.ts';
import { compiledFormula, scopeOf, subjectOf, type Subject } from '../data/formulas.ts';
import type { WholeOrg } from '../model/org-view.ts';
import type { Change } from '../model/object-rule.ts';

interface Rule {
  readonly name: string;
  readonly body: ValidationRule;
}

const isRule = (one: Component): one is Component & { readonly body: ValidationRule } =>
  one.type === 'ValidationRule';

interface Kept {
  readonly revision: number;
  /** By lower-case name of the object. */
  readonly rules: ReadonlyMap<string, readonly Rule[]>;
}

const keptBy = new WeakMap<WholeOrg, Kept>();

function activeRules(org: WholeOrg): Kept['rules'] {
  const known = keptBy.get(org);
  if (known?.revision === org.revision) return known.rules;
  const rules = new Map<string, Rule[]>();
  for (const { fullName, body } of org.components().filter(isRule)) {
    if (!body.active) continue;
    const at = fullName.indexOf('.');
    const object = fullName.slice(0, at).toLowerCase();
    rules.set(object, [...(rules.get(object) ?? []), { name: fullName.slice(at + 1), body }]);
  }
  for (const some of rules.values()) some.sort((one, other) => (one.name < other.name ? -1 : 1));
  keptBy.set(org, { revision: org.revision, rules });
  return rules;
}

function refusalOf(rule: Rule, subject: Subject): SaveError | undefined {
  const { errorConditionFormula, errorMessage, errorDisplayField } = rule.body;
  const use = { context: 'validation', blanksAreZero: false } as const;
  const condition = compiledFormula(subject.org, subject.object, errorConditionFormula, use);
  try {
    if (condition.run(scopeOf(subject)) !== true) return undefined;
  } catch (error) {
    if (!(error instanceof FormulaFault)) throw error;
    const message = `Validation Formula "${rule.name}" Invalid (${error.message})`;
    return saveError('FIELD_CUSTOM_VALIDATION_EXCEPTION', message);
  }
  const fields = errorDisplayField === undefined ? [] : [errorDisplayField];
  return saveError('FIELD_CUSTOM_VALIDATION_EXCEPTION', errorMessage, ...fields);
}

/** What the first validation rule says that holds for the record as it will be. */
export function validationRefusal(change: Change, caller: Caller): SaveError | undefined {
  const rules = activeRules(change.org).get(change.object.name.toLowerCase());
  if (!rules) return undefined;
  const subject = subjectOf(change, caller);
  for (const rule of rules) {
    const refused = refusalOf(rule, subject);
    if (refused) return refused;
  }
  return undefined;
}
