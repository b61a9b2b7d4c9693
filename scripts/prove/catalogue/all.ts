import type { Assumption, Subject } from '../model/assumption.ts';
import { DEPLOY_CHECKS } from './deploying/checks.ts';
import { DEPLOYING } from './deploying/deploying.ts';
import { METADATA } from './deploying/metadata.ts';
import { ORGANIZATION } from './deploying/organization.ts';
import { PACKAGING } from './deploying/packaging.ts';
import { RECORD_FILES } from './deploying/records.ts';
import { DEFINITIONS } from './flows/definitions.ts';
import { IMAGE_RULES } from './flows/image-rules.ts';
import { IMAGES_FLOW } from './flows/images-flow.ts';
import { LAUNCHED } from './flows/launched.ts';
import { SCHEDULED } from './flows/scheduled.ts';
import { TELLING } from './flows/telling.ts';
import { SENDING } from './flows/sending.ts';
import { GATEWAY_ANSWERS } from './gateway/answers.ts';
import { APEX_CODE } from './gateway/apex-code.ts';
import { APEX_RECORDS } from './gateway/apex-records.ts';
import { APEX_RUNNING } from './gateway/apex-running.ts';
import { APEX_TOOLING } from './gateway/apex-tooling.ts';
import { GATEWAY_REQUESTS } from './gateway/requests.ts';
import { GRAPHQL } from './lightning/graphql.ts';
import { MAPPINGS } from './lightning/mappings.ts';
import { PAGES } from './lightning/pages.ts';
import { REPORTS } from './lightning/reports.ts';
import { COMPARING } from './reading/comparing.ts';
import { FILES } from './reading/files.ts';
import { QUERIES } from './reading/queries.ts';
import { RECORDS } from './reading/records.ts';
import { HIDDEN_FIELDS } from './rights/hidden-fields.ts';
import { NEW_OBJECTS } from './rights/new-objects.ts';
import { RIGHTS } from './rights/rights.ts';
import { SERVICE } from './rights/service.ts';
import { RUNNING } from './running.ts';
import { CLIENT_APPS } from './setting-up/client-apps.ts';
import { LICENCES } from './setting-up/licences.ts';
import { SETTING_UP } from './setting-up/setting-up.ts';
import { USERS } from './setting-up/users.ts';
import { CONTENT } from './shops/content.ts';
import { DATES } from './shops/dates.ts';
import { DELIVERIES } from './shops/deliveries.ts';
import { LISTS } from './shops/lists.ts';
import { MEDIA } from './shops/media.ts';
import { ORDERS_BACK } from './shops/orders.ts';
import { OTHERS } from './shops/others.ts';
import { SITE } from './shops/site.ts';
import { WEBHOOKS } from './shops/webhooks.ts';
import { WRITES } from './shops/writes.ts';
import { COMPOSITE } from './writing/composite.ts';
import { DUPLICATES } from './writing/duplicates.ts';
import { GONE } from './writing/gone.ts';
import { LEADS } from './writing/leads.ts';
import { ROWS } from './writing/rows.ts';
import { STORAGE } from './writing/storage.ts';
import { TEXTS } from './writing/texts.ts';
import { VALUES } from './writing/values.ts';

/** All that this project takes for true and could not try here, by subject. */
export const SUBJECTS: readonly Subject[] = [
  {
    title: 'Writing',
    assumptions: [...ROWS, ...STORAGE, ...DUPLICATES, ...COMPOSITE, ...GONE, ...LEADS],
  },
  { title: 'Values', assumptions: [...VALUES, ...TEXTS] },
  { title: 'Rights', assumptions: [...SERVICE, ...HIDDEN_FIELDS, ...NEW_OBJECTS, ...RIGHTS] },
  {
    title: 'Reading and signing in',
    assumptions: [...QUERIES, ...COMPARING, ...RECORDS, ...FILES],
  },
  {
    title: 'Deploying',
    assumptions: [
      ...METADATA,
      ...RECORD_FILES,
      ...ORGANIZATION,
      ...DEPLOYING,
      ...DEPLOY_CHECKS,
      ...PACKAGING,
    ],
  },
  { title: 'Setting up', assumptions: [...LICENCES, ...USERS, ...CLIENT_APPS, ...SETTING_UP] },
  {
    title: 'Flows and outbound messages',
    assumptions: [
      ...IMAGES_FLOW,
      ...IMAGE_RULES,
      ...DEFINITIONS,
      ...SENDING,
      ...LAUNCHED,
      ...SCHEDULED,
      ...TELLING,
    ],
  },
  {
    title: 'Gateway and credentials',
    assumptions: [
      ...GATEWAY_REQUESTS,
      ...GATEWAY_ANSWERS,
      ...APEX_CODE,
      ...APEX_RECORDS,
      ...APEX_RUNNING,
      ...APEX_TOOLING,
    ],
  },
  { title: 'Running', assumptions: RUNNING },
  { title: 'Lightning', assumptions: [...GRAPHQL, ...PAGES, ...MAPPINGS, ...REPORTS] },
  {
    title: 'Shops',
    assumptions: [
      ...SITE,
      ...LISTS,
      ...DATES,
      ...WRITES,
      ...MEDIA,
      ...WEBHOOKS,
      ...DELIVERIES,
      ...ORDERS_BACK,
      ...OTHERS,
      ...CONTENT,
    ],
  },
];

export const ASSUMPTIONS: readonly Assumption[] = SUBJECTS.flatMap((one) => one.assumptions);
