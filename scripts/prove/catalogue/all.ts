import type { Assumption, Subject } from '../model/assumption.ts';
import { GRAPHQL } from './lightning/graphql.ts';
import { PAGES } from './lightning/pages.ts';
import { APEX_CODE } from './org/apex.ts';
import { CLIENT_APPS } from './org/client-apps.ts';
import { DEPLOYING } from './org/deploying.ts';
import { FLOWS } from './org/flows.ts';
import { GATEWAY_CALLS } from './org/gateway.ts';
import { LICENCES } from './org/licences.ts';
import { METADATA } from './org/metadata.ts';
import { ORGANIZATION } from './org/organization.ts';
import { PACKAGING } from './org/packaging.ts';
import { RIGHTS } from './org/rights.ts';
import { APEX_RUNNING, RUNNING } from './org/running.ts';
import { SENDING } from './org/sending.ts';
import { SERVICE } from './org/service.ts';
import { SETTING_UP } from './org/setting-up.ts';
import { USERS } from './org/users.ts';
import { FILES } from './reading/files.ts';
import { QUERIES } from './reading/queries.ts';
import { RECORDS } from './reading/records.ts';
import { DATES } from './shops/dates.ts';
import { DELIVERIES } from './shops/deliveries.ts';
import { LISTS } from './shops/lists.ts';
import { MEDIA } from './shops/media.ts';
import { OTHERS } from './shops/others.ts';
import { SITE } from './shops/site.ts';
import { WEBHOOKS } from './shops/webhooks.ts';
import { WRITES } from './shops/writes.ts';
import { COMPOSITE } from './writing/composite.ts';
import { DUPLICATES } from './writing/duplicates.ts';
import { GONE } from './writing/gone.ts';
import { ROWS } from './writing/rows.ts';
import { VALUES } from './writing/values.ts';

/** All that this project takes for true and could not try here, by subject. */
export const SUBJECTS: readonly Subject[] = [
  { title: 'Writing', assumptions: [...ROWS, ...DUPLICATES, ...COMPOSITE, ...GONE] },
  { title: 'Values', assumptions: VALUES },
  { title: 'Rights', assumptions: [...SERVICE, ...RIGHTS] },
  { title: 'Reading and signing in', assumptions: [...QUERIES, ...RECORDS, ...FILES] },
  { title: 'Deploying', assumptions: [...METADATA, ...ORGANIZATION, ...DEPLOYING, ...PACKAGING] },
  { title: 'Setting up', assumptions: [...LICENCES, ...USERS, ...CLIENT_APPS, ...SETTING_UP] },
  { title: 'Flows and outbound messages', assumptions: [...FLOWS, ...SENDING] },
  {
    title: 'Gateway and credentials',
    assumptions: [...GATEWAY_CALLS, ...APEX_CODE, ...APEX_RUNNING],
  },
  { title: 'Running', assumptions: RUNNING },
  { title: 'Lightning', assumptions: [...GRAPHQL, ...PAGES] },
  {
    title: 'Shops',
    assumptions: [
      ...[...SITE, ...LISTS, ...DATES, ...WRITES, ...MEDIA],
      ...[...WEBHOOKS, ...DELIVERIES, ...OTHERS],
    ],
  },
];

export const ASSUMPTIONS: readonly Assumption[] = SUBJECTS.flatMap((one) => one.assumptions);
