import type { AnyValue } from '../../xml/read-typed.ts';
import type { FieldDefinition } from '../../../model/schema.ts';

/** The `xsi:type` values with which a record may state a field's value. */
function xsiTypes(field: FieldDefinition): readonly string[] {
  switch (field.type) {
    case 'boolean':
      return ['boolean'];
    case 'double':
    case 'currency':
    case 'percent':
    case 'int':
      return ['double', 'int', 'decimal'];
    case 'date':
      return ['date'];
    case 'datetime':
      return ['dateTime'];
    default:
      return ['string'];
  }
}

const formats: Readonly<Partial<Record<FieldDefinition['type'], RegExp>>> = {
  boolean: /^(true|false)$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  datetime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/,
  email: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
};

function numberProblem(field: FieldDefinition, text: string): string | undefined {
  const match = /^[+-]?(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return `${field.name}: '${text}' is not a number`;
  const whole = (match[1] ?? '').replace(/^0+/, '').length;
  const decimals = (match[2] ?? '').replace(/0+$/, '').length;
  if (whole > field.precision - field.scale) {
    return `${field.name}: value outside of valid range on numeric field: ${text}`;
  }
  return decimals > field.scale
    ? `${field.name}: ${text} has more than ${field.scale} decimal places`
    : undefined;
}

function textProblem(field: FieldDefinition, text: string): string | undefined {
  if (field.length > 0 && field.type !== 'reference' && text.length > field.length) {
    return `${field.name}: data value too large: ${text.slice(0, 80)} (max length=${field.length})`;
  }
  const isListed = field.picklistValues.some((one) => one.active && one.value === text);
  return field.type === 'picklist' && field.restrictedPicklist && !isListed
    ? `bad value for restricted picklist field: ${text} (${field.name})`
    : undefined;
}

/** What is wrong with the value that a custom metadata record gives a field. */
export function valueProblem(field: FieldDefinition, value: AnyValue): string | undefined {
  const { text, xsiType } = value;
  if (text === undefined || text === '') return undefined;
  const wanted = xsiTypes(field);
  const given = xsiType?.replace(/^\w+:/, '');
  if (given === undefined || !wanted.includes(given)) {
    const found = given === undefined ? 'none' : `xsd:${given}`;
    return `${field.name}: the value needs xsi:type="xsd:${wanted[0] ?? ''}", not ${found}`;
  }
  const format = formats[field.type];
  if (format && !format.test(text)) return `${field.name}: '${text}' is not a ${field.type}`;
  return ['double', 'currency', 'percent', 'int'].includes(field.type)
    ? numberProblem(field, text)
    : textProblem(field, text);
}
