import { type Answer, ok } from '../../api/answer.ts';
import type { Call } from '../../api/call.ts';
import type { Route } from '../../api/route.ts';
import { ApiError } from '../../model/errors.ts';
import { dashboardOf, dashboards } from './dashboards.ts';
import {
  DASHBOARDS,
  idOf,
  isSame,
  maySee,
  REPORTS,
  type ReportComponent,
  urlOf,
} from './folders.ts';
import { extendedMetadata, reportMetadata } from './report-metadata.ts';
import { notRun } from './refusal.ts';
import { runReport } from './run-report.ts';
import { timeZoneOf } from './viewer.ts';

const reportsOf = (call: Call): readonly ReportComponent[] =>
  call.services.data.whole
    .components()
    .filter((one): one is ReportComponent => one.type === 'Report' && maySee(call, one));

function list(call: Call): Answer {
  return ok(
    reportsOf(call).map((one) => {
      const id = idOf(one);
      const url = urlOf(call, REPORTS, id);
      const urls = { describeUrl: `${url}/describe`, instancesUrl: `${url}/instances`, url };
      return { id, name: one.body.name, ...urls };
    }),
  );
}

function run(call: Call, { id = '' }: Readonly<Record<string, string>>): Answer {
  const component = reportsOf(call).find((one) => isSame(one, id));
  if (!component) {
    throw new ApiError(404, 'NOT_FOUND', `The report ${id} is not there, or not shared with you.`);
  }
  const { session, services, version } = call;
  const withRows = call.query.get('includeDetails') === 'true';
  const report = component.body;
  const viewer = {
    org: services.data,
    timeZone: timeZoneOf(services.data, session.user.id),
    version,
  };
  const ran = runReport(viewer, report, withRows);
  const ownId = idOf(component);
  const url = urlOf(call, REPORTS, ownId);
  return ok({
    attributes: {
      describeUrl: `${url}/describe`,
      instancesUrl: `${url}/instances`,
      reportId: ownId,
      reportName: report.name,
      type: 'Report',
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

const refuse: Route['handle'] = ({ method }) => {
  throw notRun(`${method} of a dashboard`);
};

const route = (pattern: string, handle: Route['handle']): Route => ({
  method: 'GET',
  pattern,
  kind: 'other',
  writes: false,
  handle,
});

export const reportRoutes: readonly Route[] = [
  route(REPORTS, list),
  route(`${REPORTS}/:id`, run),
  route(DASHBOARDS, (call) => ok(dashboards(call))),
  route(`${DASHBOARDS}/:id`, (call, { id = '' }) => ok(dashboardOf(call, id))),
  ...['PUT', 'POST', 'PATCH', 'DELETE'].map((method): Route => ({
    ...route(`${DASHBOARDS}/:id`, refuse),
    method,
  })),
];
