import { countries, type Country } from '../schema/address-lists.ts';
import { addressPrefixes } from '../schema/address-picklists.ts';
import type { Row, SqlValue } from '../lib/database.ts';
import { saveError, type SaveError } from '../model/errors.ts';
import { before, type Change, type ObjectRule } from '../model/object-rule.ts';

const byCode = new Map(countries.map((one) => [one.code, one]));
const byName = new Map(countries.map((one) => [one.name.toLowerCase(), one]));

/** The names of one address's parts, and how errors call them. */
interface Parts {
  readonly country: string;
  readonly countryCode: string;
  readonly state: string;
  readonly stateCode: string;
  /** `Mailing `, or nothing for the address of a lead. */
  readonly label: string;
}

const partsOf = (prefix: string): Parts => ({
  country: `${prefix}Country`,
  countryCode: `${prefix}CountryCode`,
  state: `${prefix}State`,
  stateCode: `${prefix}StateCode`,
  label: prefix === '' ? '' : `${prefix} `,
});

const refused = (message: string, field: string): SaveError =>
  saveError('FIELD_INTEGRITY_EXCEPTION', message, field);

const given = (change: Change, name: string): SqlValue | undefined => change.values.get(name);

function unknownCountry(parts: Parts, field: string): SaveError {
  const suffix = field === parts.countryCode ? ' Code' : '';
  return refused(
    "There's a problem with this country, even though it may appear correct. Please select a " +
      `country/territory from the list of valid countries.: ${parts.label}Country/Territory${suffix}`,
    field,
  );
}

/** The country that the address will have; null for none. */
function countryOf(change: Change, old: Row, parts: Parts): Country | null | SaveError {
  const [code, name] = [given(change, parts.countryCode), given(change, parts.country)];
  if (typeof code === 'string') {
    const country = byCode.get(code.toUpperCase());
    if (!country) return unknownCountry(parts, parts.countryCode);
    const fits = typeof name !== 'string' || name.toLowerCase() === country.name.toLowerCase();
    return fits ? country : unknownCountry(parts, parts.country);
  }
  if (typeof name === 'string') {
    return byName.get(name.toLowerCase()) ?? unknownCountry(parts, parts.country);
  }
  if (code === null || name === null) return null;
  return byCode.get(String(old[parts.countryCode] ?? '')) ?? null;
}

const unknownState = (parts: Parts): SaveError =>
  refused(
    "There's a problem with this state, even though it may appear correct. Please select a state " +
      `from the list of valid states.: ${parts.label}State/Province`,
    parts.state,
  );

/** Code and name of the state that the address will have. */
function stateOf(
  change: Change,
  old: Row,
  parts: Parts,
  country: Country | null,
): readonly [string, string] | null | SaveError {
  const [code, name] = [given(change, parts.stateCode), given(change, parts.state)];
  const kept = code === undefined && name === undefined ? (old[parts.stateCode] ?? null) : null;
  const wanted = code ?? kept;
  if (wanted === null && typeof name !== 'string') return null;
  if (!country) {
    return refused(
      `A country/territory must be specified before specifying a state value for field: ${parts.label}State/Province`,
      parts.state,
    );
  }
  if (wanted === null) {
    const text = String(name).toLowerCase();
    return [...country.states].find(([, one]) => one.toLowerCase() === text) ?? unknownState(parts);
  }
  const known = country.states.get(String(wanted).toUpperCase());
  if (known !== undefined) {
    const fits = typeof name !== 'string' || name.toLowerCase() === known.toLowerCase();
    return fits ? [String(wanted).toUpperCase(), known] : unknownState(parts);
  }
  return refused(
    "The existing country/territory doesn't recognize the state value for field: " +
      `${parts.label}State/Province Code`,
    parts.stateCode,
  );
}

function complete(change: Change, old: Row, parts: Parts): SaveError | undefined {
  const country = countryOf(change, old, parts);
  if (country && 'statusCode' in country) return country;
  const state = stateOf(change, old, parts, country);
  if (state && 'statusCode' in state) return state;
  change.values
    .set(parts.country, country?.name ?? null)
    .set(parts.countryCode, country?.code ?? null)
    .set(parts.state, state?.[1] ?? null)
    .set(parts.stateCode, state?.[0] ?? null);
  return undefined;
}

/** State and country picklists: texts and codes agree with the lists and with each other. */
export const addressRule: ObjectRule = {
  complete(change) {
    for (const parts of addressPrefixes(change.object).map(partsOf)) {
      const names = [parts.country, parts.countryCode, parts.state, parts.stateCode];
      if (!names.some((name) => change.values.has(name))) continue;
      const refusal = complete(change, before(change), parts);
      if (refusal) return refusal;
    }
    return undefined;
  },
};
