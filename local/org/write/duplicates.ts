import type { WholeOrg } from '../model/org-view.ts';
import { quoted, type Row, type SqlValue } from '../lib/database.ts';
import type { Caller } from '../model/caller.ts';
import type { DuplicateRule } from '../model/duplicate-rule.ts';
import { type DuplicateResult, saveError, type SaveError } from '../model/errors.ts';
import type { ObjectDefinition } from '../model/schema.ts';
import { wholeOf } from '../model/whole-object.ts';

const shown = 10;

/** The fields to compare by a list, or undefined where the record has too little to be compared. */
function comparable(
  list: readonly string[],
  value: (name: string) => SqlValue,
): readonly string[] | undefined {
  const filled = list.filter((name) => value(name) !== null);
  if (filled.length === list.length) return filled;
  const byEmail = filled.includes('Email') && filled.length > 1;
  return byEmail ? filled : undefined;
}

function matches(
  org: WholeOrg,
  object: ObjectDefinition,
  rule: DuplicateRule,
  id: string | undefined,
  value: (name: string) => SqlValue,
): readonly string[] {
  const found = new Set<string>();
  for (const list of rule.match) {
    const names = comparable(list, value);
    if (!names) continue;
    const same = names.map((name) => `${quoted(name)} = ?`).join(' AND ');
    const rows = org.db.all(
      `SELECT Id FROM ${quoted(object.name)} WHERE ${same} AND IsDeleted = 0 AND Id <> ? LIMIT ${shown}`,
      ...names.map(value),
      id ?? '',
    );
    for (const row of rows) found.add(String(row['Id']));
  }
  return [...found].slice(0, shown);
}

function recordOf(
  org: WholeOrg,
  caller: Caller,
  object: ObjectDefinition,
  id: string,
): Record<string, unknown> {
  const url = `/services/data/${caller.version ?? 'v66.0'}/sobjects/${object.name}/${id}`;
  const row: Row = caller.duplicateDetails === true ? (org.row(object, id) ?? {}) : {};
  const filled = Object.entries(row).filter(([, value]) => value !== null);
  return { attributes: { type: object.name, url }, ...Object.fromEntries(filled), Id: id };
}

/** What the rule found, in the shape of the documentation. */
function resultOf(
  org: WholeOrg,
  caller: Caller,
  object: ObjectDefinition,
  rule: DuplicateRule,
  action: 'alert' | 'block',
  ids: readonly string[],
): DuplicateResult {
  return {
    allowSave: action === 'alert',
    duplicateRule: rule.name,
    duplicateRuleEntityType: object.name,
    errorMessage: 'Use one of these records?',
    matchResults: [
      {
        entityType: object.name,
        errors: [],
        matchEngine: 'FuzzyMatchEngine',
        matchRecords: ids.map((id) => ({
          additionalInformation: [],
          fieldDiffs: [],
          matchConfidence: 100,
          record: recordOf(org, caller, object, id),
        })),
        rule: rule.matchingRule,
        size: ids.length,
        success: true,
      },
    ],
  };
}

/** Why duplicate rules stop the record; an alert lets it pass when the call says so. */
export function duplicateRefusal(
  org: WholeOrg,
  caller: Caller,
  seen: ObjectDefinition,
  id: string | undefined,
  values: ReadonlyMap<string, SqlValue>,
): SaveError | undefined {
  const object = wholeOf(seen);
  const rules = org.duplicateRules.of(object.name);
  if (rules.length === 0) return undefined;
  const old = id === undefined ? {} : (org.row(object, id) ?? {});
  const value = (name: string): SqlValue =>
    (values.has(name) ? values.get(name) : old[name]) ?? null;
  // The rules of a new org are for business accounts; those for persons must be switched on, and are not here.
  if (value('IsPersonAccount') === 1) return undefined;
  for (const rule of rules) {
    const action = id === undefined ? rule.onCreate : rule.onEdit;
    if (action === 'allow' || (action === 'alert' && caller.saveDuplicates === true)) continue;
    const ids = matches(org, object, rule, id, value);
    if (ids.length === 0) continue;
    return {
      ...saveError('DUPLICATES_DETECTED', 'Use one of these records?'),
      duplicateResult: resultOf(org, caller, object, rule, action, ids),
    };
  }
  return undefined;
}
