/** Longest developer name of a component, without `__c`. */
const nameLimit = 40;

const nameSentence =
  'can only contain underscores and alphanumeric characters. It must begin with a letter, ' +
  'not include spaces, not end with an underscore, and not contain two consecutive underscores.';

/**
 * What is wrong with an API name; undefined when it is a good one.
 * @param name without `__c` or `__mdt`
 */
export function nameProblem(name: string, limit = nameLimit): string | undefined {
  if (!/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(name)) return `The name '${name}' ${nameSentence}`;
  return name.length > limit
    ? `The name '${name}' has ${name.length} characters; at most ${limit} are allowed.`
    : undefined;
}

/** What is wrong with a label; undefined when it is a good one. */
export function labelProblem(
  type: string,
  label: string | undefined,
  limit: number,
): string | undefined {
  if (label === undefined || label.trim() === '') {
    return `Must specify a non-empty label for the ${type}`;
  }
  return label.length > limit
    ? `Value too long for field: label, maximum length is: ${limit} (it has ${label.length})`
    : undefined;
}

/** What is wrong with a text that may be left out. */
export function textProblem(
  element: string,
  text: string | undefined,
  limit: number,
): string | undefined {
  return text !== undefined && text.length > limit
    ? `Value too long for field: ${element}, maximum length is: ${limit} (it has ${text.length})`
    : undefined;
}
