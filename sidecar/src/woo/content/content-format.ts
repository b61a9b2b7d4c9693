import type { WooRecord } from '../../mapping/model/record.ts';
import type { WooParams } from '../types.ts';

/** Names of dates as WooCommerce has them, and as WordPress does. */
const DATES: Readonly<Record<string, string>> = {
  date_modified_gmt: 'modified_gmt',
  date_created_gmt: 'date_gmt',
};

/** What WordPress does not send: it is made here. */
const MADE: ReadonlySet<string> = new Set(['content_type', 'store']);

/** Parameters of a list of WooCommerce as WordPress takes them: it reads dates without a zone as time of the site. */
export function toWordPress(params: WooParams): WooParams {
  const { dates_are_gmt: _gmt, ...asked } = params;
  return Object.fromEntries(
    Object.entries(asked).map(([name, value]) => {
      if (/(?:after|before)$/.test(name)) return [name, `${value}Z`];
      return [name, name === '_fields' ? fieldsOf(value) : value];
    }),
  );
}

function fieldsOf(names: string): string {
  const asked = names.split(',').filter((name) => !MADE.has(name));
  return [...new Set(asked.map((name) => DATES[name] ?? name))].join(',');
}

/** A record of WordPress with its type, and its dates as those of WooCommerce's records are named too. */
export function fromWordPress(type: string, record: WooRecord): WooRecord {
  const dates = Object.entries(DATES).flatMap(([ours, theirs]) =>
    theirs in record && !(ours in record) ? [[ours, record[theirs]] as const] : [],
  );
  return { ...record, ...Object.fromEntries(dates), content_type: type };
}
