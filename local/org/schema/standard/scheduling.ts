import { dateTime, integer, picklist, readOnly, reference, text, values } from '../fields.ts';
import type { ObjectDefinition } from '../../model/schema.ts';
import { audit, system } from './audit.ts';

/** What a scheduled job is called. */
export const cronJobDetail: ObjectDefinition = {
  ...system,
  name: 'CronJobDetail',
  label: 'Cron Job',
  labelPlural: 'Cron Jobs',
  keyPrefix: '08a',
  nameField: 'Name',
  // 7 is Apex.
  fields: [text('Name', 255, readOnly), picklist('JobType', 1, values('7'), readOnly), ...audit],
};

/** When a scheduled job runs. */
export const cronTrigger: ObjectDefinition = {
  ...system,
  name: 'CronTrigger',
  label: 'Scheduled Jobs',
  labelPlural: 'Scheduled Jobs',
  keyPrefix: '08e',
  nameField: 'Id',
  fields: [
    reference('CronJobDetailId', ['CronJobDetail'], readOnly),
    text('CronExpression', 255, readOnly),
    text('TimeZoneSidKey', 40, readOnly),
    picklist('State', 16, values('WAITING|DELETED'), readOnly),
    integer('TimesTriggered', 9, readOnly),
    dateTime('StartTime', readOnly),
    dateTime('NextFireTime', readOnly),
    dateTime('PreviousFireTime', readOnly),
    dateTime('EndTime', readOnly),
    reference('OwnerId', ['User'], readOnly),
    ...audit,
  ],
};
