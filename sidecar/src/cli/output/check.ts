import type { CheckReport } from '../../diagnostics/check/check.ts';
import type { Finding } from '../../diagnostics/check/finding.ts';

export interface CheckNumbers {
  readonly errors: number;
  readonly warnings: number;
  readonly hints: number;
  readonly apiCalls: number;
}

/** The outcome of a check for people: grouped by what it is about, what is fine in one line. */
export function describeCheck(report: CheckReport, numbers: CheckNumbers): string {
  const { setup, stores, mappings, inactive } = report;
  const sections = [
    ...(setup.length === 0 ? [] : [section('Setup', setup)]),
    ...stores.map(({ store, url, findings }) => section(`Store ${store} (${url})`, findings)),
    ...mappings.map(({ mapping, resource, object, direction, findings }) =>
      section(
        `Mapping ${mapping}: ${resource ?? '?'} ${arrow(direction)} ${object ?? '?'}`,
        findings,
      ),
    ),
    ...(inactive.length === 0 ? [] : [`Not active, not checked: ${inactive.join(', ')}\n`]),
  ];
  const { errors, warnings, hints, apiCalls } = numbers;
  const total = [
    counted(errors, 'error'),
    counted(warnings, 'warning'),
    ...(hints > 0 ? [counted(hints, 'hint')] : []),
  ].join(', ');
  return `${sections.join('')}\n${total}. Salesforce API calls: ${apiCalls}.\n`;
}

function section(title: string, findings: readonly Finding[]): string {
  const mark = findings.some(({ severity }) => severity !== 'hint') ? '' : '  ok';
  return [`${title}${mark}`, ...findings.flatMap(lines), ''].join('\n');
}

function lines({ severity, code, place, message, cure }: Finding): string[] {
  return [
    `  ${severity.padEnd(7)} ${code} (${place})`,
    `          ${message}`,
    `          → ${cure}`,
  ];
}

function arrow(direction: string): string {
  return { to_woo: '←', both: '↔' }[direction] ?? '→';
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
