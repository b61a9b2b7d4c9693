import type { Action, DuplicateRule } from '../model/duplicate-rule.ts';
import { ApiError } from '../model/errors.ts';

const person = (mailing: string, company: string): DuplicateRule['match'] =>
  [
    ['Title', company],
    ['Email'],
    ['Phone', company],
    [`${mailing}Street`, `${mailing}City`],
    [`${mailing}Street`, `${mailing}PostalCode`],
    [`${mailing}Street`, 'Phone'],
    [`${mailing}Street`, 'Title'],
    ['Title', 'Email'],
    ['Phone'],
  ].map((names) => ['FirstName', 'LastName', ...names]);

const standard = (
  object: string,
  matching: string,
  match: DuplicateRule['match'],
): DuplicateRule => ({
  name: `Standard_${object}_Duplicate_Rule`,
  matchingRule: matching,
  object,
  onCreate: 'alert',
  onEdit: 'allow',
  match,
});

/** The rules that are active in a new org. Spellings are compared exactly, where a real org forgives some. */
const standardRules: readonly DuplicateRule[] = [
  standard('Account', 'Standard_Account_Match_Rule_v1_0', [
    ['Name', 'BillingStreet'],
    ['Name', 'BillingCity', 'BillingState'],
    ['Name', 'BillingPostalCode'],
    ['Name', 'Phone'],
    ['Website', 'Phone'],
    ['Website', 'BillingStreet'],
  ]),
  standard('Contact', 'Standard_Contact_Match_Rule_v1_1', person('Mailing', 'AccountId')),
  standard('Lead', 'Standard_Lead_Match_Rule_v1_0', person('', 'Company')),
];

const invalid = (message: string): ApiError => new ApiError(400, 'INVALID_INPUT', message);

function actionOf(name: string, value: unknown): Action {
  const action = (['allow', 'alert', 'block'] as const).find((one) => one === value);
  if (action !== undefined) return action;
  throw invalid(`${name} is ${JSON.stringify(value)}: give allow, alert or block.`);
}

function fieldLists(value: unknown, isField: (name: string) => boolean): DuplicateRule['match'] {
  const lists: unknown = Array.isArray(value) && value.length > 0 ? value : undefined;
  if (!Array.isArray(lists)) throw invalid('match must be a list of lists of field names.');
  return lists.map((list: unknown) => {
    const names: unknown[] = Array.isArray(list) ? list : [];
    const bad = names.find((name) => typeof name !== 'string' || !isField(name));
    if (names.length === 0 || bad !== undefined) {
      throw invalid(
        `match names ${JSON.stringify(bad ?? list)}, which is no field of the object: give a list of lists of field names.`,
      );
    }
    return names.map(String);
  });
}

/**
 * Reads a rule as `POST /local/duplicate-rules` is sent.
 * @param fieldsOf names of the object's fields; undefined for an object that the org has not
 * @throws ApiError 400 with a sentence
 */
export function readDuplicateRule(
  body: Readonly<Record<string, unknown>>,
  fieldsOf: (object: string) => readonly string[] | undefined,
): DuplicateRule {
  const options = ['name', 'object', 'onCreate', 'onEdit', 'match'];
  const stranger = Object.keys(body).find((name) => !options.includes(name));
  if (stranger !== undefined) {
    throw invalid(`A duplicate rule has no option ${stranger}: it takes ${options.join(', ')}.`);
  }
  const { name, object } = body;
  if (typeof name !== 'string' || !/^[A-Za-z]\w*$/.test(name)) {
    throw invalid(`name is ${JSON.stringify(name)}: give letters, digits and underscores.`);
  }
  const fields = typeof object === 'string' ? fieldsOf(object) : undefined;
  if (typeof object !== 'string' || !fields) {
    throw invalid(
      `object is ${JSON.stringify(object)}: give the API name of an object that the org has.`,
    );
  }
  return {
    name,
    matchingRule: `${name}_Match`,
    object,
    onCreate: actionOf('onCreate', body['onCreate']),
    onEdit: actionOf('onEdit', body['onEdit'] ?? 'allow'),
    match: fieldLists(body['match'], (one) => fields.includes(one)),
  };
}

/** The active duplicate rules of an org. */
export class DuplicateRules {
  private active = [...standardRules];

  list(): readonly DuplicateRule[] {
    return this.active;
  }

  /** Adds a rule, or replaces the one of that name. */
  put(rule: DuplicateRule): void {
    this.active = [...this.active.filter((one) => one.name !== rule.name), rule];
  }

  /** Back to the rules of a new org, or to none. */
  reset(rules: readonly DuplicateRule[] = standardRules): void {
    this.active = [...rules];
  }

  of(object: string): readonly DuplicateRule[] {
    return this.active.filter((one) => one.object === object);
  }
}
