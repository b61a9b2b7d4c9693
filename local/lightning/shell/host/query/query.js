import LOCALE from '@salesforce/i18n/locale';

/** GraphQL for lists of records, made from list views and layouts. */

const operators = {
  equals: 'eq',
  notEqual: 'ne',
  greaterThan: 'gt',
  greaterOrEqual: 'gte',
  lessThan: 'lt',
  lessOrEqual: 'lte',
  contains: 'like',
  startsWith: 'like',
};

const patterns = { contains: (value) => `%${value}%`, startsWith: (value) => `${value}%` };

const numberTypes = new Set(['Double', 'Int', 'Currency', 'Percent', 'Long']);
const timeTypes = new Set(['Date', 'DateTime']);

/** `LAST_N_DAYS:30` is a range, `THIS_MONTH` a literal, all else a moment. */
function timeOperand(value) {
  const [, unit, count] = /^(\w+):(\d+)$/.exec(value) ?? [];
  if (unit) return `{ range: { ${unit.toLowerCase()}: ${count} } }`;
  return /^[A-Z_0-9]+$/.test(value) && /[A-Z]/.test(value)
    ? `{ literal: ${value} }`
    : `{ value: ${JSON.stringify(value)} }`;
}

function operand(value, type) {
  if (type === 'Boolean') return String(value === '1' || value.toLowerCase() === 'true');
  if (numberTypes.has(type)) return String(Number(value));
  return timeTypes.has(type) ? timeOperand(value) : JSON.stringify(value);
}

/**
 * The condition of a list view's filter.
 * @param info of the field, as UI API gives it
 * @throws Error for an operation or a field that cannot be asked for
 */
export function conditionOf({ field, operation, value }, info) {
  const operator = operators[operation];
  if (info && value === '' && ['eq', 'ne'].includes(operator))
    return `{ ${field}: { ${operator}: null } }`;
  if (!info || !operator) throw new Error(`${field} ${operation} ${value}`);
  const shaped = patterns[operation] ?? ((text) => text);
  const several = value.split(',').filter((one) => one !== '');
  if (operator === 'eq' && several.length > 1 && !timeTypes.has(info.dataType)) {
    return `{ ${field}: { in: [${several.map((one) => operand(one, info.dataType)).join(', ')}] } }`;
  }
  return `{ ${field}: { ${operator}: ${operand(shaped(value), info.dataType)} } }`;
}

/** A lookup to one object, whose name is shown in place of the id. */
const isNamed = (info) =>
  info.reference && Boolean(info.relationshipName) && info.referenceToInfos.length === 1;

/** The field that names a record: people have several, of which `Name` is all of them. */
export function nameFieldOf(nameFields) {
  return nameFields.includes('Name') ? 'Name' : (nameFields[0] ?? 'Name');
}

/** Owners are users or queues, which both have a name; other lookups to several objects need not. */
const isOwner = (info) => info.reference && info.relationshipName === 'Owner';

const parentNameOf = (info) => nameFieldOf(info.referenceToInfos[0].nameFields);

function selectionOf(field, info) {
  if (field === 'Id') return '';
  const plain = `${field} { value displayValue }`;
  if (!isNamed(info)) return plain;
  return `${plain} ${info.relationshipName} { Id ${parentNameOf(info)} { value } }`;
}

/**
 * The part of a query that asks for an object's records.
 * @param options `alias`, `columns`, `where` and `orderBy` as GraphQL, `first`, `after` as the name of a variable
 */
export function listQuery(objectInfo, { alias, columns, where, orderBy, first, after }) {
  const known = columns.filter((field) => objectInfo.fields[field]);
  const options = [
    `first: ${first}`,
    after && `after: ${after}`,
    where && `where: ${where}`,
    orderBy && `orderBy: ${orderBy}`,
  ].filter(Boolean);
  const fields = known.map((field) => selectionOf(field, objectInfo.fields[field])).join(' ');
  const name = alias ? `${alias}: ${objectInfo.apiName}` : objectInfo.apiName;
  return `${name}(${options.join(', ')}) {
  totalCount pageInfo { hasNextPage endCursor } edges { node { Id ${fields} } }
}`;
}

/**
 * The fields that `getRecord` is asked for, names of lookups with them: `Contact.AccountId`, `Contact.Account.Name`.
 * @param fields API names; those that the object does not have, or that the user may not see, are left out
 */
export function recordFields(objectInfo, fields) {
  return [...new Set(fields)]
    .filter((field) => objectInfo.fields[field])
    .flatMap((field) => {
      const info = objectInfo.fields[field];
      const name = `${objectInfo.apiName}.${field}`;
      if (!isNamed(info) && !isOwner(info)) return [name];
      return [name, `${objectInfo.apiName}.${info.relationshipName}.${parentNameOf(info)}`];
    });
}

/** Numbers that stand to the right in a table, as in an org's. */
export const isNumber = ({ dataType }) => numberTypes.has(dataType);

/** `1,767.03`: with as many decimals as the field has, as pages show it, where GraphQL says `217.3`; money has a text of the org's. */
function numberText(value, info) {
  if (typeof value !== 'number' || !isNumber(info) || info.dataType === 'Currency')
    return undefined;
  const { scale = 0 } = info;
  const decimals = { minimumFractionDigits: scale, maximumFractionDigits: scale };
  const text = new Intl.NumberFormat(LOCALE, decimals).format(value);
  return info.dataType === 'Percent' ? `${text}%` : text;
}

/** The order of a list by a column; a lookup's is that of the names. */
export function orderOf(field, info, isDescending) {
  const order = `{ order: ${isDescending ? 'DESC' : 'ASC'} }`;
  if (!isNamed(info)) return `{ ${field}: ${order} }`;
  return `{ ${info.relationshipName}: { ${parentNameOf(info)}: ${order} } }`;
}

/**
 * What a field shows, from a record of UI API or a node of GraphQL, which have the same form.
 * @returns `{ value, text, info, link }`; `link` is the id of a lookup's record whose name is known
 */
export function cellOf(values, field, info) {
  const { value, displayValue } = values[field] ?? {};
  const parent = info.relationshipName ? values[info.relationshipName] : undefined;
  const parentValues = parent?.value?.fields ?? parent;
  const name =
    parent && (isNamed(info) || isOwner(info))
      ? parentValues?.[parentNameOf(info)]?.value
      : undefined;
  const text = name ?? numberText(value, info) ?? displayValue ?? value;
  return { value, text, info, link: name ? value : undefined };
}

/** A field's label; a lookup's is that of the record it leads to: `Account`, not `Account ID`. */
export const labelOf = ({ label, reference }) => (reference ? label.replace(/ ID$/, '') : label);
