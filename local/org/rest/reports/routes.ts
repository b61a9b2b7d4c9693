import { hash } from 'node:crypto';
import type { Report } from '@salesforce/types/metadata';
import { type Answer, ok } from '../../api/answer.ts';
import type { Call } from '../../api/call.ts';
import type { Route } from '../../api/route.ts';
import type { Component } from '../../model/deploy-target.ts';
import { ApiError } from '../../model/errors.ts';
import { makeId } from '../../model/ids.ts';
import { reportMetadata, extendedMetadata } from './report-metadata.ts';
import { runReport } from './run-report.ts';

const ROOT = '/analytics/reports';

type ReportComponent = Component & { readonly body: Report };

/** The same for the same report, whenever it is deployed. */
const idOf = ({ fullName }: Component): string =>
  makeId('00O', Number.parseInt(hash('sha256', fullName).slice(0, 8), 16));

interface Shares {
  readonly folderShares?: readonly { readonly sharedToType: string }[];
}

/** Of shares, one with all users is known. Who manages public reports sees all folders. */
function maySee({ services }: Call, { fullName }: Component): boolean {
  const { access, whole } = services.data;
  if (access?.has('ModifyAllData') !== false) return true;
  const folder = whole
    .components()
    .find((one) => one.type === 'ReportFolder' && fullName.startsWith(`${one.fullName}/`));
  const shares = (folder?.body as Shares | undefined)?.folderShares ?? [];
  return shares.some(({ sharedToType }) => sharedToType === 'Organization');
}

const reportsOf = (call: Call): readonly ReportComponent[] =>
  call.services.data.whole
    .components()
    .filter((one): one is ReportComponent => one.type === 'Report' && maySee(call, one));

const urlOf = (call: Call, id: string): string => `/services/data/${call.version}${ROOT}/${id}`;

function list(call: Call): Answer {
  return ok(
    reportsOf(call).map((one) => {
      const id = idOf(one);
      const url = urlOf(call, id);
      const urls = { describeUrl: `${url}/describe`, instancesUrl: `${url}/instances`, url };
      return { id, name: one.body.name, ...urls };
    }),
  );
}

function run(call: Call, { id = '' }: Readonly<Record<string, string>>): Answer {
  const component = reportsOf(call).find((one) => idOf(one).startsWith(id) && id.length >= 15);
  if (!component) {
    throw new ApiError(404, 'NOT_FOUND', `The report ${id} is not there, or not shared with you.`);
  }
  const { data } = call.services;
  const withRows = call.query.get('includeDetails') === 'true';
  const report = component.body;
  const ran = runReport(
    { org: data, timeZone: timeZoneOf(call), version: call.version },
    report,
    withRows,
  );
  const ownId = idOf(component);
  const url = urlOf(call, ownId);
  return ok({
    attributes: {
      ...{ describeUrl: `${url}/describe`, instancesUrl: `${url}/instances` },
      ...{ reportId: ownId, reportName: report.name, type: 'Report' },
    },
    allData: true,
    factMap: ran.factMap,
    groupingsAcross: { groupings: [] },
    groupingsDown: { groupings: ran.groupings },
    hasDetailRows: withRows,
    reportExtendedMetadata: extendedMetadata(ran),
    reportMetadata: reportMetadata(component, ownId, ran),
  });
}

/** Of the user who looks: a day of a report is a day there. */
function timeZoneOf({ services, session }: Call): string {
  const { whole } = services.data;
  const users = whole.object('User');
  const zone = users && whole.row(users, session.user.id)?.['TimeZoneSidKey'];
  return typeof zone === 'string' ? zone : 'GMT';
}

const route = (pattern: string, handle: Route['handle']): Route => ({
  ...{ method: 'GET', pattern, kind: 'other', writes: false, handle },
});

export const reportRoutes: readonly Route[] = [route(ROOT, list), route(`${ROOT}/:id`, run)];
