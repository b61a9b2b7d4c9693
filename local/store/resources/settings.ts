import { FieldFilter } from '../rest/request/fields.ts';
import { notEmulated, ok } from '../rest/response/reply.ts';
import type { Reply } from '../rest/response/reply.ts';
import type { Call, Route } from '../rest/route.ts';
import { recordedBody } from '../core/recordings.ts';
import type { SiteZone } from '../core/zone.ts';

const groups = ['general', 'products', 'tax'] as const;

/** Settings of the groups that were recorded, and the system status (cut as the recording is). */
export function settingRoutes(): Route[] {
  const settings = new Map<string | undefined, unknown>(
    groups.map((group) => [group, recordedBody(`settings/${group}.json`)]),
  );
  const status = recordedBody('settings/system-status-trimmed.json') as object;
  const currency = recordedBody('settings/currency-current.json') as object;
  return [
    {
      pattern: '/wc/v3/settings/(?P<group_id>[\\w-]+)',
      params: {},
      refusal: 'list',
      handlers: {
        GET: ({ path, query }) => {
          const found = settings.get(path['group_id']);
          const fields = filterOf(query);
          return Array.isArray(found)
            ? ok(found.map((setting: object) => fields.inList(setting)))
            : notEmulated(`the settings group "${path['group_id'] ?? ''}"`);
        },
      },
    },
    fixed('/wc/v3/system_status', status),
    fixed('/wc/v3/data/currencies/current', currency),
  ];
}

function fixed(pattern: string, body: object): Route {
  return {
    pattern,
    params: {},
    refusal: 'list',
    handlers: { GET: ({ query }) => ok(filterOf(query).single(body)) },
  };
}

/** The public index: the only place that tells the site's time zone. `now` gives UTC seconds. */
export function siteIndex(
  zone: SiteZone,
  name: string,
  now: () => number,
): (query: Call['query']) => Reply {
  const recorded = recordedBody('settings/wp-json-root.json') as object;
  return (query) => {
    const gmt_offset = zone.offsetAt(now()) / 3600;
    const body = { ...recorded, name, gmt_offset, timezone_string: zone.name };
    return ok(filterOf(query).inList(body));
  };
}

/** The parts of a record that a request asks for. */
export function filterOf(query: Call['query']): FieldFilter {
  const names = query.get('_fields');
  return new FieldFilter(typeof names === 'string' ? names : undefined, () => false);
}
