import type { OrgView } from '../../model/org-view.ts';

/** Of the user who looks: a day of a report is a day there. */
export function timeZoneOf({ whole }: OrgView, userId: string): string {
  const users = whole.object('User');
  const zone = users && whole.row(users, userId)?.['TimeZoneSidKey'];
  return typeof zone === 'string' ? zone : 'GMT';
}
