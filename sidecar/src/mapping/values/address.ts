import { ConversionNote } from '../model/conversion-note.ts';
import { member, text } from '../model/json-shape.ts';
import type { FieldChoice, FieldSchema, ObjectSchema } from '../model/schema.ts';
import { decodeEntities } from './html-text.ts';
import { type Apply, street } from './transforms.ts';

/**
 * The field that holds the code of a state or country, such as MailingStateCode of MailingState. Only orgs
 * with state and country picklists have it.
 */
export function codeFieldOf(schema: ObjectSchema, { name }: FieldSchema): FieldSchema | undefined {
  if (!/(?:State|Country)$/.test(name)) return undefined;
  return schema.fields.get(`${name}Code`.toLowerCase());
}

/**
 * The transform `address`: states and countries become the org's codes where the field takes codes, both
 * street lines one text where the attribute is a whole address, and everything else stays as it is.
 * @param attribute in WooCommerce's words, such as `billing.state`
 */
export function addressTransform(attribute: string, field: FieldSchema): Apply {
  const [address = '', part] = attribute.split('.');
  if (part === undefined) return street;
  const choices = field.choices ?? [];
  if (part === 'country' && field.name.endsWith('CountryCode')) {
    return (value) => countryCode(value, choices);
  }
  if (part === 'state' && field.name.endsWith('StateCode')) {
    return (value, record) => stateCode(value, member(record[address], 'country'), choices);
  }
  return (value) => value;
}

function countryCode(value: unknown, choices: readonly FieldChoice[]): unknown {
  const country = plain(value);
  if (country === '') return value;
  const found = find(country, choices);
  if (found !== undefined) return found.value;
  return new ConversionNote(
    null,
    `The org's list of countries does not have "${country}", so it is left out.`,
  );
}

/** A state of another country may have the same code, so only those of the country count. */
function stateCode(value: unknown, of: unknown, choices: readonly FieldChoice[]): unknown {
  const state = plain(value);
  if (state === '') return value;
  const country = plain(of).toUpperCase();
  const own = choices.filter(({ validFor }) => validFor === null || validFor.has(country));
  const short = state.toUpperCase().startsWith(country) ? state.slice(country.length) : '';
  const found = find(state, own) ?? find(short.replace(/^-/, ''), own);
  if (found !== undefined && country !== '') return found.value;
  const where = country === '' ? 'without a country' : `of ${country}`;
  return new ConversionNote(
    null,
    `The org's list of states does not have "${state}" ${where}, so it is left out.`,
  );
}

/** A choice by its code, else by its name. */
function find(wanted: string, choices: readonly FieldChoice[]): FieldChoice | undefined {
  if (wanted === '') return undefined;
  const same = (candidate: string) => candidate.toLowerCase() === wanted.toLowerCase();
  return choices.find(({ value }) => same(value)) ?? choices.find(({ label }) => same(label));
}

function plain(value: unknown): string {
  return decodeEntities(text(value));
}
